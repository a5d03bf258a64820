import { z } from 'zod'
import { line } from './text-field.ts'

/** One of the clinic's own exam items and the standard items it stands for (projectContrast, 检查项目编码上传). */
export const itemMappingInputSchema = z.object({
  institutionId: z.string(),
  itemCode: line().min(1).max(50),
  itemName: line().min(1).max(100),
  /** projectContrast `type`: 0 核医学 1 内镜 2 CT 3 X线 4 MR 5 超声 6 病理 7 心电 99 其他. */
  type: z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '99']),
  sampleTypeCode: line().max(50).default('99'),
  price: z.number().nonnegative().max(999.99).optional(),
  standardItems: z.array(z.object({ code: line().min(1).max(20), name: line().max(20).default('') })).max(20),
})
export const itemMappingSchema = itemMappingInputSchema.extend({ id: z.string() })
export type ItemMappingInput = z.infer<typeof itemMappingInputSchema>
export type ItemMapping = z.infer<typeof itemMappingSchema>
