import { randomBytes } from 'node:crypto'
import { routes } from '../../shared/api/routes.ts'
import type { ExamInput } from '../../shared/models/exam.ts'
import type { PatientInput } from '../../shared/models/patient.ts'
import type { DemoClouds } from './demo-clouds.ts'
import { confirm } from './demo-confirm.ts'
import { logInToStation, type StationClient } from './station-client.ts'

export const hospitalCode = 'HSX00923'

export const person = {
  name: '张䶮',
  sex: 'M',
  birthDate: '1990-03-07',
  identity: { kind: 'resident', number: '110105199003070017' },
  phone: '13800000001',
} as const satisfies PatientInput
export const walkIn = {
  name: '欧阳丽华',
  sex: 'F',
  birthDate: '1985-11-20',
  identity: { kind: 'resident', number: '220102198511200027' },
  phone: '13800000002',
} as const satisfies PatientInput

export const exam = {
  modality: 'DR',
  bodyPart: '左手',
  itemCode: 'DR-HAND-L',
  itemName: '左手正位',
  category: 'outpatient',
  applyDepartment: { code: '01', name: '内科' },
  applyDoctor: { code: '1001', name: '王医生' },
  examDepartment: { code: '09', name: '放射科' },
  examDoctor: { code: '9001', name: '陈技师' },
} as const satisfies Partial<ExamInput>
export const rightHandExam = { ...exam, bodyPart: '右手', itemCode: 'DR-HAND-R', itemName: '右手正位' } as const

/** Institution, device, clouds and two doctors; each cloud must answer its connection test. `url`: of the station, at this moment. */
export async function furnish(
  client: StationClient,
  url: () => string,
  clouds: DemoClouds,
): Promise<{ readonly doctor: StationClient; readonly auditor: StationClient }> {
  const [institution] = await client.call(routes.institutionList)
  const clinic = { name: '示范诊所', hospitalCode, hospitalId: 'H001', unionId: 'U001', phone: '0431-8888000' }
  await client.call(routes.institutionChange, { params: { id: institution!.id }, body: clinic })
  await client.call(routes.settingsChange, { body: { dicom: { settleSeconds: 1 } } })
  await client.call(routes.deviceCreate, {
    body: { name: '胸片机', aeTitle: 'DR1', host: '127.0.0.1', modality: 'DR', characterSet: 'gb18030' },
  })
  for (const destination of clouds.destinations) {
    const { id } = await client.call(routes.destinationCreate, { body: destination })
    const test = await client.call(routes.destinationTest, { params: { id } })
    confirm(test.ok, `${destination.name} 试连：${test.lines.map((line) => `${line.what} ${line.detail}`).join('；')}`)
  }
  const password = randomBytes(12).toString('base64url')
  await client.call(routes.accountCreate, {
    body: { username: 'lee', displayName: '李医生', doctorCode: '2001', role: 'doctor', password },
  })
  await client.call(routes.accountCreate, {
    body: { username: 'zhao', displayName: '赵医生', doctorCode: '2002', role: 'auditor', password },
  })
  return { doctor: await logInToStation(url, 'lee', password), auditor: await logInToStation(url, 'zhao', password) }
}
