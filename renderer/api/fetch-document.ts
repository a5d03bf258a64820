import type { routes } from '../../shared/api/routes.ts'
import { fetchStation } from './call-station.ts'

type DocumentRoute = typeof routes.reportPdf | typeof routes.cardPdf | typeof routes.qrPng

/** A document's bytes. The token goes in a header, so a plain link would not do. */
export async function fetchDocument(route: DocumentRoute, examId: string): Promise<Blob> {
  const response = await fetchStation(route, { params: { id: examId } })
  return response.blob()
}
