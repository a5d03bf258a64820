import type { DeliveryDeps, ImageDelivery } from './delivery.ts'

export function createAimisDelivery(_deps: DeliveryDeps): ImageDelivery<'aimis'> {
  throw new Error('being built')
}
