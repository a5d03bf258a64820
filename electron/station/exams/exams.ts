import { randomUUID } from 'node:crypto'
import type { Exam, ExamInput, Modality, Registration } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { RegisteredExam, UsedItem, Visit } from '../../../shared/models/registration.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import type { WorklistItem } from '../../../shared/models/worklist-item.ts'
import { type Outcome, ProblemError } from '../../../shared/problems/problem.ts'
import { chinaDay, readChinaTime } from '../../../shared/text/china-time.ts'
import { newUid } from '../../../shared/text/dicom-values.ts'
import type { Clock } from '../clock.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import type { Settings } from '../settings/settings.ts'
import { formatNumber, runningScope } from './accession-number.ts'
import type { MatchExam } from './compare-exam.ts'
import { prepareExamSql, toExam, toMatchExam } from './exam-sql.ts'
import { prepareItemUseSql, toUsedItem } from './item-use-sql.ts'
import { createPatients } from './patients.ts'
import { prepareReturningPatientSql } from './returning-patient-sql.ts'
import { createReturningPatients } from './returning-patients.ts'

const dayMilliseconds = 24 * 3600_000

export type ExamsDeps = {
  readonly db: Database
  readonly box: SecretBox
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly settings: Settings
  /** Writes the deliveries that follow from what the exam is now, in the same transaction. */
  readonly followUp: (examId: string) => void
  /** What the exam's report says, from the next room: a reason not to cancel it. */
  readonly reportState: (examId: string) => string | undefined
}

/** What a modality narrows its worklist by; the exact matching of its keys is the receiver's. */
export type WorklistScope = {
  /** First and last day, in China time, 'YYYY-MM-DD'. */
  readonly fromDay?: string | undefined
  readonly toDay?: string | undefined
  /** The whole number of one exam. */
  readonly accessionNumber?: string | undefined
}

export type Exams = ReturnType<typeof createExams>

