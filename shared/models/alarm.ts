import { z } from 'zod'

/** Something that staff must know until it is put right, in both languages; the exam or study that it is about, where it is about one. */
export const alarmViewSchema = z.object({
  code: z.string(),
  /** What happened and why. */
  message: z.string(),
  /** What to do now. */
  action: z.string(),
  english: z.string(),
  englishAction: z.string(),
  examId: z.string().nullable(),
  studyInstanceUid: z.string().nullable(),
})
export type AlarmView = z.infer<typeof alarmViewSchema>
