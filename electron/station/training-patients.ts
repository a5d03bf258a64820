import { type Registration, registrationSchema } from '../../shared/models/exam.ts'
import { checkCharacterOf } from '../../shared/text/identity-number.ts'

type Sample = readonly [name: string, sex: 'M' | 'F', birthDate: string, item: number]

/** Invented people: rare characters, a name of a minority, a child, an old man. */
const people: readonly Sample[] = [
  ['张䶮', 'M', '1990-03-07', 0],
  ['买买提·吐尔逊', 'M', '1968-11-30', 1],
  ['欧阳丽华', 'F', '1985-11-20', 2],
  ['王小宝', 'M', '2019-06-01', 0],
  ['李秀英', 'F', '1947-02-14', 3],
  ['刘洋', 'F', '1999-09-09', 4],
  ['赵国强', 'M', '1938-12-05', 3],
  ['陈静', 'F', '1976-07-21', 2],
]

const items = [
  { modality: 'DR', bodyPart: '胸部', itemCode: 'DR-CHEST', itemName: '胸部正位' },
  { modality: 'DR', bodyPart: '左膝', itemCode: 'DR-KNEE-L', itemName: '左膝关节正侧位' },
  { modality: 'US', bodyPart: '腹部', itemCode: 'US-ABDOMEN', itemName: '腹部彩超' },
  { modality: 'CT', bodyPart: '头部', itemCode: 'CT-HEAD', itemName: '颅脑平扫' },
  { modality: 'DR', bodyPart: '腰椎', itemCode: 'DR-LSPINE', itemName: '腰椎正侧位' },
] as const

/** Pure: registrations to practise with. The identity numbers are right by their check digit and name a region that no card has. */
export function trainingRegistrations(): Registration[] {
  return people.map(([name, sex, birthDate, item], index) => {
    const seventeen = `999999${birthDate.replaceAll('-', '')}${String(index * 2 + (sex === 'M' ? 101 : 100))}`
    return registrationSchema.parse({
      patient: {
        name,
        sex,
        birthDate,
        identity: { kind: 'resident', number: seventeen + checkCharacterOf(seventeen) },
        phone: `1380000${String(1001 + index)}`,
      },
      exam: {
        ...items[item],
        category: index === 6 ? 'emergency' : 'outpatient',
        applyDepartment: { code: '01', name: '内科' },
        applyDoctor: { code: '1001', name: '王医生' },
      },
    })
  })
}
