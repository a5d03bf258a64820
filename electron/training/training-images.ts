import { z } from 'zod'
import { createSimulatedModality } from './simulated-modality.ts'

/** What the station asks of the simulated device. accessionNumber null: images of somebody who is in no worklist. */
export const orderSchema = z.object({
  id: z.number(),
  station: z.object({ aeTitle: z.string(), host: z.string(), port: z.number() }),
  accessionNumber: z.string().nullable(),
  images: z.number().int().min(1).max(100),
})
export type TrainingOrder = z.infer<typeof orderSchema>

const stranger = { name: '佚名', sex: 'M', birthDate: '1970-01-01', patientId: 'TRAINING-0' } as const

/**
 * As a technician does it: asks the worklist, takes the images of the one item, sends them. Answers how many were acknowledged; throws
 * in words when the item is not there or an image was refused.
 */
export async function sendTrainingImages({ station, accessionNumber, images }: TrainingOrder): Promise<number> {
  const device = createSimulatedModality({ aeTitle: 'TRAINING-DR', station })
  const items = accessionNumber === null ? [] : await device.findWorklist({ accessionNumber })
  const item = items.find((one) => one.accessionNumber === accessionNumber)
  if (accessionNumber !== null && !item) throw new Error('工作列表里没有这个检查（可能已经有影像，或已取消）')
  const { instances } = await device.sendStudy(
    item ? { item, instances: images } : { patient: stranger, instances: images },
  )
  const refused = instances.find(({ status }) => status !== 0)
  if (refused) throw new Error(`影像被拒绝，状态 0x${refused.status.toString(16)}`)
  return instances.length
}
