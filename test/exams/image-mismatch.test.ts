import { describe, expect, test } from 'vitest'
import { imageMismatches } from '../../electron/station/exams/image-mismatch.ts'
import { examSchema } from '../../shared/models/exam.ts'
import { patientSchema } from '../../shared/models/patient.ts'
import type { InstanceFacts, StudyHeader } from '../../shared/models/study.ts'
import { bodyPartsIn, bodySidesIn } from '../../shared/text/body-words.ts'
import { instanceFacts, morning, studyHeader } from '../db/rooms-for-tests.ts'

describe('the side of the body in a text', () => {
  test.each([
    ['左膝', 'L'],
    ['左侧膝关节正侧位', 'L'],
    ['右手正斜位', 'R'],
    ['膝关节（右）', 'R'],
    ['L KNEE', 'L'],
    ['KNEE LT AP', 'L'],
    ['LT', 'L'],
    ['RIGHT HAND', 'R'],
    ['R-ANKLE', 'R'],
    ['R_FOOT_LAT', 'R'],
    ['RKNEE', 'R'],
    ['Knee L lateral', 'L'],
    ['Left wrist', 'L'],
    ['双膝', 'LR'],
    ['双侧膝关节', 'LR'],
    ['左右手', 'LR'],
    ['BILATERAL KNEES', 'LR'],
    ['L/R HAND', 'LR'],
  ])('%s: %s', (text, sides) => expect(bodySidesIn(text).join('')).toBe(sides))

  test.each(
    [
      ...[
        '',
        'LATERAL',
        'L-SPINE',
        'LL',
        'RL',
        'RPO',
        'LAO',
        'AP L',
        'T-L',
        'L5-S1',
        'LSPINE LAT',
        'CHEST PA',
        'Chest LAT L',
      ],
      ...[
        'LEFT LATERAL CHEST',
        'CHEST LEFT LATERAL',
        'RIGHT DECUBITUS',
        'L SPINE AP',
        'C-SPINE RT OBL',
        'LUMBAR',
        'RIBS',
      ],
      ...[
        '胸部左侧位',
        '右前斜位',
        '颈椎左右斜位',
        '胸部正侧位',
        '左侧卧位',
        'RT1',
        'REPORT',
        'LARGE',
        'ROUTINE',
        'LEG',
      ],
    ].map((text) => [text]),
  )('%s: none', (text) => expect(bodySidesIn(text)).toEqual([]))
})

test('regions are known by Chinese and by BodyPartExamined', () => {
  expect(bodyPartsIn('胸部')).toEqual(['chest'])
  expect(bodyPartsIn('CHEST')).toEqual(['chest'])
  expect(bodyPartsIn('腰椎正侧位')).toEqual(bodyPartsIn('LSPINE'))
  expect(bodyPartsIn('胸椎')).toEqual(bodyPartsIn('T-SPINE'))
  expect(bodyPartsIn('EXTREMITY')).toEqual([])
})

function lines(exam: object, header: Partial<StudyHeader>, ...instances: Partial<InstanceFacts>[]) {
  const patient = patientSchema.parse({
    id: 'row',
    patientId: 'P1',
    name: '张伟',
    namePinyin: 'ZHANG WEI',
    sex: 'M',
    birthDate: '1988-03-05',
  })
  const parsed = examSchema.parse({
    id: 'e',
    institutionId: 'i',
    patientRowId: 'row',
    accessionNumber: 'A1',
    studyInstanceUid: '2.25.1',
    registeredAt: morning,
    registeredBy: 'r',
    scheduledAt: morning,
    modality: 'DR',
    itemCode: 'DR1',
    itemName: '左膝关节正侧位',
    bodyPart: '左膝',
    ...exam,
  })
  const study = {
    header: studyHeader({ studyInstanceUid: '2.25.1', ...header }),
    instances: instances.map(instanceFacts),
  }
  return imageMismatches({ exam: parsed, patient }, [study])
}

const mismatches = (...said: Parameters<typeof lines>) => lines(...said).map((one) => one.key)

describe('images that say otherwise than the request', () => {
  test('are told: person, side, part, modality', () => {
    expect(mismatches({}, { patientSex: 'F' }, {})).toEqual(['patient-sex'])
    expect(mismatches({}, { patientBirthDate: '1988-03-06' }, {})).toEqual(['patient-birth-date'])
    expect(mismatches({}, { patientName: 'Li^Na=李^娜' }, {})).toEqual(['patient-name'])
    expect(mismatches({}, {}, { laterality: 'R' })).toEqual(['body-side'])
    expect(mismatches({}, {}, { laterality: 'L' }, { seriesDescription: 'R KNEE AP' })).toEqual(['body-side'])
    expect(mismatches({}, { studyDescription: '右膝' }, {})).toEqual(['body-side'])
    expect(mismatches({}, { bodyPart: 'CHEST' }, { bodyPart: 'CHEST' })).toEqual(['body-part'])
    expect(mismatches({}, {}, { modality: 'CT' })).toEqual(['modality'])
    expect(mismatches({ bodyPart: '手', itemName: '手正斜位', scanMode: '右手' }, {}, { laterality: 'L' })).toEqual([
      'body-side',
    ])
  })

  test('are not told of where both agree, or one of them says nothing', () => {
    expect(
      mismatches({}, { patientName: 'ZHANG^WEI', patientSex: 'M' }, { laterality: 'L', bodyPart: 'KNEE' }),
    ).toEqual([])
    expect(mismatches({}, {}, { laterality: 'B' }, { laterality: 'U' }, { bodyPart: 'LEG' })).toEqual([])
    expect(mismatches({ itemName: '双膝正侧位', bodyPart: '双膝' }, {}, { laterality: 'R' })).toEqual([])
    expect(
      mismatches({ itemName: '胸部正侧位', bodyPart: '胸部' }, {}, { seriesDescription: 'CHEST LEFT LATERAL' }),
    ).toEqual([])
    expect(mismatches({}, {}, { modality: 'DX' }, { modality: 'SR' })).toEqual([])
    expect(mismatches({}, {}, { modality: 'DX' }, { modality: 'XC' })).toEqual([])
  })

  test('are told once, however many images say so, and name both sides', () => {
    expect(mismatches({}, {}, ...Array.from({ length: 20 }, () => ({ laterality: 'R' })))).toEqual(['body-side'])
  })

  test('are told in English as well', () => {
    const said = [
      ...lines({}, { patientSex: 'F' }, { laterality: 'R' }),
      ...lines({}, {}, { modality: 'CT' }),
      ...lines({}, { bodyPart: 'CHEST' }, { bodyPart: 'CHEST' }),
    ]
    expect(said.map((one) => one.english)).toEqual([
      'sex differs: registered male, images say female',
      'side differs: registered left (左膝), images say right (R)',
      'modality differs: registered DR, images say CT',
      'body part differs: registered 左膝, images say CHEST',
    ])
  })
})
