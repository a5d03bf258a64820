import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { proveGatewayPicture } from './proven-qr.ts'

/**
 * Where the QR of a report leads: to the newest address of the film that a cloud confirmed, else to where the QR leads that the gateway
 * gave at the registration. Never to a cloud that was told to delete the exam.
 */
export function reportAddressIn({
  delivered,
  retractedFrom = [],
}: Pick<ExamDossier, 'delivered' | 'retractedFrom'>): string | undefined {
  const newest = (step: 'film-url' | 'study-qr') =>
    delivered.findLast((one) => one.step === step && !retractedFrom.includes(one.destinationId))?.result
  const film = (newest('film-url') as { url?: string } | undefined)?.url
  const picture = (newest('study-qr') as { qrImage?: string } | undefined)?.qrImage
  if (film !== undefined || picture === undefined) return film
  const proven = proveGatewayPicture(picture)
  return proven.kind === 'proven' ? proven.text : undefined
}
