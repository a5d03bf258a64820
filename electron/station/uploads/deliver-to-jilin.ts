import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { Delivery, DeliveryDeps } from './delivery.ts'

export type JilinDeliveryDeps = DeliveryDeps & {
  /** The report as PDF, with the film's address as a QR code. `pictures`: smaller ones where the first PDF was too large. */
  readonly reportPdf: (dossier: ExamDossier, options: { readonly filmUrl?: string }) => Promise<Buffer>
}

export function createJilinDelivery(_deps: JilinDeliveryDeps): Delivery<'jilin'> {
  throw new Error('being built')
}
