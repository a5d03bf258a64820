import { randomUUID } from 'node:crypto'
import { type Identity, type Patient, type PatientInput, patientInputSchema } from '../../../shared/models/patient.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { checkResidentNumber, maskIdentityNumber } from '../../../shared/text/identity-number.ts'
import { pinyinOf } from '../../../shared/text/person-name.ts'
import type { Clock } from '../clock.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { inChinese, invalidInput } from '../settings/issue-words.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { patientValue, type prepareExamSql, searchText, toPatient } from './exam-sql.ts'

type Deps = {
  readonly sql: ReturnType<typeof prepareExamSql>
  readonly box: SecretBox
  readonly clock: Clock
  readonly audit: AuditLog
  readonly nextPatientId: () => string
}

const checkProblems = {
  length: inBoth('应为 18 位', 'it has 18 characters'),
  characters: inBoth('含有不允许的字符', 'it has a character that is not allowed'),
  'birth-date': inBoth('其中的出生日期不存在', 'its birth date does not exist'),
  'check-digit': inBoth('校验码不对', 'its check digit is wrong'),
} as const

/** People as registered. The same identity document with the same name is the same person; nothing else merges two people. */
export function createPatients({ sql, box, clock, audit, nextPatientId }: Deps) {
  function row(id: string) {
    const found = sql.patient.get(id)
    if (!found) throw new Error(`patient ${id} is gone`)
    return found
  }
  const fingerprint = (identity: Identity | undefined) => (identity ? identityFingerprint(box, identity) : null)
  const sealed = (id: string, identity: Identity | undefined) =>
    identity ? box.seal(identity.number, `patient/${id}`) : null

  function save(id: string, patient: Omit<Patient, 'id' | 'patientId'>): void {
    const { identity } = patient
    sql.updatePatient.run(
      patient.name,
      patient.birthDate,
      patient.sex,
      sealed(id, identity),
      fingerprint(identity),
      searchText(patient),
      patientValue(patient),
      id,
    )
  }

  function registerAgain(before: Patient, patient: PatientInput, actor: Actor) {
    const merged = { ...before, ...patient, namePinyin: patient.namePinyin || before.namePinyin }
    const changed = changes(before, merged)
    save(before.id, merged)
    audit.record({
      actor,
      action: 'register-patient-again',
      subjectKind: 'patient',
      subjectId: before.id,
      details: { changed },
    })
    return { patient: merged, corrected: Object.keys(changed).length > 0 }
  }

  return {
    read: (id: string): Patient => toPatient(row(id), box),
    fingerprint,

    /** For lists and worklists: the identity number is not opened. */
    readMasked(id: string): Patient {
      const patient = toPatient({ ...row(id), identity_sealed: null }, box)
      return patient
    },

    /** Finds the returning person, or writes a new one. `corrected`: what was known of a returning person changed. */
    register(input: PatientInput, actor: Actor): Outcome<{ readonly patient: Patient; readonly corrected: boolean }> {
      const patient = asPrinted({ ...input, namePinyin: input.namePinyin || pinyinOf(input.name) })
      const problem = checkIdentity(patient)
      if (problem) return problem
      const known = patient.identity && sql.patientByIdentity.get(fingerprint(patient.identity)!, patient.name)
      // Pinyin that staff corrected stays; what is made from the name again does not replace it.
      if (known) return ok(registerAgain(toPatient(known, box), { ...patient, namePinyin: input.namePinyin }, actor))
      const id = randomUUID()
      const patientId = nextPatientId()
      const { identity } = patient
      sql.insertPatient.run(
        id,
        patientId,
        patient.name,
        patient.birthDate,
        patient.sex,
        sealed(id, identity),
        fingerprint(identity),
        searchText(patient),
        patientValue(patient),
        clock(),
      )
      audit.record({ actor, action: 'register-patient', subjectKind: 'patient', subjectId: id, details: { patientId } })
      return ok({ patient: { ...patient, id, patientId }, corrected: false })
    },

    /**
     * The returning person whom staff chose. A masked identity number is the known one; another name or another number of the same
     * kind of document is another person and refused.
     */
    registerKnown(
      id: string,
      input: PatientInput,
      actor: Actor,
    ): Outcome<{ readonly patient: Patient; readonly corrected: boolean }> {
      const known = sql.patient.get(id)
      if (!known) return fail('NOT-FOUND', { what: '这位患者' })
      const before = toPatient(known, box)
      const { identity: given, ...rest } = input
      const identity = given && !given.number.includes('*') ? given : before.identity
      const patient = asPrinted({ ...rest, ...(identity && { identity }) })
      const isOther =
        patient.name !== before.name ||
        (before.identity?.kind === patient.identity?.kind &&
          fingerprint(before.identity) !== fingerprint(patient.identity))
      if (isOther) return fail('PATIENT-OTHER', { patientId: before.patientId })
      const problem = checkIdentity(patient)
      return problem ?? ok(registerAgain(before, patient, actor))
    },

    change(id: string, change: Partial<PatientInput>, actor: Actor): Outcome<Patient> {
      const before = toPatient(row(id), box)
      const kept = change.identity?.number.includes('*') ? { ...change, identity: before.identity } : change
      const renamed = kept.name !== undefined && kept.name !== before.name && kept.namePinyin === undefined
      const {
        id: _id,
        patientId,
        ...after
      } = asPrinted({ ...before, ...kept, ...(renamed && { namePinyin: pinyinOf(kept.name!) }) })
      const valid = patientInputSchema.safeParse(after, inChinese)
      if (!valid.success) {
        const issues = valid.error.issues.map((issue) => ({ ...issue, path: ['patient', ...issue.path] }))
        return { ok: false, problem: invalidInput(issues) }
      }
      const problem = checkIdentity(after)
      if (problem) return problem
      save(id, after)
      audit.record({
        actor,
        action: 'change-patient',
        subjectKind: 'patient',
        subjectId: id,
        details: { changed: changes(before, after) },
      })
      return ok({ ...after, id, patientId })
    },
  }
}

