import { cloudCareRoutes } from '../../shared/api/cloud-care-routes.ts'
import { routes } from '../../shared/api/routes.ts'
import type { PreparedPaper as Prepared } from '../../shared/models/printing.ts'
import { callStation, fetchStation } from '../api/call-station.ts'
import type { AnyPrintOrder } from './print-order.ts'

export type PreparedPaper = Pick<Prepared, 'notices' | 'withoutQr'> & {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Absent: a day sheet, or a paper from elsewhere. */
  readonly ticket?: string
  /** Absent: as the PDF itself says. */
  readonly widthMicrons?: number
  readonly heightMicrons?: number
}

/** The PDF as the station makes it for this order, or as it came from elsewhere. Throws a StationError. */
export async function preparePaper(order: AnyPrintOrder): Promise<PreparedPaper> {
  if (order.kind === 'correction-letter') {
    const { examId, letter } = order
    return opened(await callStation(cloudCareRoutes.correctionLetterPrint, { params: { id: examId }, body: letter }))
  }
  if (order.kind === 'outside-paper') {
    return { pdf: new Uint8Array(await order.pdf.arrayBuffer()), notices: [], withoutQr: 0 }
  }
  const { kind, examIds = [], query = {} } = order
  if (kind === 'day-sheet') {
    const sheet = await fetchStation(routes.daySheet, { query: { day: query.day ?? '', language: query.language } })
    const pdf = new Uint8Array(await sheet.arrayBuffer())
    return { pdf, widthMicrons: 210_000, heightMicrons: 297_000, notices: [], withoutQr: 0 }
  }
  const prepared = await callStation(routes.printPrepare, {
    body: {
      kind,
      examIds: [...examIds],
      ...(query.paper ? { paper: query.paper } : {}),
      ...(query.startAt ? { startAt: query.startAt } : {}),
    },
  })
  return opened(prepared)
}

const opened = ({ pdf, ...prepared }: Prepared): PreparedPaper => ({
  ...prepared,
  pdf: Uint8Array.from(atob(pdf), (character) => character.charCodeAt(0)),
})
