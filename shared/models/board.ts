import { z } from 'zod'
import { line } from './text-field.ts'

/** By what the board is narrowed beside state and modality. critical, infectious, emergency: so flagged. overdue: the provincial hour ran out or runs. blocked: a lamp is red. */
export const boardFlagSchema = z.enum(['critical', 'infectious', 'emergency', 'overdue', 'blocked'])
export type BoardFlag = z.infer<typeof boardFlagSchema>

/** late: those whose provincial hour runs first, the earliest deadline before the others; newest: as they were registered. */
export const boardOrderSchema = z.enum(['newest', 'late'])
export type BoardOrder = z.infer<typeof boardOrderSchema>

/** The bits of `exam_fact.flags`: several may stand on one exam. */
export const boardFlagBits: Readonly<Record<BoardFlag, number>> = {
  critical: 1,
  infectious: 2,
  emergency: 4,
  overdue: 8,
  blocked: 16,
}

/** A filter of the board under a name that a person gave it. Absent: not narrowed by it. */
export const savedFilterSchema = z.object({
  name: line().min(1).max(20),
  preset: z.string().max(20).optional(),
  state: z.string().max(20).optional(),
  modality: z.string().max(16).optional(),
  doctor: z.string().max(50).optional(),
  flag: z.string().max(20).optional(),
  text: z.string().max(64).optional(),
})
export type SavedFilter = z.infer<typeof savedFilterSchema>

/** One exam that is not finished, in the day page's lists. */
export const openExamSchema = z.object({
  examId: z.string(),
  accessionNumber: z.string(),
  patientName: z.string(),
  itemName: z.string(),
  registeredAt: z.number(),
  /** In words: '写好还没提交', '省平台：缺手机号'. */
  why: z.string(),
  whyInEnglish: z.string(),
})
export type OpenExam = z.infer<typeof openExamSchema>

/** What a day left open. `total` may be more than the list: at most 200 of each are listed. */
const openList = z.object({ total: z.number(), rows: z.array(openExamSchema) })

export const dayPageSchema = z.object({
  day: z.string(),
  counts: z.object({
    registered: z.number(),
    imaged: z.number(),
    written: z.number(),
    released: z.number(),
    delivered: z.number(),
    cancelled: z.number(),
  }),
  /** Studies in the tray that came on this day, whoever they belong to. */
  unmatched: z.object({
    total: z.number(),
    rows: z.array(
      z.object({
        studyInstanceUid: z.string(),
        patientName: z.string(),
        modality: z.string(),
        imageCount: z.number(),
        receivedAt: z.number(),
      }),
    ),
  }),
  /** Registered and never examined. */
  unexamined: openList,
  unwritten: openList,
  unaudited: openList,
  undelivered: openList,
  /** Delivered, and the cloud's own count was not compared yet, or differs. */
  unreconciled: openList,
  /** Marked critical, and nobody is noted as told. */
  untold: openList.optional(),
})
export type DayPage = z.infer<typeof dayPageSchema>

/** Counts of exams registered within the days; cancelled ones are left out. positive: of those whose report says so or not. */
const tally = z.object({
  key: z.string(),
  name: z.string(),
  exams: z.number(),
  images: z.number(),
  released: z.number(),
  positive: z.number(),
  negative: z.number(),
  critical: z.number(),
})
export type Tally = z.infer<typeof tally>

export const statisticsSchema = z.object({
  from: z.string(),
  to: z.string(),
  total: tally,
  /** One entry a day, days without exams too. key: 'YYYY-MM-DD'. */
  byDay: z.array(tally),
  byDoctor: z.array(tally),
  byAuditor: z.array(tally),
  byItem: z.array(tally),
  byModality: z.array(tally),
  /** Minutes from registration to release: the median and the ninth decile; null where nothing was released. */
  minutesToRelease: z.object({ median: z.number(), p90: z.number() }).nullable(),
  /** Provincial uploads after their hour. */
  late: z.number(),
})
export type Statistics = z.infer<typeof statisticsSchema>

/** One device that is connected now, and whose images it brought last. */
export const receivingSchema = z.object({
  /** The name under which the device is registered; its AE title where it is not. */
  device: z.string(),
  callingAeTitle: z.string(),
  /** Epoch milliseconds at which it connected. */
  since: z.number(),
  /** Objects that were kept since then. */
  received: z.number(),
  /** Of the newest object; '' before the first one. As registered where it found its exam, else as the device wrote it. */
  patientName: z.string(),
  accessionNumber: z.string().nullable(),
  examId: z.string().nullable(),
})
export type Receiving = z.infer<typeof receivingSchema>
