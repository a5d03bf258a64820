import { theme } from 'antd'
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLocation } from 'react-router'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'
import type { BoardColumn } from './board-columns.tsx'
import { BoardHead } from './board-head.tsx'
import { type BoardList, BoardListContext } from './board-list.ts'
import { columnsInRoom } from './columns-in-room.ts'
import { fitWidths } from './fit-widths.ts'
import { keptPlaces } from './kept-places.ts'
import { type RowKey, rowAfter, rowKeys } from './row-keys.ts'
import { heldTop, topToSee } from './row-window.ts'
import { type BoardRow, rowKeyOf } from './sparse-rows.ts'
import { useBodySize } from './use-body-size.ts'

export type BoardTableHandle = {
  readonly focusRow: (index: number) => void
  /** The row of an exam, where it is drawn. */
  readonly focusExam: (examId: string) => void
}

type Props = {
  readonly ref: Ref<BoardTableHandle>
  readonly rows: readonly BoardRow[]
  readonly columns: readonly BoardColumn[]
  /** Changes when the list is the answer to another question. */
  readonly listKey: string
  readonly total: number
  readonly loading: boolean
  readonly empty: ReactNode
  /** So many pixels are there for the columns. */
  readonly onRoom: (width: number) => void
  readonly onLook: (first: number, last: number) => void
  readonly onOpen: (row: ExamRow) => void
  readonly onMenu: (row: ExamRow, at: { readonly x: number; readonly y: number }) => void
  /** The arrow up on the first row. */
  readonly onLeaveUp: () => void
}

/** The head is its first row. */
const grid = (label: string, total: number) => ({ role: 'grid', 'aria-label': label, 'aria-rowcount': total + 1 })

/** Rows that fly past for less than so many milliseconds are not asked for. */
const passing = 60

/** The list itself: only the rows in sight are drawn; arrows, Home, End and the page keys move between the rows, Enter opens. */
export const BoardTable = memo(function BoardTable(props: Props) {
  const { rows, columns: allColumns, listKey, total, loading, empty, onLook, onOpen, onMenu, onLeaveUp, onRoom } = props
  const { board } = useText()
  const rowHeight = theme.useToken().token.controlHeight + 4
  const frame = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const { height, width } = useBodySize(frame)
  const columns = useMemo(() => columnsInRoom(allColumns, width), [allColumns, width])
  useEffect(() => onRoom(width), [onRoom, width])
  const widths = useMemo(
    () =>
      fitWidths(
        columns.map((column) => column.width),
        width,
      ),
    [columns, width],
  )
  const [active, setActive] = useState<Active>(atTop)
  const wanted = useRef<number>(undefined)
  const hasFocus = useRef(false)
  const looking = useRef<ReturnType<typeof setTimeout>>(undefined)
  const activeIndex = active.listKey === listKey ? placeOf(active, rows) : 0

  const bringIntoSight = useCallback(
    (index: number) => {
      const box = body.current
      if (box) box.scrollTop = topToSee(index, box.scrollTop, box.clientHeight, rowHeight)
      bringFocus(frame, wanted)
    },
    [rowHeight],
  )
  const focusRow = useCallback(
    (index: number) => {
      wanted.current = index
      setActive({ index, key: '', listKey })
      bringIntoSight(index)
    },
    [bringIntoSight, listKey],
  )
  const focusExam = useCallback((examId: string) => {
    const drawn = [...(frame.current?.querySelectorAll<HTMLElement>('[data-row-key]') ?? [])]
    drawn.find((row) => row.dataset.rowKey === examId)?.focus({ preventScroll: true })
  }, [])
  useImperativeHandle(props.ref, () => ({ focusRow, focusExam }), [focusRow, focusExam])

  const { key: step } = useLocation()
  const shown = useRef<Shown>({ listKey: '', rows: [], isPlaced: false })
  // What is looked at stays where it is while other exams come, and is there again when somebody comes back.
  useLayoutEffect(() => {
    const box = body.current
    const { listKey: before, rows: rowsBefore, isPlaced } = shown.current
    shown.current = { listKey, rows, isPlaced: isPlaced || rows.length > 0 }
    if (!box || rows.length === 0) return
    if (!isPlaced) box.scrollTop = keptPlaces.read(step)
    else if (before === listKey && rowsBefore !== rows && box.scrollTop >= rowHeight)
      box.scrollTop = heldTop(rowsBefore.map(rowKeyOf), rows.map(rowKeyOf), box.scrollTop, rowHeight)
  }, [rows, listKey, rowHeight, step])
  // The focus stays with its exam wherever that has moved to, and goes on to a place that was wanted and is there now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the rows that came
  useLayoutEffect(() => {
    if (wanted.current !== undefined) bringIntoSight(wanted.current)
    else if (hasFocus.current && document.activeElement === document.body) {
      frame.current?.querySelector<HTMLElement>(`[data-row-index="${activeIndex}"]`)?.focus({ preventScroll: true })
    }
  }, [rows])

  const page = Math.max(1, Math.floor(height / rowHeight))
  const handlers = useMemo(
    () => ({
      onOpen,
      onMenu,
      onFocus: (index: number, row: BoardRow) => {
        hasFocus.current = true
        setActive({ index, key: rowKeyOf(row), listKey })
      },
    }),
    [onOpen, onMenu, listKey],
  )
  const onSight = useCallback<BoardList['onSight']>(
    ({ first, end }) => {
      clearTimeout(looking.current)
      if (shown.current.isPlaced) keptPlaces.write(step, body.current?.scrollTop ?? 0)
      // Who scrolls goes on: the next page is here before its first row is seen.
      const last = Math.min(total, first > 0 ? end + 10 : end) - 1
      looking.current = setTimeout(() => onLook(first, Math.max(0, last)), passing)
    },
    [onLook, total, step],
  )
  const list = useMemo<BoardList>(
    () => ({ rows, columns, widths, listKey, active: activeIndex, height, rowHeight, handlers, empty, body, onSight }),
    [rows, columns, widths, listKey, activeIndex, height, rowHeight, handlers, empty, onSight],
  )

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row-index]')
    if (!row || event.target !== row || !rowKeys.includes(event.key as RowKey)) return
    event.preventDefault()
    const from = Number(row.dataset.rowIndex)
    if (event.key === 'ArrowUp' && from === 0) return onLeaveUp()
    if (event.key === 'End') onLook(Math.max(0, total - 1 - page), Math.max(0, total - 1))
    focusRow(rowAfter(event.key as RowKey, from, total - 1, page))
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
      {...grid(board.table, total)}
      aria-busy={loading}
      className="board-table-frame"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (event.relatedTarget) hasFocus.current = false
      }}
    >
      <BoardListContext value={list}>
        <BoardHead columns={columns} widths={widths} loading={loading} />
      </BoardListContext>
    </div>
  )
})

type Shown = { readonly listKey: string; readonly rows: readonly BoardRow[]; readonly isPlaced: boolean }

/** The row that the keys are at: the exam, wherever it has moved to; its place where no exam was there yet. */
type Active = { readonly index: number; readonly key: string; readonly listKey: string }

const atTop: Active = { index: 0, key: '', listKey: '' }

function placeOf({ index, key }: Active, rows: readonly BoardRow[]): number {
  const here = rows[index]
  if (key === '' || (here && rowKeyOf(here) === key)) return index
  const moved = rows.findIndex((row) => rowKeyOf(row) === key)
  return moved >= 0 ? moved : Math.min(index, Math.max(0, rows.length - 1))
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
