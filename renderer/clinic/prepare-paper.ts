import type { AnswerOf } from '../../shared/api/route.ts'
import { type Routes, routes } from '../../shared/api/routes.ts'
import { callStation, fetchStation } from '../api/call-station.ts'
import type { PrintOrder } from './use-print.tsx'

type Prepared = AnswerOf<Routes['printPrepare']>

export type PreparedPaper = Pick<Prepared, 'notices' | 'withoutQr'> & {
  readonly pdf: Uint8Array<ArrayBuffer>
  /** Absent: a day sheet. */
  readonly ticket?: string
  readonly widthMicrons: number
  readonly heightMicrons: number
}

/** The PDF as the station makes it for this order. Throws a StationError. */
export async function preparePaper({ kind, examIds = [], query = {} }: PrintOrder): Promise<PreparedPaper> {
  if (kind === 'day-sheet') {
    const sheet = await fetchStation(routes.daySheet, { query: { day: query.day ?? '' } })
    const pdf = new Uint8Array(await sheet.arrayBuffer())
    return { pdf, widthMicrons: 210_000, heightMicrons: 297_000, notices: [], withoutQr: 0 }
  }
  const { pdf, ...prepared } = await callStation(routes.printPrepare, {
    body: {
      kind,
      examIds: [...examIds],
      ...(query.paper ? { paper: query.paper } : {}),
      ...(query.startAt ? { startAt: query.startAt } : {}),
    },
  })
  return { ...prepared, pdf: Uint8Array.from(atob(pdf), (character) => character.charCodeAt(0)) }
}
