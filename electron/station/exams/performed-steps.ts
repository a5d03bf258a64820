import type { PerformedStep, PerformedStepState } from '../../../shared/models/performed-step.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import { decidePerformedStep, type PerformedStepReport, type StepDecision } from './decide-performed-step.ts'
import { type PerformedStepSqlRow, preparePerformedStepSql } from './performed-step-sql.ts'
import { createStepLinks, type LinkableStep } from './step-links.ts'

export type PerformedStepsDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
}

export type PerformedSteps = ReturnType<typeof createPerformedSteps>

/** What is kept of a step as JSON, beside its state and its times. */
type KeptStep = Pick<
  PerformedStep,
  'callingAeTitle' | 'modality' | 'description' | 'startedAt' | 'endedAt' | 'reason' | 'announcedImages'
> &
  LinkableStep & {
    readonly stationAeTitle: string
    readonly patientName: string
  }

/** What modalities tell by MPPS (PS3.4 F.7): which exam they are at, and how it ended. */
export function createPerformedSteps({ db, clock, audit, events }: PerformedStepsDeps) {
  const sql = preparePerformedStepSql(db)
  const links = createStepLinks(db)

  function note(sopInstanceUid: string, state: PerformedStepState, { callingAeTitle, reason }: KeptStep): void {
    const examIds = sql.examsOf.all(sopInstanceUid)
    const subjects = examIds.length > 0 ? examIds : [undefined]
    for (const examId of subjects) {
      audit.record({
        actor: `ae:${callingAeTitle}`,
        action: 'perform-step',
        subjectKind: examId ? 'exam' : 'station',
        subjectId: examId ?? sopInstanceUid,
        details: { sopInstanceUid, state, ...(reason && { reason }) },
      })
      events.tell(examId ? { topic: 'exams', id: examId } : { topic: 'exams' })
    }
  }

  return {
    /** N-CREATE: on the disk with what follows from it when this returns. */
    create(sopInstanceUid: string, report: PerformedStepReport, callingAeTitle: string): StepDecision {
      return db.transaction((): StepDecision => {
        const decision = decidePerformedStep('create', sql.step.get(sopInstanceUid)?.state, report.status)
        if (decision.kind === 'refuse') return decision
        const kept = withReport({ ...nothingKept, callingAeTitle }, report)
        sql.insert.run(sopInstanceUid, decision.state, JSON.stringify(kept), clock(), clock())
        links.link(sopInstanceUid, kept)
        note(sopInstanceUid, decision.state, kept)
        return decision
      })()
    },

    /** N-SET, by the device that created the step and by no other. */
    change(sopInstanceUid: string, report: PerformedStepReport, callingAeTitle: string): StepDecision {
      return db.transaction((): StepDecision => {
        const known = sql.step.get(sopInstanceUid)
        if (known && (JSON.parse(known.value) as KeptStep).callingAeTitle !== callingAeTitle)
          return { kind: 'refuse', why: 'of-another-device' }
        const decision = decidePerformedStep('set', known?.state, report.status)
        if (decision.kind === 'refuse' || !known) return decision
        const kept = withReport(JSON.parse(known.value), report)
        sql.update.run(decision.state, JSON.stringify(kept), clock(), sopInstanceUid)
        links.link(sopInstanceUid, kept)
        if (decision.state !== known.state) note(sopInstanceUid, decision.state, kept)
        else for (const id of sql.examsOf.all(sopInstanceUid)) events.tell({ topic: 'exams', id })
        return decision
      })()
    },

    /** Newest first. */
    ofExam: (examId: string): PerformedStep[] => sql.ofExam.all(examId).map((row) => toPerformedStep(row, examId)),
    /** A step is in progress or completed. */
    isPerformed: (examId: string): boolean => sql.isPerformed.get(examId) === 1,
    read(sopInstanceUid: string): PerformedStep | undefined {
      const row = sql.step.get(sopInstanceUid)
      return row && toPerformedStep(row, sql.examsOf.all(sopInstanceUid)[0] ?? null)
    },
  }
}

const nothingKept: Omit<KeptStep, 'callingAeTitle'> = {
  stationAeTitle: '',
  patientId: '',
  patientName: '',
  modality: '',
  description: '',
  startedAt: '',
  endedAt: '',
  reason: '',
  announcedImages: null,
  references: [],
}

function withReport(kept: KeptStep, { status: _status, ...told }: PerformedStepReport): KeptStep {
  const named = Object.entries(told).filter(([, value]) => value !== undefined)
  return { ...kept, ...Object.fromEntries(named) }
}

function toPerformedStep(row: PerformedStepSqlRow, examId: string | null): PerformedStep {
  const {
    references: _references,
    patientId: _id,
    patientName: _name,
    stationAeTitle: _station,
    ...kept
  } = JSON.parse(row.value) as KeptStep
  return {
    ...kept,
    sopInstanceUid: row.sop_instance_uid,
    examId,
    state: row.state,
    receivedAt: row.received_at,
    updatedAt: row.updated_at,
  }
}
