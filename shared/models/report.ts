import { z } from 'zod'
import { codedNameSchema } from './exam.ts'

/** What the doctor writes. Empty findings or impression are allowed (the provincial document: 无内容时可传空值). */
export const reportDraftSchema = z.object({
  findings: z.string().max(20_000).default(''),
  impression: z.string().max(20_000).default(''),
  /** 定性结果. */
  positive: z.enum(['negative', 'positive', 'undetermined']).default('undetermined'),
  critical: z.boolean().default(false),
  infectious: z.boolean().default(false),
  advice: z.string().max(1000).optional(),
  reportDoctor: codedNameSchema.optional(),
  auditDoctor: codedNameSchema.optional(),
})
export type ReportDraft = z.infer<typeof reportDraftSchema>

/**
 * A report's life: draft → awaiting-audit (submit) → approved (approve, by another person unless 'one doctor' is set) → released
 * (release: it goes to patient and clouds, and is never changed again). return: back to the writer, with a reason.
 * amend: a released version stays as it is and a new version begins as a draft.
 */
export const reportStateSchema = z.enum(['draft', 'returned', 'awaiting-audit', 'approved', 'released'])
export type ReportState = z.infer<typeof reportStateSchema>

export type ReportStep = 'save' | 'submit' | 'return' | 'approve' | 'release' | 'amend'

/** Which step leads from where to where. Whatever is not here is refused. */
export const reportTransitions: Readonly<Record<ReportState, Partial<Record<ReportStep, ReportState>>>> = {
  draft: { save: 'draft', submit: 'awaiting-audit' },
  returned: { save: 'returned', submit: 'awaiting-audit' },
  'awaiting-audit': { return: 'returned', approve: 'approved' },
  approved: { return: 'returned', release: 'released' },
  released: { amend: 'draft' },
}

/** A check that stopped and that a doctor went on with: the words it had, and why they are right here. Kept with the version. */
export const checkOverrideSchema = z.object({
  key: z.string(),
  words: z.string(),
  reason: z.string(),
  /** Username, and the name at that time. */
  by: z.string(),
  name: z.string(),
  at: z.number(),
})
export type CheckOverride = z.infer<typeof checkOverrideSchema>

export const reportVersionSchema = reportDraftSchema.extend({
  examId: z.string(),
  /** 1, 2, 3…: a new one for each amendment. */
  version: z.number().int().positive(),
  state: reportStateSchema,
  writtenAt: z.number(),
  writtenBy: z.string(),
  submittedAt: z.number().optional(),
  submittedBy: z.string().optional(),
  approvedAt: z.number().optional(),
  approvedBy: z.string().optional(),
  releasedAt: z.number().optional(),
  releasedBy: z.string().optional(),
  returnReason: z.string().optional(),
  amendReason: z.string().optional(),
  overrides: z.array(checkOverrideSchema).optional(),
})
export type ReportVersion = z.infer<typeof reportVersionSchema>

/** Something in a report that a colleague would send it back for. 'stop': it cannot be submitted so, or only with a reason; 'warn': the doctor confirms it. */
export const reportCheckSchema = z.object({
  level: z.enum(['stop', 'warn']),
  /** The same as long as the same thing stands there: 'side-request:findings:右'. What is confirmed is named by it. */
  key: z.string(),
  field: z.enum(['findings', 'impression', 'advice', 'positive', 'critical', 'infectious']),
  /** Where in the field's text, UTF-16 units, `to` not included; both 0 where it is about the whole field. */
  from: z.number().int(),
  to: z.number().int(),
  words: z.string(),
  english: z.string(),
  /** It stops, and a doctor may go on all the same with a reason that is kept. */
  mayOverride: z.boolean().optional(),
})
export type ReportCheck = z.infer<typeof reportCheckSchema>

/** What a report said when it was submitted. Early submissions were kept without their marks. */
const submittedTextSchema = z.object({
  findings: z.string(),
  impression: z.string(),
  advice: z.string(),
  positive: z.enum(['negative', 'positive', 'undetermined']).optional(),
  critical: z.boolean().optional(),
  infectious: z.boolean().optional(),
})
export type SubmittedWords = z.infer<typeof submittedTextSchema>

/** One step that somebody took with a report. */
export const reportHistoryStepSchema = z.object({
  at: z.number(),
  /** Username and the name as it is now; '' for the program. */
  by: z.string(),
  byName: z.string(),
  step: z.enum(['save', 'submit', 'return', 'approve', 'release', 'amend', 'take-over', 'critical-notice']),
  version: z.number().nullable(),
  reason: z.string().optional(),
  /** The words of the warnings that were confirmed with this step. */
  acknowledged: z.array(z.string()).optional(),
  /** What stopped, and the reason for which it was gone on with. */
  overridden: z.array(z.object({ words: z.string(), reason: z.string() })).optional(),
  /** What the report said when it was submitted: the auditor sees what changed since it went back. */
  text: submittedTextSchema.optional(),
})
export type ReportHistoryStep = z.infer<typeof reportHistoryStepSchema>
