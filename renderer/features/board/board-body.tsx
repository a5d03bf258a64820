import { type Ref, type UIEvent, use, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type BoardList, BoardListContext } from './board-list.ts'
import { BoardRow, roles } from './board-row.tsx'
import { noPlaces, placeRows } from './row-places.ts'
import { windowAt } from './row-window.ts'
import { rowKeyOf } from './sparse-rows.ts'

type Props = {
  /** The table's own: it moves the head along with the rows. */
  readonly tableRef: Ref<HTMLElement>
  readonly onScroll: (event: { readonly currentTarget: HTMLElement }) => void
  /** Of the scroll bar: the head has a column for it, so the last column is so much narrower here. */
  readonly barWidth: number
}

/** The rows in sight, in a box that scrolls. antd's own virtual body draws each cell by several components and measures each row. */
export function BoardBody({ tableRef, onScroll, barWidth }: Props) {
  const list = use(BoardListContext)
  if (!list) throw new Error('the body of a board without a board')
  const { rows, columns, widths, listKey, height, rowHeight, body, onSight } = list
  const [scrolled, setScrolled] = useState({ listKey, seen: 0 })
  const left = useRef(0)
  // The answer to another question begins at its top.
  const seen = scrolled.listKey === listKey ? scrolled.seen : 0
  const { first, end } = windowAt(seen * rowHeight, height, rowHeight, rows.length)
  const places = useRowPlaces(list, first, end)
  useImperativeHandle(tableRef, () => body.current!, [body])
  useLayoutEffect(() => {
    if (scrolled.seen > 0 && scrolled.listKey !== listKey) body.current?.scrollTo({ top: 0 })
  }, [scrolled, listKey, body])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same places of another list are another sight
  useEffect(() => onSight({ first, end }), [first, end, listKey, onSight])

  const scroll = (event: UIEvent<HTMLElement>) => {
    const { scrollLeft, scrollTop } = event.currentTarget
    if (scrollLeft !== left.current) onScroll(event)
    left.current = scrollLeft
    const now = Math.floor(scrollTop / rowHeight)
    // At once: a frame later the person would have seen empty places.
    if (now !== seen) flushSync(() => setScrolled({ listKey, seen: now }))
  }
  const last = (widths.at(-1) ?? 0) - barWidth
  const style = {
    height,
    '--board-row': `${rowHeight}px`,
    '--board-cells': `${widths.slice(0, -1).join('px ')}px ${last}px`,
    '--board-last-cell': `${last}px`,
  }
  return (
    <div ref={body} className="board-body ant-table-tbody" role="presentation" style={style} onScroll={scroll}>
      {rows.length === 0 ? (
        <div {...roles.row}>
          <div {...roles.cell} className="board-empty">
            {list.empty}
          </div>
        </div>
      ) : (
        <div role="presentation" style={{ height: rows.length * rowHeight, width: 'fit-content' }}>
          <div role="presentation" style={{ transform: `translateY(${first * rowHeight}px)` }}>
            {rows.slice(first, end).map((row, place) => (
              <BoardRow
                key={places.get(rowKeyOf(row))}
                row={row}
                index={first + place}
                isActive={first + place === list.active}
                columns={columns}
                handlers={list.handlers}
              />
            ))}
          </div>
        </div>
      )}
    </div>
  )
}

function useRowPlaces({ rows, listKey }: BoardList, first: number, end: number): ReadonlyMap<string, number> {
  const before = useRef(noPlaces)
  const now = placeRows(before.current, listKey, rows.slice(first, end).map(rowKeyOf))
  useLayoutEffect(() => {
    before.current = now
  })
  return now.places
}
