import { z } from 'zod'

/**
 * A task is one thing that one destination must be told about one exam.
 * waiting → sending → delivered. sending → waiting: it is tried again at `nextAttemptAt`.
 * sending → sent-unconfirmed: the request left and the answer was lost, so it is verified before it is sent again.
 * any → blocked: the exam's data or the destination's settings must change; a person puts it back to waiting.
 * waiting, blocked → cancelled: a person's decision, or a newer version took its place. A task is never deleted.
 */
export const outboxTaskStateSchema = z.enum([
  'waiting',
  'sending',
  'sent-unconfirmed',
  'delivered',
  'blocked',
  'cancelled',
])
export type OutboxTaskState = z.infer<typeof outboxTaskStateSchema>

export const outboxTransitions: Readonly<Record<OutboxTaskState, readonly OutboxTaskState[]>> = {
  waiting: ['sending', 'blocked', 'cancelled'],
  sending: ['delivered', 'waiting', 'sent-unconfirmed', 'blocked'],
  'sent-unconfirmed': ['sending', 'blocked', 'cancelled'],
  blocked: ['waiting', 'cancelled'],
  delivered: [],
  cancelled: ['waiting'],
}

/** What each kind of destination can be told. */
export const deliverySteps = {
  aimis: ['study-qr', 'study', 'image', 'report', 'reconcile', 'study-delete'],
  jilin: ['project', 'index', 'film-url', 'report-pdf', 'image', 'call-record', 'recognition'],
  pacs: ['image'],
} as const
export type AimisStep = (typeof deliverySteps.aimis)[number]
export type JilinStep = (typeof deliverySteps.jilin)[number]
export type PacsStep = (typeof deliverySteps.pacs)[number]
export type DeliveryStep = AimisStep | JilinStep | PacsStep

/** Why a task is not delivered and what to do now, in either language; all null where there is nothing to say. */
export const taskWhySchema = z.object({
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  reasonInEnglish: z.string().nullable(),
  action: z.string().nullable(),
  actionInEnglish: z.string().nullable(),
})
export type TaskWhy = Readonly<z.infer<typeof taskWhySchema>>
export const noReason: TaskWhy = {
  reasonCode: null,
  reason: null,
  reasonInEnglish: null,
  action: null,
  actionInEnglish: null,
}

export const outboxTaskSchema = taskWhySchema.extend({
  id: z.string(),
  examId: z.string(),
  destinationId: z.string(),
  step: z.string(),
  /** What within the exam: '' the exam itself, an instance's id for 'image', a report's version for 'report'… */
  subject: z.string(),
  /** Version of the content; the same step and subject with a new version is a new task. */
  version: z.string(),
  state: outboxTaskStateSchema,
  attempts: z.number().int(),
  nextAttemptAt: z.number(),
  /** It must be delivered by then (the provincial index: one hour after release). */
  deadlineAt: z.number().nullable(),
  /** What a record says beyond the exam itself; null for what is gathered from the exam when it is sent. */
  payload: z.unknown(),
  /** What the receiving side answered, as JSON (the provincial exam id, the film's address, the QR image). */
  result: z.unknown(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type OutboxTask = Omit<z.infer<typeof outboxTaskSchema>, 'step'> & { readonly step: DeliveryStep }
