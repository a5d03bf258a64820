import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { DocumentOutcome } from '../documents/documents.ts'
import { readQrPng } from '../documents/qr-code.ts'
import { type Answer, answered, type Call } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { filmUrlOf, gatewayQrOf } from './exam-page.ts'
import { whyNotPrinted } from './prepared-paper.ts'

type AnyCall = Pick<Call<(typeof routes)['reportPdf']>, 'reply'>

export function answerDocuments(answer: Answer, rooms: ApiRooms): void {
  const { documents, readDossier, reports, settings } = rooms

  answer(routes.reportPdf, async ({ params, query, reply }) => {
    const released = readDossier(params.id!)
    if (!released) return fail('NOT-FOUND', { what: '检查' })
    const dossier = query.preview ? { ...released, report: reports.newest(params.id!) } : released
    return sendPdf(reply, await documents.reportPdf(dossier))
  })

  answer(routes.cardPdf, async ({ params, reply }) => {
    const dossier = readDossier(params.id!)
    if (!dossier) return fail('NOT-FOUND', { what: '检查' })
    if (dossier.exam.cancelled) return fail('EXAM-CANCELLED')
    return sendPdf(
      reply,
      await documents.checkCard(dossier, {
        qrPng: gatewayQrOf(rooms, params.id!),
        filmUrl: filmUrlOf(rooms, params.id!),
        paper: settings.read().paper.card,
      }),
    )
  })

  /** The film's address once there is one, else the image that the gateway gave at registration. */
  answer(routes.qrPng, async ({ params, reply }) => {
    const filmUrl = filmUrlOf(rooms, params.id!)
    const gatewayQr = gatewayQrOf(rooms, params.id!)
    const png = filmUrl ? await documents.qrPng(filmUrl) : gatewayQr && readQrPng(gatewayQr)
    if (!png) return fail('NO-QR')
    await reply.type('image/png').header('cache-control', 'no-store').send(png)
    return ok(answered)
  })
}

export async function sendPdf(reply: AnyCall['reply'], outcome: DocumentOutcome): Promise<Outcome<typeof answered>> {
  if (outcome.kind !== 'printed') return whyNotPrinted(outcome)
  await reply.type('application/pdf').header('cache-control', 'no-store').send(outcome.pdf)
  return ok(answered)
}
