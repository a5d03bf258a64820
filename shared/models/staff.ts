import { z } from 'zod'
import { calendarDaySchema } from './patient.ts'
import { line } from './text-field.ts'

/** What an administrator looks for. Days in China time, both included; absent: not narrowed by it. */
export const auditSearchSchema = z.object({
  /** Anywhere in the subject's id or the details; or a patient, exam or user, as the board is searched: all rows about them. */
  text: line().max(100).optional(),
  actor: line().max(60).optional(),
  action: line().max(60).optional(),
  from: calendarDaySchema.optional(),
  to: calendarDaySchema.optional(),
  /** Only rows before this id: the next page. */
  before: z.coerce.number().int().positive().optional(),
})
export type AuditSearch = z.infer<typeof auditSearchSchema>

export const auditPageSchema = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      at: z.number(),
      actor: z.string(),
      /** The person's name; null: the station itself, a device, or an account that is gone. */
      actorName: z.string().nullable(),
      action: z.string(),
      subjectKind: z.string(),
      subjectId: z.string(),
      /** What the subject is called: 'DR2601050001 张三', a person's name, a device's; null where nothing is called so any more. */
      subjectName: z.string().nullable(),
      details: z.unknown(),
    }),
  ),
  /** The `before` of the next page; null: there is none. */
  next: z.number().nullable(),
  actors: z.array(z.string()),
  actions: z.array(z.string()),
})
export type AuditPage = z.infer<typeof auditPageSchema>

export const backupStatusSchema = z.object({
  /** Absolute; '' while no place was chosen. */
  folder: z.string(),
  isRunning: z.boolean(),
  /** The last one that was read back and found right. */
  lastGood: z
    .object({ at: z.number(), databaseBytes: z.number(), files: z.number(), fileBytes: z.number() })
    .nullable(),
  /** Why the last try failed; null: it did not. */
  problem: z
    .object({
      at: z.number(),
      code: z.string(),
      message: z.string(),
      action: z.string(),
      english: z.string(),
      englishAction: z.string(),
    })
    .nullable(),
  /** When the next one begins by itself; null: no place was chosen. */
  nextAt: z.number().nullable(),
})
export type BackupStatus = z.infer<typeof backupStatusSchema>
