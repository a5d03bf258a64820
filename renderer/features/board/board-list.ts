import { createContext, type ReactNode, type RefObject } from 'react'
import type { BoardColumn } from './board-columns.tsx'
import type { RowHandlers } from './board-row.tsx'
import type { BoardRow } from './sparse-rows.ts'

/** What the table's body shows. It is told past the table, which then draws its head again only when the columns change. */
export type BoardList = {
  readonly rows: readonly BoardRow[]
  readonly columns: readonly BoardColumn[]
  /** Of the columns, in pixels. */
  readonly widths: readonly number[]
  readonly listKey: string
  /** The row that the keys are at, 0-based. */
  readonly active: number
  /** Of the body and of each row, in pixels. */
  readonly height: number
  readonly rowHeight: number
  readonly handlers: RowHandlers
  /** In the place of rows, where there are none. */
  readonly empty: ReactNode
  /** The box that scrolls. */
  readonly body: RefObject<HTMLDivElement | null>
  /** Other rows are in sight. */
  readonly onSight: (sight: { readonly first: number; readonly end: number }) => void
}

export const BoardListContext = createContext<BoardList | undefined>(undefined)
