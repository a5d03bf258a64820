import { cloudCareRoutes } from '../../shared/api/cloud-care-routes.ts'
import { routes } from '../../shared/api/routes.ts'
import type { PreparedPaper as Prepared } from '../../shared/models/printing.ts'
import { callStation, fetchStation } from '../api/call-station.ts'
import type { LetterOrder, PrintOrder } from './use-print.tsx'

export type PreparedPaper = Pick<Prepared, 'notices' | 'withoutQr'> & {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Absent: a day sheet. */
  readonly ticket?: string
  readonly widthMicrons: number
  readonly heightMicrons: number
}

/** The PDF as the station makes it for this order. Throws a StationError. */
export async function preparePaper(order: PrintOrder | LetterOrder): Promise<PreparedPaper> {
  if (order.kind === 'correction-letter') {
    const { examId, letter } = order
    return opened(await callStation(cloudCareRoutes.correctionLetterPrint, { params: { id: examId }, body: letter }))
  }
  const { kind, examIds = [], query = {} } = order
  if (kind === 'day-sheet') {
    const sheet = await fetchStation(routes.daySheet, { query: { day: query.day ?? '' } })
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
