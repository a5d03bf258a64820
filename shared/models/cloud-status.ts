import { z } from 'zod'

/** What a cloud told of an exam by its callback: 0 its data only, 1 the report, 2 the images, 3 both; '' where it gave no address. */
export const cloudStatusSchema = z.object({
  destinationId: z.string(),
  status: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  reportId: z.string(),
  reportUrl: z.string(),
  imageUrl: z.string(),
  updatedAt: z.number(),
})
export type CloudStatus = z.infer<typeof cloudStatusSchema>