/** Registration: patients, exams, their numbers, and what the worklist shows. */
export function createExams(deps: ExamsDeps) {
  const { db, clock, audit, events, settings, followUp } = deps
  const sql = prepareExamSql(db)
  const returningSql = prepareReturningPatientSql(db)
  const itemUse = prepareItemUseSql(db)
  const patients = createPatients({
    ...deps,
    sql,
    nextPatientId: () => must(nextNumber('patient', settings.read().numbering.patientPattern, '')),
  })

  /** The next number that nobody has: an earlier pattern may have written the same text. */
  function nextNumber(kind: 'accession' | 'patient', pattern: string, modality: string): Outcome<string> {
    const scope = runningScope(kind, pattern, clock(), modality)
    const taken = kind === 'accession' ? sql.accessionNumberTaken : sql.patientIdTaken
    for (;;) {
      const number = formatNumber(kind, pattern, { at: clock(), modality, running: sql.nextRunning.get(scope)! })
      if (!number.ok || taken.get(number.value) === undefined) return number
    }
  }

  function read(id: string): { exam: Exam; patient: Patient } | undefined {
    const row = sql.exam.get(id)
    return row && { exam: toExam(row), patient: patients.read(row.patient_row_id) }
  }

  /** Within a transaction. */
  function writeVisit(visit: Visit, actor: Actor): RegisteredExam[] {
    for (const { institutionId } of visit.exams) chosenInstitution(institutionId)
    const { patient, corrected } = must(
      visit.patientRowId === undefined
        ? patients.register(visit.patient, actor)
        : patients.registerKnown(visit.patientRowId, visit.patient, actor),
    )
    const written = visit.exams.map((exam) => {
      if (!visit.confirmDouble) refuseDouble(patient, exam)
      return writeExam(patient, exam, actor)
    })
    const touched = corrected ? sql.examsOfPatient.all(patient.id) : written
    for (const { id } of touched) followUp(id)
    for (const { id } of written) events.tell({ topic: 'exams', id })
    return written.map(({ id }) => ({ ...toExam(sql.exam.get(id)!), patientId: patient.patientId }))
  }

  function writeExam(patient: Patient, exam: ExamInput, actor: Actor): { readonly id: string } {
    const id = randomUUID()
    const accessionNumber = must(nextNumber('accession', settings.read().numbering.accessionPattern, exam.modality))
    sql.insertExam.run(
      id,
      accessionNumber,
      newUid(),
      patient.id,
      chosenInstitution(exam.institutionId).id,
      clock(),
      exam.scheduledAt ?? clock(),
      JSON.stringify({ ...exam, registeredBy: actor }),
    )
    itemUse.count.run(actor, exam.modality, exam.itemCode, exam.itemName, exam.bodyPart, clock())
    audit.record({
      actor,
      action: 'register-exam',
      subjectKind: 'exam',
      subjectId: id,
      details: { accessionNumber, patientId: patient.patientId, itemCode: exam.itemCode, modality: exam.modality },
    })
    return { id }
  }

  /** The same item of the same person on the same day in China is mostly a slip of the hand. */
  function refuseDouble(patient: Patient, exam: ExamInput): void {
    const accessionNumber = returningSql.sameItem.get({
      patient: patient.id,
      name: patient.name,
      birthDate: patient.birthDate,
      sex: patient.sex,
      fingerprint: patients.fingerprint(patient.identity),
      modality: exam.modality,
      itemCode: exam.itemCode,
      itemName: exam.itemName,
      from: readChinaTime(`${chinaDay(clock())} 00:00:00`) ?? 0,
    })
    if (accessionNumber !== undefined)
      throw new ProblemError({
        code: 'EXAM-DOUBLE',
        with: { name: patient.name, item: exam.itemName, accessionNumber },
      })
  }

  return {
    read,
    ofItem: (institutionId: string, itemCode: string): string[] =>
      sql.examsOfItem.all(institutionId, itemCode, clock() - 31 * dayMilliseconds),
    ofLastWeek: (): string[] => sql.examsSince.all(clock() - 7 * dayMilliseconds),
    hasAny: (): boolean => sql.anyExam.get() === 1,

    register(registration: Registration, actor: Actor): Outcome<RegisteredExam> {
      const visit = { patient: registration.patient, exams: [registration.exam], confirmDouble: true }
      return inTransaction(db, () => writeVisit(visit, actor)[0]!)
    },

    /** A person and everything that is to be examined: all of it is registered, or nothing. */
    registerVisit: (visit: Visit, actor: Actor): Outcome<RegisteredExam[]> =>
      inTransaction(db, () => writeVisit(visit, actor)),

    /** Who was here before, by what is typed at the desk; identity numbers masked. */
    findReturning: createReturningPatients(deps),

    /** What is registered here, what this person registers most first. */
    itemsInUse: (username: string, modality?: Modality): UsedItem[] =>
      itemUse.used.all({ username, modality: modality ?? null }).map(toUsedItem),

    /** Changes what was registered. Numbers stay. What had been sent is sent again where the content differs. */
    change(
      id: string,
      change: { patient?: Partial<Patient> | undefined; exam?: Partial<ExamInput> | undefined },
      actor: Actor,
    ): Outcome<true> {
      return inTransaction(db, () => {
        const row = sql.exam.get(id)
        if (!row) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '检查' } })
        const before = toExam(row)
        if (before.cancelled) throw new ProblemError({ code: 'EXAM-CANCELLED' })
        if (change.patient) must(patients.change(row.patient_row_id, change.patient, actor))
        if (change.exam) {
          const after = { ...before, ...change.exam, registeredBy: before.registeredBy }
          const institution = chosenInstitution(after.institutionId)
          sql.updateExam.run(after.scheduledAt, institution.id, JSON.stringify(after), id)
          audit.record({
            actor,
            action: 'change-exam',
            subjectKind: 'exam',
            subjectId: id,
            details: { changed: changedFields(before, change.exam) },
          })
        }
        for (const sibling of change.patient ? sql.examsOfPatient.all(row.patient_row_id) : [row]) followUp(sibling.id)
        events.tell({ topic: 'exams', id })
        return true as const
      })
    },

    cancel(id: string, reason: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const row = sql.exam.get(id)
        if (!row) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '检查' } })
        if (row.cancelled) throw new ProblemError({ code: 'EXAM-CANCELLED' })
        const report = deps.reportState(id)
        if (report) throw new ProblemError({ code: 'EXAM-HAS-REPORT', with: { state: report } })
        sql.cancelExam.run(JSON.stringify({ at: clock(), by: actor, reason }), id)
        audit.record({ actor, action: 'cancel-exam', subjectKind: 'exam', subjectId: id, details: { reason } })
        followUp(id)
        events.tell({ topic: 'exams', id })
        return true as const
      })
    },

    /** For lists: the identity number is not opened. */
    readForList(id: string): { exam: Exam; patient: Patient } | undefined {
      const row = sql.exam.get(id)
      return row && { exam: toExam(row), patient: patients.readMasked(row.patient_row_id) }
    },

    /**
     * What waits for images: what a modality finds in its worklist. Of the days that it asks for; of no day, from two days ago (what was
     * not done) to a month ahead; or the exam of a number, whenever it is planned.
     */
    worklist(scope: WorklistScope = {}): WorklistItem[] {
      const names = new Map(settings.institutions().map((institution) => [institution.id, institution.name]))
      const { accessionNumber } = scope
      const rows =
        accessionNumber === undefined ? sql.open.all(spanOf(scope, clock())) : sql.openNumbered.all(accessionNumber)
      return rows.map((row) => {
        const exam = toExam(row)
        return {
          exam,
          patient: patients.readMasked(row.patient_row_id),
          institutionName: names.get(exam.institutionId) ?? '',
          isStarted: row.is_started === 1,
        }
      })
    },

    /** Exams that a received study may belong to. */
    plausibleFor(study: StudyHeader): MatchExam[] {
      const now = clock()
      const taken = readChinaTime(study.studyDateTime) ?? now
      const rows = sql.plausible.all({
        uid: study.studyInstanceUid,
        accession: study.accessionNumber,
        requested: study.requestedProcedureId,
        step: study.scheduledProcedureStepId,
        patientId: study.patientId,
        nowFrom: now - 3 * dayMilliseconds,
        nowTo: now + dayMilliseconds,
        studyFrom: taken - 3 * dayMilliseconds,
        studyTo: taken + 3 * dayMilliseconds,
      })
      return rows.map(toMatchExam)
    },
  }

  function chosenInstitution(id: string | undefined) {
    const all = settings.institutions()
    const chosen = id === undefined ? all[0] : all.find((institution) => institution.id === id)
    if (chosen) return chosen
    throw new ProblemError(
      id === undefined ? { code: 'NO-INSTITUTION' } : { code: 'NOT-FOUND', with: { what: '机构' } },
    )
  }
}

function changedFields(before: Exam, change: Partial<ExamInput>): Record<string, unknown> {
  const old = before as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(change).filter(([key, value]) => JSON.stringify(old[key]) !== JSON.stringify(value)),
  )
}

/** Milliseconds, both ends included. A range that is open at one end is open there. */
function spanOf({ fromDay, toDay }: WorklistScope, now: number): { readonly from: number; readonly to: number } {
  const from = readChinaTime(fromDay ?? '')
  const lastDay = readChinaTime(toDay ?? '')
  if (from === undefined && lastDay === undefined)
    return { from: now - 2 * dayMilliseconds, to: now + 31 * dayMilliseconds }
  return {
    from: from ?? 0,
    to: lastDay === undefined ? Number.MAX_SAFE_INTEGER : lastDay + dayMilliseconds - 1,
  }
}
