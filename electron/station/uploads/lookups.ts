import { randomUUID } from 'node:crypto'
import type { JilinClient } from '../../../shared/clouds/jilin/client.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { CallRecord, LookupAnswer, LookupKind, Recognition } from '../../../shared/models/lookup.ts'
import type { Institution } from '../../../shared/models/settings.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { gb18030Length } from '../../../shared/text/gb18030-length.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Log } from '../log.ts'
import type { AuditEntry } from '../people/audit-log.ts'
import { createAskCloud } from './ask-within.ts'
import type { CloudClients } from './cloud-clients.ts'
import { prepareCloudWorkSql } from './cloud-work-sql.ts'
import type { DestinationOf } from './delivery.ts'
import { type Asker, askerOf, type Person } from './lookup-asker.ts'
import { failedQuestion, notThere, wordsOfFailedQuestion } from './lookup-words.ts'
import { formerExamQuestion, periodOf, priorExamsOf } from './prior-exams.ts'
import { callRecordBody, recognitionBody } from './staff-records.ts'

export type LookupsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly audit: (entry: AuditEntry) => void
  readonly clients: Pick<CloudClients, 'jilin'>
  readonly destinations: () => readonly Destination[]
  readonly readDossier: (examId: string) => ExamDossier | undefined
  /** The department that asks where the exam names none. */
  readonly department: () => CodedName
  readonly institutions: () => readonly Institution[]
  readonly mac: () => string
  /** Writes a record into the outbox, within the caller's transaction. */
  readonly addTask: (
    examId: string,
    destinationId: string,
    task: { readonly step: 'call-record' | 'recognition'; readonly subject: string; readonly payload: unknown },
  ) => void
  /** How long one cloud may take before the others are shown without it. */
  readonly patienceMs?: number
}

export type Lookups = ReturnType<typeof createLookups>

type Ready = { readonly dossier: ExamDossier; readonly asker: Asker }

