import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { candidateOf, type MatchExam } from '../../electron/station/exams/compare-exam.ts'
import { contradictions, matchStudy } from '../../electron/station/exams/match-study.ts'
import type { MatchDecision, StudyHeader } from '../../shared/models/study.ts'
import { asItIs } from '../../shared/problems/both-words.ts'
import { pinyinOf } from '../../shared/text/person-name.ts'
import { morning, studyHeader } from '../db/rooms-for-tests.ts'

// Clinics in which everything is alike: names that read the same, birth dates that repeat, neighbouring numbers, two exams a day.
const names = ['张伟', '张玮', '章伟', '李丽', '李莉', '吕燕', '鲁燕', '单娜', '丹娜', '王芳']
const dates = ['1988-03-05', '1988-05-03', '1990-07-01', '1990-01-01']
const day = 24 * 3600_000
type Matcher = (study: StudyHeader, exams: readonly MatchExam[]) => MatchDecision

const clinic = fc
  .array(
    fc.record({
      name: fc.constantFrom(...names),
      sex: fc.constantFrom('M' as const, 'F' as const),
      birthDate: fc.constantFrom(...dates),
      exams: fc.array(
        fc.record({
          modality: fc.constantFrom('DR' as const, 'CT' as const),
          daysAgo: fc.constantFrom(0, 0, 0, 1),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((people) => {
    let number = 0
    return people.flatMap((person, row) =>
      person.exams.map(({ modality, daysAgo }): MatchExam => {
        number++
        return {
          exam: {
            id: `exam-${number}`,
            patientRowId: `row-${row}`,
            accessionNumber: `DR26112100${String(number).padStart(2, '0')}`,
            studyInstanceUid: `2.25.100${number}`,
            modality,
            scheduledAt: morning - daysAgo * day,
            scheduledAeTitle: undefined,
          },
          patient: {
            name: person.name,
            namePinyin: pinyinOf(person.name),
            sex: person.sex,
            birthDate: person.birthDate,
            patientId: `P2600000${row + 1}`,
          },
        }
      }),
    )
  })

/**
 * A study of one of the exams, as an operator and a device make it: elements left out, the name in letters or characters, one
 * identifier taken over from somebody else, one other element mistyped.
 */
const visit = clinic.chain((exams) =>
  fc
    .record({
      truth: fc.constantFrom(...exams),
      other: fc.constantFrom(...exams),
      swapped: fc.constantFrom('none', 'none', 'accessionNumber', 'patientId'),
      mistyped: fc.constantFrom('none', 'none', 'patientBirthDate', 'patientSex', 'accessionNumber', 'patientName'),
      hasOwnUid: fc.boolean(),
      nameForm: fc.constantFrom('letters', 'characters', 'both', 'turned', 'none'),
      leftOut: fc.subarray([
        'accessionNumber',
        'patientId',
        'patientSex',
        'patientBirthDate',
        'modality',
        'studyDateTime',
        'requestedProcedureId',
      ] as const),
      minutes: fc.integer({ min: -100, max: 100 }),
    })
    .map((made) => ({ exams, truth: made.truth, study: studyOf(made) })),
)

function studyOf(made: {
  truth: MatchExam
  other: MatchExam
  swapped: string
  mistyped: string
  hasOwnUid: boolean
  nameForm: string
  leftOut: readonly (keyof StudyHeader)[]
  minutes: number
}): StudyHeader {
  const { exam, patient } = made.truth
  const letters = patient.namePinyin.replace(' ', '^')
  const nameForms: Record<string, string> = {
    letters,
    characters: patient.name,
    both: `${letters}=${patient.name}`,
    turned: patient.namePinyin.split(' ').reverse().join(' '),
    none: '',
  }
  const header: StudyHeader = studyHeader({
    studyInstanceUid: made.hasOwnUid ? '1.2.3' : exam.studyInstanceUid,
    accessionNumber: exam.accessionNumber,
    requestedProcedureId: exam.accessionNumber,
    patientId: patient.patientId,
    patientName: nameForms[made.nameForm] ?? '',
    patientSex: patient.sex,
    patientBirthDate: patient.birthDate,
    modality: exam.modality,
    studyDateTime: new Date(exam.scheduledAt + made.minutes * 60_000 + 8 * 3600_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' '),
  })
  const wrong: Partial<StudyHeader> = {}
  if (made.swapped === 'accessionNumber') {
    // Typed at the device: then it has a study of its own and no requested procedure from us.
    wrong.accessionNumber = made.other.exam.accessionNumber
    wrong.studyInstanceUid = '1.2.3'
    wrong.requestedProcedureId = ''
  }
  if (made.swapped === 'patientId') wrong.patientId = made.other.patient.patientId
  if (made.mistyped === 'patientBirthDate') wrong.patientBirthDate = made.other.patient.birthDate
  if (made.mistyped === 'patientSex') wrong.patientSex = patient.sex === 'M' ? 'F' : 'M'
  if (made.mistyped === 'accessionNumber' && made.swapped === 'none') {
    wrong.accessionNumber = exam.accessionNumber.slice(0, -1) + ((Number(exam.accessionNumber.slice(-1)) + 1) % 10)
    wrong.requestedProcedureId = ''
  }
  if (made.mistyped === 'patientName') wrong.patientName = `${letters}X`
  const leftOut = Object.fromEntries(made.leftOut.map((key) => [key, '']))
  return { ...header, ...wrong, ...leftOut }
}

const personOf = (exams: readonly MatchExam[], id: string) => exams.find((one) => one.exam.id === id)?.exam.patientRowId

/** The first visits of 10,000 in which a matcher attaches to somebody else, and how many it attaches at all. */
function tried(matcher: Matcher, numRuns: number, seed?: number) {
  const found = { wrong: 0, attached: 0, rightExam: 0 }
  fc.assert(
    fc.property(visit, ({ exams, truth, study }) => {
      const decision = matcher(study, exams)
      if (decision.kind !== 'certain') return
      found.attached++
      if (decision.candidate.examId === truth.exam.id) found.rightExam++
      if (personOf(exams, decision.candidate.examId) !== truth.exam.patientRowId) found.wrong++
    }),
    { numRuns, ...(seed !== undefined && { seed }) },
  )
  return found
}

describe('in 10,000 generated clinics', () => {
  test('nothing attaches by itself to the wrong patient', () => {
    const found = tried(matchStudy, 10_000)
    expect(found.wrong).toBe(0)
    expect(found.attached).toBeGreaterThan(1500)
  })

  test('a study that two exams may claim is never attached', () => {
    let twice = 0
    fc.assert(
      fc.property(visit, ({ exams, study }) => {
        // Without an identifier of an exam's own, whoever is not contradicted and agrees in something of the person may be it.
        const anonymous = { ...study, studyInstanceUid: '1.2.3', accessionNumber: '', requestedProcedureId: '' }
        const plausible = exams.filter((one) => {
          const candidate = candidateOf(anonymous, one)
          const speaks = candidate.reasons.some(
            (reason) => reason.agrees && ['patient-id', 'patient-name', 'patient-name-pinyin'].includes(reason.key),
          )
          const isOff = candidate.reasons.some((reason) => !reason.agrees && ['modality', 'time'].includes(reason.key))
          return speaks && !isOff && contradictions(candidate).length === 0
        })
        if (plausible.length < 2) return
        twice++
        expect(matchStudy(anonymous, exams).kind).toBe('ask-staff')
      }),
      { numRuns: 10_000 },
    )
    expect(twice).toBeGreaterThan(500)
  })

  test('two exams of one person, one day and one modality are told apart by an exam’s own identifier alone', () => {
    let seen = 0
    fc.assert(
      fc.property(visit, ({ exams, truth, study }) => {
        const twins = exams.filter(
          ({ exam }) =>
            exam.patientRowId === truth.exam.patientRowId &&
            exam.modality === truth.exam.modality &&
            exam.scheduledAt === truth.exam.scheduledAt,
        )
        if (twins.length < 2) return
        const decision = matchStudy(study, exams)
        if (decision.kind !== 'certain') return
        seen++
        const keys = decision.candidate.reasons.filter((reason) => reason.agrees).map((reason) => reason.key)
        expect(keys.includes('study-instance-uid') || keys.includes('accession-number')).toBe(true)
      }),
      { numRuns: 10_000 },
    )
    expect(seen).toBeGreaterThan(20)
  })
})

describe('these clinics catch a matcher that', () => {
  const certain = (candidate: ReturnType<typeof candidateOf>): MatchDecision => ({ kind: 'certain', candidate })
  const best = (study: StudyHeader, exams: readonly MatchExam[]) =>
    exams.map((one) => candidateOf(study, one)).sort((a, b) => b.score - a.score)[0]!
  const has = (candidate: ReturnType<typeof candidateOf>, ...keys: string[]) =>
    keys.some((key) => candidate.reasons.some((reason) => reason.agrees && reason.key === key))
  const ask: MatchDecision = { kind: 'ask-staff', candidates: [], why: asItIs('') }
  const onlyOne = (all: readonly ReturnType<typeof candidateOf>[]) => (all.length === 1 ? certain(all[0]!) : ask)

  const broken: readonly [string, Matcher][] = [
    ['takes the best score', (study, exams) => certain(best(study, exams))],
    [
      'trusts an accession number whatever the person',
      (study, exams) =>
        onlyOne(exams.map((one) => candidateOf(study, one)).filter((one) => has(one, 'accession-number'))),
    ],
    [
      'takes an accession number where nothing of the person is against it',
      (study, exams) =>
        onlyOne(
          exams
            .map((one) => candidateOf(study, one))
            .filter((one) => has(one, 'accession-number') && contradictions(one).length === 0),
        ),
    ],
    [
      'is content with an agreeing name',
      (study, exams) =>
        onlyOne(
          exams
            .map((one) => candidateOf(study, one))
            .filter((one) => has(one, 'patient-name', 'patient-name-pinyin') && contradictions(one).length === 0),
        ),
    ],
    [
      'takes patient id and name without asking who else has that name',
      (study, exams) =>
        onlyOne(
          exams
            .map((one) => candidateOf(study, one))
            .filter(
              (one) =>
                has(one, 'patient-id') &&
                has(one, 'patient-name', 'patient-name-pinyin') &&
                contradictions(one).length === 0,
            ),
        ),
    ],
  ]
  test.each(broken)('%s', (_what, matcher) => {
    expect(tried(matcher, 10_000, 42).wrong).toBeGreaterThan(0)
  })
})
