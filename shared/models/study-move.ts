import { z } from 'zod'

/** One change of which exam a study belongs to. Undone by another one that names it. */
export const studyMoveSchema = z.object({
  id: z.string(),
  kind: z.enum(['attach', 'detach', 'move', 'merge', 'undo']),
  studyInstanceUid: z.string(),
  fromExamId: z.string().nullable(),
  toExamId: z.string().nullable(),
  /** 'station' where the match was certain. */
  actor: z.string(),
  /** The station's own in either language, a person's as it was typed. */
  reason: z.string(),
  reasonInEnglish: z.string(),
  at: z.number(),
  undoneAt: z.number().nullable(),
  /** Nothing of the study was sent since, and no later move stands on it. */
  mayUndo: z.boolean(),
})
export type StudyMove = z.infer<typeof studyMoveSchema>

/** Images that had been sent for another exam than theirs: what must be put right at one destination. */
export const studyCorrectionSchema = z.object({
  id: z.string(),
  studyInstanceUid: z.string(),
  /** The exam for which they were sent wrongly. */
  examId: z.string(),
  /** The exam to which they went then, or none. */
  toExamId: z.string().nullable(),
  destinationId: z.string(),
  /** The deletion that two people decide on; null where the destination has no recall and staff must tell it. */
  retractionId: z.string().nullable(),
  reason: z.string(),
  madeBy: z.string(),
  madeAt: z.number(),
  /** When staff told the other side. */
  doneAt: z.number().nullable(),
})
export type StudyCorrection = z.infer<typeof studyCorrectionSchema>

/** What the images say otherwise than the request: shown before release. */
export const imageMismatchSchema = z.object({
  key: z.enum(['patient-name', 'patient-sex', 'patient-birth-date', 'body-side', 'body-part', 'modality']),
  /** '部位左右不同：登记为左膝，影像为右（R）'. */
  text: z.string(),
  english: z.string(),
})
export type ImageMismatch = z.infer<typeof imageMismatchSchema>
