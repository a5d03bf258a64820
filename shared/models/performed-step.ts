import { z } from 'zod'

/** PerformedProcedureStepStatus (0040,0252), PS3.3 C.4.14, in our words. Only 'in-progress' may still change (PS3.4 F.7.2.1.1). */
export const performedStepStateSchema = z.enum(['in-progress', 'completed', 'discontinued'])
export type PerformedStepState = z.infer<typeof performedStepStateSchema>

/** What a modality says by MPPS about one performed procedure step. */
export const performedStepSchema = z.object({
  sopInstanceUid: z.string(),
  /** The exam it belongs to; null where its identifiers name none. */
  examId: z.string().nullable(),
  state: performedStepStateSchema,
  callingAeTitle: z.string(),
  modality: z.string(),
  /** As the device wrote it, decoded. */
  description: z.string(),
  /** 'YYYY-MM-DD HH:mm:ss' by the device's clock, or ''. */
  startedAt: z.string(),
  endedAt: z.string(),
  /** Why it was discontinued, in the device's words; '' otherwise. */
  reason: z.string(),
  /** Images named in its PerformedSeriesSequence; null while it names none. */
  announcedImages: z.number().nullable(),
  receivedAt: z.number(),
  updatedAt: z.number(),
})
export type PerformedStep = z.infer<typeof performedStepSchema>
