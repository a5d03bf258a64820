import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contradictions, matchStudy } from '../../electron/station/exams/match-study.ts'
import { examSchema } from '../../shared/models/exam.ts'
import { patientSchema } from '../../shared/models/patient.ts'
import type { MatchDecision, StudyHeader } from '../../shared/models/study.ts'
import { pinyinOf } from '../../shared/text/person-name.ts'
import { morning, studyHeader } from '../db/rooms-for-tests.ts'

type Person = { readonly name: string; readonly sex: 'M' | 'F'; readonly birthDate: string; readonly patientId: string }

const people: readonly Person[] = [
  { name: '张伟', sex: 'M', birthDate: '1988-03-05', patientId: 'P26000001' },
  { name: '李娜', sex: 'F', birthDate: '1990-07-01', patientId: 'P26000002' },
  // The same in Latin letters as the first: 张玮.
  { name: '张玮', sex: 'F', birthDate: '1988-03-06', patientId: 'P26000003' },
  { name: '王芳', sex: 'F', birthDate: '1990-07-01', patientId: 'P26000004' },
]

function examOf(person: Person, number: number, changes: Record<string, unknown> = {}) {
  const exam = examSchema.parse({
    id: `exam-${number}`,
    institutionId: 'i',
    patientRowId: `row-${person.patientId}`,
    accessionNumber: `DR26112100${String(number).padStart(2, '0')}`,
    studyInstanceUid: `2.25.100${number}`,
    registeredAt: morning,
    registeredBy: 'registrar',
    scheduledAt: morning,
    modality: 'DR',
    itemCode: 'DR001',
    itemName: '胸部正位',
    ...changes,
  })
  return { exam, patient: patientSchema.parse({ ...person, id: exam.patientRowId, namePinyin: pinyinOf(person.name) }) }
}
type Registered = ReturnType<typeof examOf>

const latinName = (name: string) => pinyinOf(name).replace(' ', '^')

/** What a device that took its data from the worklist writes. */
function fromWorklist({ exam, patient }: Registered, changes: Partial<StudyHeader> = {}): StudyHeader {
  return studyHeader({
    studyInstanceUid: exam.studyInstanceUid,
    accessionNumber: exam.accessionNumber,
    patientId: patient.patientId,
    patientName: `${latinName(patient.name)}=${patient.name.slice(0, 1)}^${patient.name.slice(1)}`,
    patientSex: patient.sex,
    patientBirthDate: patient.birthDate,
    ...changes,
  })
}

const [zhang, li, zhangToo, wang] = people as [Person, Person, Person, Person]
const kindOf = (decision: MatchDecision) =>
  decision.kind === 'certain' ? decision.candidate.examId : `ask: ${decision.why.chinese}`

