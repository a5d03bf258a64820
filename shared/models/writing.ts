import { z } from 'zod'
import { patientSexSchema } from './patient.ts'
import { reportDraftSchema } from './report.ts'
import { line, lines } from './text-field.ts'

/** A text to begin a report with. Private ones are seen by their owner only. */
export const templateInputSchema = z.object({
  /** Where it hangs in the tree: '胸部/正常'; '' at the top. */
  folder: line().max(100).default(''),
  name: line().min(1).max(60),
  /** Modality (0008,0060); '' for every one. */
  modality: line().max(16).default(''),
  /** Only for this sex and these ages (whole years, both included); absent: for everybody. */
  sex: patientSexSchema.optional(),
  fromAge: z.number().int().min(0).max(150).optional(),
  toAge: z.number().int().min(0).max(150).optional(),
  findings: z.string().max(20_000).default(''),
  impression: z.string().max(20_000).default(''),
  advice: z.string().max(1000).default(''),
  isShared: z.boolean().default(false),
})
export type TemplateInput = z.infer<typeof templateInputSchema>

export const templateSchema = templateInputSchema.extend({
  id: z.string(),
  /** Username; '' for those that came with the program. */
  owner: z.string(),
  /** Of the person who asks. */
  isFavourite: z.boolean(),
  /** How often the person who asks used it. */
  uses: z.number(),
})
export type Template = z.infer<typeof templateSchema>

/** A sentence that is put in at the caret. */
export const phraseInputSchema = z.object({
  text: lines().min(1).max(500),
  isShared: z.boolean().default(false),
})
export const phraseSchema = phraseInputSchema.extend({ id: z.string(), owner: z.string() })
export type Phrase = z.infer<typeof phraseSchema>

/** Who writes a report right now. */
export const writeLockSchema = z.object({
  /** null: nobody. */
  holder: z.object({ username: z.string(), displayName: z.string(), since: z.number() }).nullable(),
  isMine: z.boolean(),
})
export type WriteLock = z.infer<typeof writeLockSchema>

/** What was typed and not saved yet, kept for the case that the desk or the computer stops. */
export const unsavedReportSchema = z.object({
  draft: reportDraftSchema,
  keptAt: z.number(),
  /** The version and `writtenAt` of the report it was typed into; null: there was none. */
  typedInto: z.object({ version: z.number(), writtenAt: z.number() }).nullable(),
})
export type UnsavedReport = z.infer<typeof unsavedReportSchema>

/** A critical finding was told to somebody: who, whom, when, how (危急值记录). */
export const criticalNoticeInputSchema = z.object({
  toldTo: line().min(1).max(50),
  how: z.enum(['phone', 'in-person', 'message']),
  at: z.number().int(),
  note: lines().max(500).default(''),
})
export const criticalNoticeSchema = criticalNoticeInputSchema.extend({
  id: z.string(),
  version: z.number(),
  toldBy: z.string(),
})
export type CriticalNotice = z.infer<typeof criticalNoticeSchema>

/** An earlier exam of the same person at this station, with its newest released report. */
export const localPriorSchema = z.object({
  examId: z.string(),
  accessionNumber: z.string(),
  itemName: z.string(),
  modality: z.string(),
  bodyPart: z.string(),
  examinedAt: z.number().nullable(),
  registeredAt: z.number(),
  imageCount: z.number(),
  report: z
    .object({ version: z.number(), findings: z.string(), impression: z.string(), releasedAt: z.number().nullable() })
    .nullable(),
})
export type LocalPrior = z.infer<typeof localPriorSchema>

/** An image that stands in the report. */
export const keyImageSchema = z.object({
  instanceId: z.string(),
  /** From 1. */
  frame: z.number().int().min(1),
  caption: line().max(60).default(''),
  /** As the doctor saw it; absent: the file's own. */
  windowCenter: z.number().optional(),
  windowWidth: z.number().positive().optional(),
  /** JPEG in base64, what the doctor's screen showed with its measurements; absent: the station renders the frame. */
  picture: z
    .string()
    .max(600_000)
    .regex(/^[A-Za-z0-9+/]+=*$/)
    .optional(),
})
export type KeyImage = z.infer<typeof keyImageSchema>
