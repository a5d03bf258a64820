import { z } from 'zod'

/** What became of one file of an import. `name`: as the person knows it, with its folders. */
export const importedFileSchema = z.object({
  name: z.string(),
  outcome: z.enum(['taken', 'already-had', 'other-version', 'made', 'skipped', 'refused']),
  /** Of what was stored: 'made' is an object that was made here from a picture, a paper or a film. */
  sopInstanceUid: z.string().nullable(),
  studyInstanceUid: z.string().nullable(),
  /** What became of it and what to do, for people, in both languages. */
  code: z.string(),
  message: z.string(),
  action: z.string(),
  english: z.string(),
  englishAction: z.string(),
})
export type ImportedFile = z.infer<typeof importedFileSchema>

/** A folder, a ZIP, a medium or some files on their way in. Kept while the station runs; the audit log has the sums. */
export const importJobSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  source: z.string(),
  examId: z.string().nullable(),
  startedBy: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Files seen so far, and how many of them are dealt with. total is null while it is not known. */
  total: z.number().nullable(),
  done: z.number(),
  bytes: z.number(),
  counts: z.record(importedFileSchema.shape.outcome, z.number()),
  /** Studies that came with it, for the way to the exam or the tray. */
  studies: z.array(z.object({ studyInstanceUid: z.string(), examId: z.string().nullable() })),
  /** What is worth reading: everything refused, and the first of what was taken; at most 1000. */
  files: z.array(importedFileSchema),
  /** Why the whole of it ended early, for people; null otherwise. */
  problem: importedFileSchema
    .pick({ code: true, message: true, action: true, english: true, englishAction: true })
    .nullable(),
})
export type ImportJob = z.infer<typeof importJobSchema>