describe('one certain match', () => {
  test('is found by what the worklist handed out', () => {
    const exams = people.map((person, index) => examOf(person, index + 1))
    for (const one of exams) expect(kindOf(matchStudy(fromWorklist(one), exams))).toBe(one.exam.id)
  })

  test('is found by the accession number typed at a device that has its own study UID, where the person agrees', () => {
    const exams = people.map((person, index) => examOf(person, index + 1))
    const typed = { studyInstanceUid: '1.2.3', accessionNumber: exams[1]!.exam.accessionNumber }
    expect(kindOf(matchStudy(studyHeader({ ...typed, patientId: li.patientId }), exams))).toBe('exam-2')
    expect(kindOf(matchStudy(studyHeader({ ...typed, patientName: 'Li^Na' }), exams))).toBe('exam-2')
    expect(kindOf(matchStudy(studyHeader(typed), exams))).toBe(
      'ask: 检查号一致，但影像里的患者信息不足以确认是同一人，请核对',
    )
  })

  test('is found without identifiers of ours where patient id, name, modality and day agree and nothing else fits', () => {
    const exams = people.map((person, index) => examOf(person, index + 1))
    for (const one of [exams[1]!, exams[3]!]) {
      const own = { studyInstanceUid: '1.2.3', accessionNumber: '', modality: 'DX' }
      expect(kindOf(matchStudy(fromWorklist(one, own), exams))).toBe(one.exam.id)
      for (const change of [
        { patientId: '' },
        { patientName: '' },
        { modality: 'CT' },
        { modality: '' },
        { studyDateTime: '2026-11-22 09:31:00' },
        { studyDateTime: '' },
        { accessionNumber: '20261121-7' },
        { patientSex: one.patient.sex === 'M' ? 'F' : 'M' },
      ])
        expect(matchStudy(fromWorklist(one, { ...own, ...change }), exams).kind, JSON.stringify(change)).toBe(
          'ask-staff',
        )
    }
    const sameLetters = { studyInstanceUid: '1.2.3', accessionNumber: '', patientName: 'ZHANG^WEI' }
    expect(matchStudy(fromWorklist(exams[0]!, sameLetters), exams).kind).toBe('ask-staff')
  })

  test('is not made by an accession number typed in another way, which is shown as such', () => {
    const exams = people.map((person, index) => examOf(person, index + 1))
    for (const accessionNumber of ['dr2611210002', 'DR 2611 210002', 'DR-2611210002', 'DR02611210002']) {
      const decision = matchStudy(fromWorklist(exams[1]!, { studyInstanceUid: '1.2.3', accessionNumber }), exams)
      expect(decision.kind).toBe('ask-staff')
      const [first] = decision.kind === 'ask-staff' ? decision.candidates : []
      expect(first?.examId).toBe('exam-2')
      expect(first?.reasons.map((reason) => reason.text).join()).toContain('检查号写法不同')
    }
  })

  test('is found when the device wrote the name only in Latin letters, in any case', () => {
    const exam = examOf(zhang, 1)
    for (const patientName of ['ZHANG^WEI', 'Zhang^Wei', 'zhang wei', 'ZHANGWEI'])
      expect(kindOf(matchStudy(fromWorklist(exam, { patientName }), [exam])), patientName).toBe('exam-1')
  })

  test('tells why, in words for staff', () => {
    const exam = examOf(zhang, 1)
    const decision = matchStudy(fromWorklist(exam), [exam])
    if (decision.kind !== 'certain') throw new Error('not certain')
    expect(decision.candidate.reasons.map((reason) => reason.key)).toEqual(
      expect.arrayContaining(['study-instance-uid', 'accession-number', 'patient-id', 'patient-name']),
    )
    for (const reason of decision.candidate.reasons) expect(reason.text).toMatch(/\p{Script=Han}/u)
  })
})

describe('a contradiction of person', () => {
  const cases: readonly [string, Partial<StudyHeader>][] = [
    ['sex', { patientSex: 'F' }],
    ['birth date', { patientBirthDate: '1988-03-06' }],
    ['Chinese name', { patientName: 'Zhang^Wei=李^四' }],
    ['Latin name', { patientName: 'WANG^FANG' }],
    ['Chinese name in the first group', { patientName: '王芳' }],
    ['patient id', { patientId: 'P26000002' }],
  ]
  test.each(cases)('in the %s is never attached automatically', (_what, changes) => {
    const exam = examOf(zhang, 1)
    const decision = matchStudy(fromWorklist(exam, changes), [exam])
    expect(decision.kind).toBe('ask-staff')
    if (decision.kind !== 'ask-staff') return
    expect(decision.candidates.map((candidate) => candidate.examId)).toEqual(['exam-1'])
    expect(contradictions(decision.candidates[0]!)).not.toEqual([])
    expect(decision.why.chinese).toMatch(/\p{Script=Han}/u)
  })

  test('says both sides to staff', () => {
    const exam = examOf(zhang, 1)
    const decision = matchStudy(fromWorklist(exam, { patientSex: 'F' }), [exam])
    expect(decision.kind === 'ask-staff' && decision.why.chinese).toContain('性别不同：登记为男，影像为女')
  })
})

