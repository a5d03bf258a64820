import type { Exam } from './exam.ts'
import type { Patient } from './patient.ts'

/** An exam that waits for its images: what a Modality Worklist answer (PS3.4 K) is made of. */
export type WorklistItem = {
  readonly exam: Exam
  readonly patient: Patient
  readonly institutionName: string
  /** A modality said by MPPS that it is at work on it. */
  readonly isStarted: boolean
}