/** What staff may ask the provincial cloud about a patient, and the records that it wants of each look. */
export function createLookups(deps: LookupsDeps) {
  const { db, clock, audit } = deps
  const ask = createAskCloud(deps.log, deps.patienceMs)

  const sql = prepareCloudWorkSql(db)

  /** Our own exam came back: the institution's code and the accession number are those of an exam here. */
  function isOurs(hospitalCode: string, accessionNumber: string): boolean {
    const exam = sql.examOfAccession.get(accessionNumber)
    const institution = exam && deps.institutions().find((one) => one.id === exam.institution_id)
    return institution !== undefined && institution.hospitalCode === hospitalCode
  }

  function prepare(examId: string, person: Person): Outcome<Ready> {
    const dossier = deps.readDossier(examId)
    if (!dossier) return fail('NOT-FOUND', { what: '检查' })
    const asked = askerOf(person, dossier, deps.department(), deps.mac())
    return asked.kind === 'asker' ? ok({ dossier, asker: asked.asker }) : failedQuestion(asked.reason)
  }

  const platforms = () =>
    deps.destinations().filter((one): one is DestinationOf<'jilin'> => one.kind === 'jilin' && one.enabled)
  const platform = (id: string) => platforms().find((one) => one.id === id)

  /** Who looked at whom: written before the question leaves, whatever comes of it. */
  function note(person: Person, examId: string, details: Readonly<Record<string, unknown>>): void {
    audit({ actor: person.username, action: 'look-up', subjectKind: 'exam', subjectId: examId, details })
  }

  async function priorExamsOn(
    destination: DestinationOf<'jilin'>,
    question: Parameters<JilinClient['queryFormerlyExam']>[0],
  ): Promise<LookupAnswer> {
    const head = { destinationId: destination.id, destinationName: destination.name }
    const found = await ask('prior-exams', () => deps.clients.jilin(destination).queryFormerlyExam(question))
    if (found.kind === 'done') {
      const exams = priorExamsOf(destination.id, found.value, isOurs)
      return { ...head, ok: true, ...noWords, exams }
    }
    return { ...head, ok: false, ...noWords, ...wordsOfFailedQuestion(found), exams: [] }
  }

  /** A record and its audit row, together or not at all. */
  function keepRecord(
    person: Person,
    examId: string,
    destinationId: string,
    step: 'call-record' | 'recognition',
    payload: unknown,
    audited: Pick<AuditEntry, 'action' | 'details'>,
  ): Outcome<true> {
    return inTransaction(db, () => {
      deps.addTask(examId, destinationId, { step, subject: randomUUID(), payload })
      audit({ actor: person.username, subjectKind: 'exam', subjectId: examId, ...audited })
      return true as const
    })
  }

  return {
    /** queryFormerlyExam on every provincial cloud at once; each has its own answer, also where it could not be asked. */
    async priorExams(
      question: {
        readonly examId: string
        readonly kind: LookupKind
        readonly from?: number | undefined
        readonly to?: number | undefined
      },
      person: Person,
    ): Promise<Outcome<LookupAnswer[]>> {
      const ready = prepare(question.examId, person)
      if (!ready.ok) return ready
      const { dossier, asker } = ready.value
      const period = periodOf(question, question.kind, clock())
      const body = formerExamQuestion(dossier, question.kind, period, asker)
      if (!body) return fail('NO-IDENTITY')
      const asked = platforms()
      note(person, question.examId, {
        what: 'prior-exams',
        kind: question.kind,
        ...period,
        destinationIds: asked.map((one) => one.id),
      })
      return ok(await Promise.all(asked.map((one) => priorExamsOn(one, body))))
    },

    /** The report's PDF as the cloud holds it. That it was shown is recorded by itself (retrivaType 3). */
    async priorReport(
      question: {
        readonly examId: string
        readonly destinationId: string
        readonly cloudExamId: string
        readonly hospitalCode: string
        readonly accessionNumber: string
      },
      person: Person,
    ): Promise<Outcome<Buffer>> {
      const { examId, destinationId, cloudExamId, hospitalCode, accessionNumber } = question
      const ready = prepare(examId, person)
      if (!ready.ok) return ready
      const destination = platform(destinationId)
      if (!destination) return failedQuestion(notThere)
      const { dossier, asker } = ready.value
      note(person, examId, { what: 'prior-report', destinationId, cloudExamId })
      const { mac: _, ...doctor } = asker
      const code = hospitalCode === '' ? {} : { hospitalCode }
      const found = await ask('prior-report', () =>
        deps.clients.jilin(destination).queryExamPdfData({ ...code, accessNumber: accessionNumber, ...doctor }),
      )
      if (found.kind !== 'done') return failedQuestion(wordsOfFailedQuestion(found))
      if (!found.value) return fail('NOT-FOUND', { what: '这份报告的 PDF（省影像云没有保存）' })
      const record = { cloudExamId, kind: 'pdf' } as const
      const payload = callRecordBody(record, dossier.institution.hospitalCode, asker, clock())
      const kept = keepRecord(person, examId, destinationId, 'call-record', payload, {
        action: 'record-look-up',
        details: { destinationId, cloudExamId, kind: 'pdf' },
      })
      return kept.ok ? ok(found.value) : kept
    },

    /** That staff were reminded of an exam elsewhere, or looked at it. Sent from the outbox: an outage or a restart loses none. */
    callRecord(record: CallRecord, person: Person): Outcome<true> {
      if (record.kind === 'reminder' && !record.searchType)
        return refusedField('searchType', '提醒记录须说明查询类型', 'a record of a reminder needs the kind of search')
      const ready = prepare(record.examId, person)
      if (!ready.ok) return ready
      if (!platform(record.destinationId)) return failedQuestion(notThere)
      const { dossier, asker } = ready.value
      const payload = callRecordBody(record, dossier.institution.hospitalCode, asker, clock())
      const { destinationId, cloudExamId, kind, searchType } = record
      return keepRecord(person, record.examId, destinationId, 'call-record', payload, {
        action: kind === 'view' ? 'look-up' : 'record-look-up',
        details: { what: 'prior-exam', destinationId, cloudExamId, kind, ...(searchType && { searchType }) },
      })
    },

    /** 互认或不互认, and whether it is quoted in our report. */
    recognition(recognition: Recognition, person: Person): Outcome<true> {
      if (gb18030Length(recognition.reason ?? '') > 200)
        return refusedField('reason', '不互认原因最多 100 个汉字', 'takes at most 100 Chinese characters')
      const ready = prepare(recognition.examId, person)
      if (!ready.ok) return ready
      if (!platform(recognition.destinationId)) return failedQuestion(notThere)
      const { dossier, asker } = ready.value
      const payload = recognitionBody(recognition, dossier.institution.hospitalCode, asker, clock())
      const { destinationId, cloudExamId, recognised, quoted } = recognition
      return keepRecord(person, recognition.examId, destinationId, 'recognition', payload, {
        action: 'recognise-exam',
        details: { destinationId, cloudExamId, recognised, quoted },
      })
    },
  }
}

const noWords = { code: null, message: null, action: null, english: null, englishAction: null }

const refusedField = (field: string, chinese: string, english: string): Outcome<never> => ({
  ok: false,
  problem: {
    code: 'BAD-REQUEST',
    with: filling('detail', inBoth(`${field}：${chinese}`, `${field} ${english}`)),
    fields: { [field]: chinese },
    fieldsInEnglish: { [field]: english },
  },
})