describe('the number of the scheduled step', () => {
  const exams = [examOf(li, 1), examOf(wang, 2)]
  const bare = { studyInstanceUid: '1.2.3', accessionNumber: '' }

  test('shows its exam first and is no proof alone, as the requested procedure is', () => {
    const scheduledProcedureStepId = exams[1]!.exam.accessionNumber
    const decision = matchStudy(studyHeader({ ...bare, scheduledProcedureStepId }), exams)
    expect(decision).toMatchObject({ kind: 'ask-staff', candidates: [{ examId: 'exam-2' }] })
    const requested = matchStudy(studyHeader({ ...bare, requestedProcedureId: scheduledProcedureStepId }), exams)
    const score = (one: MatchDecision) => (one.kind === 'ask-staff' ? one.candidates[0]?.score : undefined)
    expect(score(decision)).toBe(score(requested))
  })

  test('of another register keeps a study from being attached by the person alone', () => {
    expect(kindOf(matchStudy(fromWorklist(exams[0]!, bare), exams))).toBe('exam-1')
    expect(matchStudy(fromWorklist(exams[0]!, { ...bare, scheduledProcedureStepId: 'SPS-9' }), exams).kind).toBe(
      'ask-staff',
    )
  })
})

describe('an age where the image says no birth date', () => {
  // Born on 1 July 1990, imaged on 21 November 2026: 36.
  const exam = examOf(li, 1)
  const birthReasons = (patientAge: string, changes: Partial<StudyHeader> = {}) => {
    const decision = matchStudy(fromWorklist(exam, { patientBirthDate: '', patientAge, ...changes }), [exam])
    const candidate = decision.kind === 'certain' ? decision.candidate : decision.candidates[0]
    return candidate?.reasons
      .filter(({ key }) => key === 'patient-birth-date')
      .map(({ agrees, text }) => [agrees, text])
  }

  test('agrees within a year', () => {
    for (const age of ['035Y', '036Y', '037Y', ' 36y', '432M']) expect(birthReasons(age)).toEqual([[true, '年龄一致']])
  })

  test('contradicts beyond, and then staff decide', () => {
    for (const [age, words] of [
      ['034Y', '34岁'],
      ['038Y', '38岁'],
      ['006M', '6个月'],
      ['003W', '21天'],
    ])
      expect(birthReasons(age!)).toEqual([[false, `年龄不同：登记为36岁，影像为${words}`]])
    expect(matchStudy(fromWorklist(exam, { patientBirthDate: '', patientAge: '060Y' }), [exam]).kind).toBe('ask-staff')
    expect(matchStudy(fromWorklist(exam, { patientBirthDate: '', patientAge: '036Y' }), [exam]).kind).toBe('certain')
  })

  test('says nothing where it is none, or a birth date is there, which weighs more', () => {
    for (const age of ['', '000Y', 'abc', '36', '0036Y']) expect(birthReasons(age)).toEqual([])
    expect(birthReasons('060Y', { patientBirthDate: li.birthDate })).toEqual([[true, '出生日期一致']])
  })

  test('is counted on the day of the images, not of today', () => {
    expect(birthReasons('026Y', { studyDateTime: '2016-11-21 09:00:00' })).toEqual([[true, '年龄一致']])
  })
})

