import { type SpinProps, Table, type TableColumnsType } from 'antd'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  type Ref,
  type UIEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'
import { widthOf } from './board-columns.tsx'
import { type RowKey, rowAfter, rowKeys } from './row-keys.ts'
import { type BoardRow, isGap, rowKeyOf } from './sparse-rows.ts'
import { useBodyHeight } from './use-body-height.ts'

export type BoardTableHandle = { readonly focusRow: (index: number) => void }

type Props = {
  readonly ref: Ref<BoardTableHandle>
  readonly rows: readonly BoardRow[]
  readonly columns: TableColumnsType<BoardRow>
  /** Changes when the list is the answer to another question. */
  readonly listKey: string
  readonly total: number
  readonly loading: boolean
  readonly empty: ReactNode
  readonly onLook: (first: number, last: number) => void
  readonly onOpen: (row: ExamRow) => void
  readonly onMenu: (row: ExamRow, at: { readonly x: number; readonly y: number }) => void
  /** The arrow up on the first row. */
  readonly onLeaveUp: () => void
}

type VirtualTable = { readonly nativeElement: HTMLElement; scrollTo(to: { index?: number; top?: number }): void }

/** The head's table is a part of the grid, not a table within it: only the rows in sight are drawn, and boxes are what they are drawn with. */
const components = { header: { table: (props: object) => <table role="presentation" {...props} /> } }
const onHeaderRow = () => ({ role: 'row' })

/** Rows that fly past for less than so many milliseconds are not asked for. */
const passing = 60

/** The box around head and body, which antd makes for its busy sign, is the grid. */
function gridProps(spinning: boolean, label: string, rowCount: number): SpinProps {
  const grid = { role: 'grid', 'aria-label': label, 'aria-rowcount': rowCount, 'aria-live': 'off' }
  return { spinning, ...grid } as SpinProps
}