/** For the page and for events: the number shown as '110***********1234'. */
export function maskPatient(patient: Patient): Patient {
  return patient.identity
    ? { ...patient, identity: { kind: patient.identity.kind, number: maskIdentityNumber(patient.identity.number) } }
    : patient
}

/** A keyed digest, by which the same document is found without its number being kept in clear. */
export const identityFingerprint = (box: SecretBox, { kind, number }: Identity): string =>
  box.fingerprint(`${kind}/${number.toUpperCase()}`)

/** Built by GB 11643. A foreigner's permanent residence card is since 2023, with 18 characters; older ones have 15 and no check. */
const hasCheckCharacter = (identity: Identity | undefined): boolean =>
  identity?.kind === 'resident' ||
  identity?.kind === 'residence-permit' ||
  (identity?.kind === 'foreign-permanent-residence' && /^9\d{16}[\dXx]$/.test(identity.number))

/** The check character as the card prints it: an upper-case X. */
function asPrinted<T extends PatientInput>(patient: T): T {
  const { identity } = patient
  if (!identity || !hasCheckCharacter(identity)) return patient
  return { ...patient, identity: { ...identity, number: identity.number.toUpperCase() } }
}

function checkIdentity(patient: PatientInput): ReturnType<typeof fail> | undefined {
  if (!patient.identity || !hasCheckCharacter(patient.identity)) return undefined
  const check = checkResidentNumber(patient.identity.number)
  if (!check.ok)
    return fail('IDENTITY-CHECK', filling('detail', checkProblems[check.problem]), {
      'patient.identity.number': checkProblems[check.problem].chinese,
    })
  if (check.birthDate !== patient.birthDate) {
    return fail('IDENTITY-MISMATCH', filling('what', inBoth('出生日期', 'the birth date')), {
      'patient.birthDate': `证件上是 ${check.birthDate}`,
    })
  }
  if (patient.sex !== 'O' && check.sex !== patient.sex) {
    return fail('IDENTITY-MISMATCH', filling('what', inBoth('性别', 'the sex')), {
      'patient.sex': `证件上是${check.sex === 'M' ? '男' : '女'}`,
    })
  }
  return undefined
}

/** Old and new of what changed; an identity number is only said to have changed. */
function changes(before: PatientInput, after: PatientInput): Record<string, unknown> {
  const old = before as Record<string, unknown>
  const entries = Object.entries(after).filter(([key, value]) => JSON.stringify(old[key]) !== JSON.stringify(value))
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'identity' ? 'changed' : { from: old[key], to: value }]),
  )
}
