import type { DeliveryDeps, ImageDelivery } from './delivery.ts'

export function createPacsDelivery(_deps: DeliveryDeps): ImageDelivery<'pacs'> {
  throw new Error('being built')
}