/** The list itself: only the rows in sight are drawn; arrows, Home, End and the page keys move between the rows, Enter opens. */
export const BoardTable = memo(function BoardTable(props: Props) {
  const { rows, columns, listKey, total, loading, empty, onLook, onOpen, onMenu, onLeaveUp } = props
  const { board } = useText()
  const table = useRef<VirtualTable>(null)
  const frame = useRef<HTMLDivElement>(null)
  const height = useBodyHeight(frame)
  const [active, setActive] = useState<Active>({ index: 0, key: '' })
  const wanted = useRef<number>(undefined)
  const hasFocus = useRef(false)
  const looking = useRef<ReturnType<typeof setTimeout>>(undefined)
  const activeIndex = placeOf(active, rows)

  const focusRow = useCallback((index: number) => {
    wanted.current = index
    setActive({ index, key: '' })
    table.current?.scrollTo({ index })
    bringFocus(frame, wanted)
  }, [])
  useImperativeHandle(props.ref, () => ({ focusRow }), [focusRow])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another list: it begins at its top
  useEffect(() => {
    setActive({ index: 0, key: '' })
    table.current?.scrollTo({ top: 0 })
  }, [listKey])

  // Where the focused row was a gap and its exam has come, or a place was wanted that was not there yet, the focus goes on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the rows that came
  useLayoutEffect(() => {
    if (wanted.current !== undefined) {
      table.current?.scrollTo({ index: wanted.current })
      bringFocus(frame, wanted)
    } else if (hasFocus.current && document.activeElement === document.body) {
      frame.current?.querySelector<HTMLElement>(`[data-row-index="${activeIndex}"]`)?.focus({ preventScroll: true })
    }
  }, [rows])

  const last = total - 1
  const rowsInSight = () => {
    const row = frame.current?.querySelector<HTMLElement>('.ant-table-row')
    return Math.max(1, Math.floor(height / (row?.offsetHeight || 38)))
  }
  const onScroll = (event: UIEvent<HTMLElement>) => {
    const row = frame.current?.querySelector<HTMLElement>('.ant-table-row')
    const first = Math.floor(event.currentTarget.scrollTop / (row?.offsetHeight || 38))
    clearTimeout(looking.current)
    looking.current = setTimeout(
      // A few rows beyond, so that a page is here before its first row is seen.
      () => onLook(Math.max(0, first - 5), Math.min(Math.max(0, total - 1), first + rowsInSight() + 15)),
      passing,
    )
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row-index]')
    if (!row || event.target !== row || !rowKeys.includes(event.key as RowKey)) return
    event.preventDefault()
    const from = Number(row.dataset.rowIndex)
    if (event.key === 'ArrowUp' && from === 0) return onLeaveUp()
    const to = rowAfter(event.key as RowKey, from, last, rowsInSight())
    if (event.key === 'End') onLook(Math.max(0, total - 1 - rowsInSight()), Math.max(0, total - 1))
    focusRow(to)
  }
  // The wheel took the focused row out of sight and the page has the keys now: they go on from that row.
  useEffect(() => {
    const goOn = (event: globalThis.KeyboardEvent) => {
      if (document.activeElement !== document.body || !['ArrowDown', 'ArrowUp'].includes(event.key)) return
      event.preventDefault()
      focusRow(activeIndex)
    }
    window.addEventListener('keydown', goOn)
    return () => window.removeEventListener('keydown', goOn)
  }, [activeIndex, focusRow])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the rows within
    <div
      ref={frame}
      role="presentation"
      className="board-table-frame"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (event.relatedTarget) hasFocus.current = false
      }}
    >
      <Table<BoardRow>
        // Without rows it is a plain table with a head, which needs nobody to explain it.
        virtual={rows.length > 0}
        size="small"
        className="board-table"
        ref={table as never}
        loading={rows.length > 0 ? gridProps(loading, board.table, total + 1) : loading}
        rowKey={rowKeyOf}
        columns={columns}
        {...(rows.length > 0 && { components, onHeaderRow })}
        dataSource={rows}
        pagination={false}
        {...(rows.length > 0 && { scroll: { x: widthOf(columns), y: height } })}
        onScroll={onScroll}
        locale={{ emptyText: empty }}
        rowClassName={classOf}
        onRow={(row, index = 0) => ({
          role: 'row',
          'aria-rowindex': index + 2,
          'data-row-index': index,
          tabIndex: index === activeIndex ? 0 : -1,
          onFocus: (event) => {
            if (event.target !== event.currentTarget) return
            hasFocus.current = true
            setActive({ index, key: rowKeyOf(row) })
          },
          ...(!isGap(row) && {
            onClick: () => onOpen(row),
            onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row)
            },
            onContextMenu: (event: React.MouseEvent<HTMLElement>) => {
              event.preventDefault()
              const box = event.currentTarget.getBoundingClientRect()
              // The menu key tells no place of the mouse.
              const byKey = event.clientX === 0 && event.clientY === 0
              onMenu(row, byKey ? { x: box.left + 40, y: box.bottom } : { x: event.clientX, y: event.clientY })
            },
          }),
        })}
      />
    </div>
  )
})

/** The row that the keys are at: the exam, wherever it has moved to; its place where no exam was there yet. */
type Active = { readonly index: number; readonly key: string }

function placeOf({ index, key }: Active, rows: readonly BoardRow[]): number {
  const here = rows[index]
  if (key === '' || (here && rowKeyOf(here) === key)) return index
  const moved = rows.findIndex((row) => rowKeyOf(row) === key)
  return moved >= 0 ? moved : Math.min(index, Math.max(0, rows.length - 1))
}

function classOf(row: BoardRow): string {
  if (isGap(row)) return ''
  if (row.state === 'cancelled') return 'row-cancelled'
  return row.exam.category === 'emergency' ? 'row-emergency' : ''
}

/** The row may be drawn some frames after the list was scrolled to it. */
function bringFocus(
  frame: React.RefObject<HTMLElement | null>,
  wanted: React.RefObject<number | undefined>,
  tries = 20,
): void {
  const index = wanted.current
  if (index === undefined || tries === 0) return
  const row = frame.current?.querySelector<HTMLElement>(`[data-row-index="${index}"]`)
  if (row) {
    wanted.current = undefined
    row.focus({ preventScroll: true })
  } else requestAnimationFrame(() => bringFocus(frame, wanted, tries - 1))
}
