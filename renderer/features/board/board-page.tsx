import { Button, Empty, type InputRef } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { callStation } from '../../api/call-station.ts'
import { fetchDocument } from '../../api/fetch-document.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { boardColumns } from './board-columns.tsx'
import { listQueryOf } from './board-filter.ts'
import { BoardTable, type BoardTableHandle } from './board-table.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { DayFilter } from './day-filter.tsx'
import { lateFirst } from './late-first.ts'
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
import { useSearchKeys } from './use-search-keys.ts'
import './board.css'

const pageSize = 50
/** The list is put into another order in the browser only when one page holds all of it. */
const sortablePage = 200

type Paper = { readonly kind: 'card' | 'report'; readonly row: ExamRow }

export function BoardPage() {
  const text = useText()
  const { board } = text
  const { language } = useLanguage()
  const navigate = useNavigate()
  const { filter, change } = useBoardFilter()
  const [paper, setPaper] = useState<Paper>()
  const [menu, setMenu] = useState<OpenMenu>()
  const search = useRef<InputRef>(null)
  const table = useRef<BoardTableHandle>(null)
  const columnChoice = useKeptColumns()
  useSearchKeys(search)

  const { list, isFirst, isFresh, error, refetch, look } = useExamPages(
    listQueryOf(filter, Date.now()),
    filter.lateFirst ? sortablePage : pageSize,
  )
  const looking = useRef(look)
  useEffect(() => {
    looking.current = look
  })
  const sortable = list.total <= sortablePage
  const rows = useMemo(() => {
    const here = list.rows.filter((row): row is ExamRow => !isGap(row))
    return filter.lateFirst && here.length === list.rows.length ? lateFirst(here) : list.rows
  }, [list.rows, filter.lateFirst])

  const open = useCallback((row: ExamRow) => navigate(`/exams/${row.exam.id}`), [navigate])
  const openMenu = useCallback((row: ExamRow, at: { x: number; y: number }) => setMenu({ row, ...at }), [])
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
    () => boardColumns(text, { language, withDay: filter.days !== 'today' }, columnChoice.shown, doings),
    [text, language, filter.days, columnChoice.shown, doings],
  )
  const onLook = useCallback((first: number, last: number) => looking.current(first, last), [])
  const onLeaveUp = useCallback(() => search.current?.focus(), [])

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
      <PageHeading
        title={board.title}
        extra={
          <Button type="primary" onClick={() => navigate('/register')}>
            {board.register}
          </Button>
        }
      />
      <div className="toolbar">
        <SearchBox
          value={filter.text}
          inputRef={search}
          onSearch={(typed) => change({ text: typed }, { typed: true })}
          onEnter={enter}
          onDown={() => table.current?.focusRow(0)}
        />
        <DayFilter value={filter.days} onChange={(days) => change({ days })} />
      </div>
      <div className="toolbar">
        <NarrowFilter filter={filter} change={change} lateFirst={{ most: sortablePage, possible: sortable }} />
        <span className="toolbar-end">
          <SavedFilters filter={filter} onChoose={(saved) => change(saved)} />
          <ColumnChooser shown={columnChoice.shown} onChange={columnChoice.choose} />
        </span>
      </div>
      <div className="board-head">
        <StateFilter counts={list.counts} value={filter.state} onChange={(state) => change({ state })} />
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
        onLook={onLook}
        onOpen={open}
        onMenu={openMenu}
        onLeaveUp={onLeaveUp}
        empty={
          isFirst ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${board.empty} · ${board.emptyHint}`}>
              {filter.text && filter.days !== 'everything' ? (
                <Button onClick={() => change({ days: 'everything' })}>{board.searchEverything}</Button>
              ) : null}
            </Empty>
          )
        }
      />
      <RowMenu menu={menu} doings={doings} onClose={() => setMenu(undefined)} />
      <PdfDialog
        open={paper !== undefined}
        title={paper?.kind === 'report' ? board.reportPdf : board.checkCard}
        load={() =>
          fetchDocument(paper?.kind === 'report' ? routes.reportPdf : routes.cardPdf, paper?.row.exam.id ?? '')
        }
        onClose={() => setPaper(undefined)}
      />
    </section>
  )
}
