import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo, useMemo } from 'react'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { type BoardColumn, wordsOf } from './board-columns.tsx'
import { isGap, type BoardRow as Row, rowKeyOf } from './sparse-rows.ts'

export type RowHandlers = {
  readonly onOpen: (row: ExamRow) => void
  readonly onMenu: (row: ExamRow, at: { readonly x: number; readonly y: number }) => void
  readonly onFocus: (index: number, row: Row) => void
}

/** Only the rows in sight are drawn, so boxes with roles are what they are drawn with, as in antd's own long tables. */
export const roles = { row: { role: 'row' }, cell: { role: 'gridcell' } }

type Props = {
  readonly row: Row
  /** Its place in the list, 0-based. */
  readonly index: number
  readonly isActive: boolean
  readonly columns: readonly BoardColumn[]
  readonly handlers: RowHandlers
}

/** One exam, or a place whose exam is not here yet. Drawn again only when it shows another one. */
export const BoardRow = memo(function BoardRow({ row, index, isActive, columns, handlers }: Props) {
  const cells = useMemo(() => cellsOf(row, columns), [row, columns])
  const exam = isGap(row) ? undefined : row
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is a row of the grid, by its role
    <div
      {...roles.row}
      {...place(index)}
      data-row-key={rowKeyOf(row)}
      tabIndex={isActive ? 0 : -1}
      className={`ant-table-row${classOf(row)}`}
      onFocus={(event) => event.target === event.currentTarget && handlers.onFocus(index, row)}
      onClick={() => exam && handlers.onOpen(exam)}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        if (exam && event.key === 'Enter' && event.target === event.currentTarget) handlers.onOpen(exam)
      }}
      onContextMenu={(event) => {
        if (!exam) return
        event.preventDefault()
        handlers.onMenu(exam, placeOf(event))
      }}
    >
      {cells}
    </div>
  )
})

/** The head is the grid's first row. */
const place = (index: number) => ({ 'aria-rowindex': index + 2, 'data-row-index': index })

function placeOf({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): { x: number; y: number } {
  const box = currentTarget.getBoundingClientRect()
  // The menu key tells no place of the mouse.
  const byKey = clientX === 0 && clientY === 0
  return byKey ? { x: box.left + 40, y: box.bottom } : { x: clientX, y: clientY }
}

function classOf(row: Row): string {
  if (isGap(row)) return ''
  if (row.state === 'cancelled') return ' row-cancelled'
  return row.exam.category === 'emergency' ? ' row-emergency' : ''
}

/** Counted from the end: the last column, and the one before it. */
const edges: readonly CSSProperties[] = [{ insetInlineEnd: 0 }, { insetInlineEnd: 'var(--board-last-cell)' }]

function cellsOf(row: Row, columns: readonly BoardColumn[]) {
  return columns.map(({ key, cut, fixed, number, show }, place) => {
    const content = isGap(row) ? key === 'actions' ? null : <span className="faint">…</span> : show(row)
    const title = cut && !isGap(row) ? wordsOf(content) : undefined
    const fromEnd = columns.length - 1 - place
    return (
      <div
        key={key}
        {...roles.cell}
        title={title}
        className={cellClass(cut, fixed, number)}
        style={fixed ? edges[fromEnd] : undefined}
      >
        {content}
      </div>
    )
  })
}

const cellClass = (cut: boolean, fixed: boolean, number: true | undefined) =>
  `ant-table-cell${cut ? ' ant-table-cell-ellipsis' : ''}${fixed ? ' board-fixed' : ''}${number ? ' board-number' : ''}`