describe('two plausible exams', () => {
  const ask = (study: StudyHeader, exams: readonly Registered[]) =>
    expect(matchStudy(study, exams).kind).toBe('ask-staff')

  test('of one person without any identifier are left to staff, both shown', () => {
    const exams = [examOf(zhang, 1), examOf(zhang, 2, { itemName: '腰椎正侧位' })]
    const study = fromWorklist(exams[0]!, { studyInstanceUid: '1.2.3', accessionNumber: '' })
    const decision = matchStudy(study, exams)
    expect(decision.kind).toBe('ask-staff')
    if (decision.kind === 'ask-staff')
      expect(decision.candidates.map((candidate) => candidate.examId).sort()).toEqual(['exam-1', 'exam-2'])
  })

  test('one of today, one of yesterday that was never done, are left to staff', () => {
    const exams = [examOf(zhang, 1), examOf(zhang, 2, { scheduledAt: morning - 24 * 3600_000 })]
    ask(fromWorklist(exams[0]!, { studyInstanceUid: '1.2.3', accessionNumber: '' }), exams)
  })

  test('a number typed for another of the same name in letters is left to staff', () => {
    const exams = [examOf(zhang, 1), examOf(zhangToo, 2)]
    const accessionNumber = exams[0]!.exam.accessionNumber
    ask(studyHeader({ studyInstanceUid: '1.2.3', patientName: 'ZHANG^WEI', accessionNumber }), exams)
  })

  test('named by two identifiers that point to different exams are left to staff', () => {
    const exams = [examOf(zhang, 1), examOf(zhang, 2)]
    ask(fromWorklist(exams[0]!, { accessionNumber: exams[1]!.exam.accessionNumber }), exams)
  })

  test('one named by the accession number, the other by the requested procedure, are left to staff', () => {
    const exams = [examOf(zhang, 1), examOf(zhang, 2)]
    const study = fromWorklist(exams[0]!, {
      studyInstanceUid: '1.2.3',
      requestedProcedureId: exams[1]!.exam.accessionNumber,
    })
    ask(study, exams)
  })

  test('one named by the accession number, the other by the scheduled step, are left to staff', () => {
    const exams = [examOf(zhang, 1), examOf(zhang, 2)]
    const scheduledProcedureStepId = exams[1]!.exam.accessionNumber
    ask(fromWorklist(exams[0]!, { studyInstanceUid: '1.2.3', scheduledProcedureStepId }), exams)
    const requestedProcedureId = exams[0]!.exam.accessionNumber
    const numbers = { studyInstanceUid: '1.2.3', accessionNumber: '', requestedProcedureId, scheduledProcedureStepId }
    ask(fromWorklist(exams[0]!, numbers), exams)
  })

  test('whose people read alike in Latin letters are not taken for each other', () => {
    const exams = [examOf(zhang, 1), examOf(zhangToo, 2)]
    ask(studyHeader({ studyInstanceUid: '1.2.3', patientName: 'ZHANG^WEI', patientSex: 'M' }), exams)
    ask(studyHeader({ studyInstanceUid: '1.2.3', patientName: 'ZHANG^WEI', accessionNumber: 'OTHER' }), exams)
  })

  test('a number that no exam has leaves the study to staff and says the number', () => {
    const decision = matchStudy(fromWorklist(examOf(li, 9)), [examOf(zhang, 1), examOf(wang, 2)])
    expect(decision.kind === 'ask-staff' && decision.why.chinese).toContain('DR2611210009')
  })
})

