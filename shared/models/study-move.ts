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
  reason: z.string(),
  at: z.number(),
  undoneAt: z.number().nullable(),
  /** Nothing of the study was sent since, and no later move stands on it. */
  mayUndo: z.boolean(),
})
export type StudyMove = z.infer<typeof studyMoveSchema>

/** What the images say otherwise than the request: shown before release. */
export const imageMismatchSchema = z.object({
  key: z.enum(['patient-name', 'patient-sex', 'patient-birth-date', 'body-side', 'body-part', 'modality']),
  /** '部位左右不同：登记为左膝，影像为右（R）'. */
  text: z.string(),
})
export type ImageMismatch = z.infer<typeof imageMismatchSchema>
