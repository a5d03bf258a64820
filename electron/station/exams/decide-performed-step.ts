import type { PerformedStepState } from '../../../shared/models/performed-step.ts'

/** One item of ScheduledStepAttributesSequence (0040,0270): what the step says it was done for. '' where it says nothing. */
export type StepReference = {
  readonly studyInstanceUid: string
  readonly accessionNumber: string
  readonly scheduledStepId: string
  readonly requestedProcedureId: string
}

/** What one N-CREATE or N-SET says. What it leaves out is undefined: an N-SET changes only what it names (PS3.7 10.1.3). */
export type PerformedStepReport = {
  /** PerformedProcedureStepStatus (0040,0252) as it came. */
  readonly status: string | undefined
  readonly references: readonly StepReference[] | undefined
  readonly patientId: string | undefined
  readonly patientName: string | undefined
  readonly stationAeTitle: string | undefined
  readonly modality: string | undefined
  readonly description: string | undefined
  /** 'YYYY-MM-DD HH:mm:ss' by the device's clock. */
  readonly startedAt: string | undefined
  readonly endedAt: string | undefined
  readonly reason: string | undefined
  readonly announcedImages: number | undefined
}

/** Why a message is not taken; PS3.4 F.7.2.1.4 and F.7.2.2.4, PS3.7 10.1.3 and 10.1.5. */
export type StepRefusal = 'duplicate' | 'unknown' | 'of-another-device' | 'ended' | 'status-missing' | 'status-invalid'

export type StepDecision =
  | { readonly kind: 'take'; readonly state: PerformedStepState }
  | { readonly kind: 'refuse'; readonly why: StepRefusal }

const states: Readonly<Record<string, PerformedStepState>> = {
  'IN PROGRESS': 'in-progress',
  COMPLETED: 'completed',
  DISCONTINUED: 'discontinued',
}

/**
 * Pure. A step begins IN PROGRESS (PS3.4 F.7.2.1.2), may be changed until it is COMPLETED or DISCONTINUED and never after
 * (F.7.2.2.2). An N-SET that names no status leaves it. `known`: the state of the step of this SOP Instance UID, if there is one.
 */
export function decidePerformedStep(
  command: 'create' | 'set',
  known: PerformedStepState | undefined,
  status: string | undefined,
): StepDecision {
  const refuse = (why: StepRefusal): StepDecision => ({ kind: 'refuse', why })
  const told =
    states[
      (status ?? '')
        .trim()
        .toUpperCase()
        .replace(/[_\s]+/gu, ' ')
    ]
  if (command === 'create') {
    if (known) return refuse('duplicate')
    if ((status ?? '').trim() === '') return refuse('status-missing')
    return told === 'in-progress' ? { kind: 'take', state: told } : refuse('status-invalid')
  }
  if (!known) return refuse('unknown')
  if (known !== 'in-progress') return refuse('ended')
  if (status === undefined) return { kind: 'take', state: known }
  return told ? { kind: 'take', state: told } : refuse('status-invalid')
}

export type ExamOfNumber = { readonly examId: string; readonly patientId: string }

/**
 * Pure. The exam that one reference names: by Study Instance UID, then accession number, then the ids of the scheduled step and of
 * the requested procedure, which in our worklist are the accession number as well. The first that names an exam decides; another
 * patient's exam is none of it. `find`: undefined for a number that no exam has.
 */
export function examOfReference(
  reference: StepReference,
  patientId: string,
  find: {
    byStudy: (uid: string) => ExamOfNumber | undefined
    byAccession: (number: string) => ExamOfNumber | undefined
  },
): string | undefined {
  const numbers = [reference.accessionNumber, reference.scheduledStepId, reference.requestedProcedureId]
  const found =
    (reference.studyInstanceUid && find.byStudy(reference.studyInstanceUid)) ||
    numbers
      .filter((number) => number !== '')
      .map(find.byAccession)
      .find((exam) => exam !== undefined)
  if (!found || (patientId !== '' && patientId !== found.patientId)) return undefined
  return found.examId
}
