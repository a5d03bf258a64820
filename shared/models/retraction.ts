import { z } from 'zod'

/**
 * Taking an exam back from a cloud. AIMIS has study/delete: one person proposes it with a reason, another confirms, then it is
 * sent. The provincial cloud has no recall: what is left is a correction letter.
 */
export const retractionSchema = z.object({
  id: z.string(),
  examId: z.string(),
  destinationId: z.string(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.number(),
  state: z.enum(['proposed', 'confirmed', 'withdrawn']),
  decidedBy: z.string().nullable(),
  decidedAt: z.number().nullable(),
  /** A correction: once it is deleted, what remains of the exam is told again. */
  thenTellAgain: z.boolean().optional(),
})
export type Retraction = z.infer<typeof retractionSchema>