describe('in thousands of generated cases', () => {
  const exams = fc
    .array(fc.constantFrom(...people), { minLength: 2, maxLength: 6 })
    .map((chosen) => chosen.map((person, index) => examOf(person, index + 1)))
  /** Each element comes from one exam, from another one, or is empty. */
  const study = exams.chain((all) => {
    const of = fc.constantFrom(...all)
    const text = (read: (one: Registered) => string, ...others: string[]) =>
      fc.oneof(of.map(read), of.map(read), fc.constantFrom('', ...others))
    return fc
      .record({
        studyInstanceUid: text((one) => one.exam.studyInstanceUid, '1.2.3').map((uid) => uid || '1.2.4'),
        accessionNumber: text((one) => one.exam.accessionNumber, 'X1'),
        requestedProcedureId: text((one) => one.exam.accessionNumber),
        scheduledProcedureStepId: text((one) => one.exam.accessionNumber),
        patientAge: fc.constantFrom('', '', '036Y', '038Y', '000Y', 'x'),
        patientId: text((one) => one.patient.patientId, '0001'),
        patientName: text(
          (one) => one.patient.name,
          ...people.map((person) => latinName(person.name)),
          'Zhao^Liu=赵^六',
        ),
        patientSex: text((one) => one.patient.sex, 'O'),
        patientBirthDate: text((one) => one.patient.birthDate, '1970-01-01'),
        modality: fc.constantFrom('DR', 'DX', 'CT', ''),
        studyDateTime: fc.constantFrom('2026-11-21 09:31:00', '2026-11-20 23:00:00', '2019-01-01 00:00:00', ''),
      })
      .map((header) => ({ all, header: studyHeader(header) }))
  })
  const names = (header: StudyHeader, { exam }: Registered) =>
    header.studyInstanceUid === exam.studyInstanceUid || header.accessionNumber === exam.accessionNumber

  test('nothing is attached to a person whom the study contradicts', () => {
    let certain = 0
    fc.assert(
      fc.property(study, ({ all, header }) => {
        const decision = matchStudy(header, all)
        if (decision.kind !== 'certain') return
        certain++
        const { patient } = all.find((one) => one.exam.id === decision.candidate.examId)!
        if (['M', 'F'].includes(header.patientSex)) expect(header.patientSex).toBe(patient.sex)
        if (header.patientBirthDate) expect(header.patientBirthDate).toBe(patient.birthDate)
        if (header.patientId) expect(header.patientId).toBe(patient.patientId)
        if (/\p{Script=Han}/u.test(header.patientName)) expect(header.patientName).toContain(patient.name)
        else if (header.patientName) expect(header.patientName).toBe(latinName(patient.name))
      }),
      { numRuns: 6000 },
    )
    expect(certain).toBeGreaterThan(50)
  })

  test('nothing is attached when identifiers name two exams; without any only where id and name agree', () => {
    const seen = { none: 0, two: 0 }
    fc.assert(
      fc.property(study, ({ all, header }) => {
        const named = all.filter((one) => names(header, one)).length
        if (named === 0) seen.none++
        if (named > 1) seen.two++
        const decision = matchStudy(header, all)
        if (named > 1) expect(decision.kind).toBe('ask-staff')
        if (named > 0 || decision.kind !== 'certain') return
        const keys = decision.candidate.reasons.filter((reason) => reason.agrees).map((reason) => reason.key)
        expect(keys).toEqual(expect.arrayContaining(['patient-id', 'modality', 'time']))
        expect(decision.candidate.reasons.every((reason) => reason.agrees)).toBe(true)
      }),
      { numRuns: 6000 },
    )
    expect(Math.min(seen.none, seen.two)).toBeGreaterThan(200)
  })

  test('the order in which exams are known changes nothing', () => {
    fc.assert(
      fc.property(study, ({ all, header }) => {
        expect(kindOf(matchStudy(header, [...all].reverse()))).toBe(kindOf(matchStudy(header, all)))
      }),
      { numRuns: 1000 },
    )
  })
})

test('whatever a device or a person wrote, matching answers and does not throw', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 })
  fc.assert(
    fc.property(
      fc.record({
        studyInstanceUid: text,
        accessionNumber: text,
        patientId: text,
        patientName: fc.oneof(text, fc.constantFrom('^^^^', '=', '\uFFFD\uFFFD', 'constructor')),
        patientSex: fc.oneof(text, fc.constantFrom('constructor', '__proto__', 'm')),
        patientBirthDate: text,
        studyDateTime: fc.oneof(text, fc.constantFrom('0000-00-00 99:99:99', '2026-11-21 09:31:00')),
      }),
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      (header, scheduledAt) => {
        const decision = matchStudy(studyHeader(header), [examOf(zhang, 1, { scheduledAt })])
        expect(['certain', 'ask-staff']).toContain(decision.kind)
      },
    ),
    { numRuns: 1500 },
  )
})
