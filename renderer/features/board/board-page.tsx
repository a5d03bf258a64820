import { Button, Empty, type InputRef, theme } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { callStation } from '../../api/call-station.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useSteady } from '../../components/use-steady.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { boardColumns } from './board-columns.tsx'
import { isNarrowed, listQueryOf, wholeDay } from './board-filter.ts'
import { BoardPaper, type Paper } from './board-paper.tsx'
import { BoardTable, type BoardTableHandle } from './board-table.tsx'
import { BoardTitle } from './board-title.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { withoutRoom } from './columns-in-room.ts'
import { DayFilter } from './day-filter.tsx'
import { NarrowFilter } from './narrow-filter.tsx'
import { ReceivingLine } from './receiving-line.tsx'
import type { RowDoings } from './row-buttons.tsx'
import { type OpenMenu, RowMenu } from './row-menu.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { SearchBox } from './search-box.tsx'
import { isGap } from './sparse-rows.ts'
import { StateFilter } from './state-filter.tsx'
import { useBoardFilter } from './use-board-filter.ts'
import { useExamPages } from './use-exam-pages.ts'
import { useKeptColumns } from './use-kept-columns.ts'
import { useLampNames } from './use-lamp-names.ts'
import { useSearchKeys } from './use-search-keys.ts'
import './board.css'

/** A window of 1300 pixels is full with it, and the station has it sooner than more. */
const pageSize = 40

/** The page is drawn at each key; its parts are drawn only when what they are given changes, so all they are given stays the same. */
export function BoardPage() {
  const text = useText()
  const { board } = text
  const { language } = useLanguage()
  const navigate = useNavigate()
  const { filter, change, keepTyped } = useBoardFilter()
  const [paper, setPaper] = useState<Paper>()
  const [menu, setMenu] = useState<OpenMenu>()
  const search = useRef<InputRef>(null)
  const table = useRef<BoardTableHandle>(null)
  const columnChoice = useKeptColumns()
  const destinations = useLampNames()
  const { fontSize } = theme.useToken().token
  useSearchKeys(search)

  const { list, isFirst, isFresh, error, refetch, ask, look } = useExamPages(listQueryOf(filter, Date.now()), pageSize)
  const { rows } = list

  const open = useSteady((row: ExamRow) => navigate(`/exams/${row.exam.id}`))
  const openMenu = useSteady((row: ExamRow, at: { x: number; y: number }) => setMenu({ row, ...at }))
  const doings = useMemo(
    (): RowDoings => ({
      open,
      report: (row) => setPaper({ kind: 'report', row }),
      card: (row) => setPaper({ kind: 'card', row }),
      menu: openMenu,
    }),
    [open, openMenu],
  )
  const columns = useMemo(
    () =>
      boardColumns(
        text,
        { language, withDay: filter.days !== 'today', destinations, fontSize },
        columnChoice.shown,
        doings,
      ),
    [text, language, filter.days, destinations, fontSize, columnChoice.shown, doings],
  )
  const [room, setRoom] = useState(0)
  const hidden = useMemo(() => withoutRoom(columns, room), [columns, room])
  const { modality, doctor, flag } = filter
  const chosen = useMemo(() => ({ modality, doctor, flag }), [modality, doctor, flag])
  const canSearchEverything = filter.text !== '' && filter.days !== 'everything'
  const empty = useMemo(
    () =>
      isFirst ? (
        ' '
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${board.empty} · ${board.emptyHint}`}>
          {canSearchEverything ? (
            <Button onClick={() => change({ days: 'everything' })}>{board.searchEverything}</Button>
          ) : null}
        </Empty>
      ),
    [isFirst, board, canSearchEverything, change],
  )

  const type = (typed: string) => {
    ask(listQueryOf({ ...filter, text: typed }, Date.now()))
    change({ text: typed }, { typed: true })
  }
  /** The row has the keys again: who opened its menu goes on from it. */
  const closeMenu = () => {
    if (menu) table.current?.focusExam(menu.row.exam.id)
    setMenu(undefined)
  }
  /** A scanned or whole number leads to its exam whatever day is shown; else the only row does. */
  const enter = async (typed: string) => {
    if (!typed) return
    const found = await callStation(routes.examFind, { query: { code: typed } }).catch(() => [])
    const [only, second] = isFresh ? list.rows : []
    const row = found[0] ?? (only && !second && !isGap(only) && list.text === typed ? only : undefined)
    if (row) open(row)
  }

  return (
    <section className="page board-page" data-shown-text={list.text} data-shown-total={list.total}>
      <BoardTitle days={filter.days} />
      <div className="toolbar">
        <SearchBox
          value={filter.text}
          inputRef={search}
          onSearch={useSteady(type)}
          onEnter={useSteady(enter)}
          onDown={useSteady(() => table.current?.focusRow(0))}
          onLeave={keepTyped}
        />
        <DayFilter value={filter.days} onChange={useSteady((days) => change({ days }))} />
      </div>
      <div className="toolbar">
        <NarrowFilter
          chosen={chosen}
          change={change}
          lateFirst={filter.lateFirst}
          isNarrowed={isNarrowed(filter)}
          onClear={useSteady(() => change({ ...wholeDay, days: filter.days }))}
        />
        <span className="toolbar-end">
          <SavedFilters filterNow={useSteady(() => filter)} onChoose={change} />
          <ColumnChooser shown={columnChoice.shown} hidden={hidden} onChange={columnChoice.choose} />
        </span>
      </div>
      <div className="board-head">
        <StateFilter counts={list.counts} value={filter.state} onChange={useSteady((state) => change({ state }))} />
        <ReceivingLine />
      </div>
      {error ? <FailureAlert error={error} onRetry={refetch} /> : null}
      <BoardTable
        ref={table}
        rows={rows}
        columns={columns}
        listKey={list.key}
        total={list.total}
        loading={isFirst && !error}
        onRoom={setRoom}
        onLook={useSteady(look)}
        onOpen={open}
        onMenu={openMenu}
        onLeaveUp={useSteady(() => search.current?.focus())}
        empty={empty}
      />
      <RowMenu menu={menu} doings={doings} onClose={useSteady(closeMenu)} />
      <BoardPaper paper={paper} onClose={useSteady(() => setPaper(undefined))} />
    </section>
  )
}
