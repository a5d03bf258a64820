import { SearchOutlined } from '@ant-design/icons'
import { Button, Empty, Input, Segmented, Table } from 'antd'
import { type KeyboardEvent, useDeferredValue, useState } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow, ExamState } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { boardColumns } from './board-columns.tsx'
import { type DatePreset, datePresets, daysOf } from './date-preset.ts'
import { StateFilter } from './state-filter.tsx'

/** Moves between the rows with the arrow keys; Enter opens, as a click does. */
function moveRowFocus(event: KeyboardEvent<HTMLElement>): void {
  const row = event.currentTarget
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (next instanceof HTMLElement) next.focus()
  event.preventDefault()
}

export function BoardPage() {
  const text = useText()
  const { board, common } = text
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [preset, setPreset] = useState<DatePreset>('today')
  const [state, setState] = useState<ExamState>()
  const [page, setPage] = useState(1)
  const search = useDeferredValue(typed.trim())

  const exams = useStationQuery(routes.examList, {
    query: { text: search || undefined, state, page, ...daysOf(preset, Date.now()) },
    keepPrevious: true,
  })
  const open = (row: ExamRow) => navigate(`/exams/${row.exam.id}`)
  const openOnlyRow = () => {
    const [row, second] = exams.data?.rows ?? []
    if (row && !second && !exams.isPlaceholderData) open(row)
  }
  const choosePreset = (chosen: DatePreset) => {
    setPreset(chosen)
    setPage(1)
  }

  return (
    <section className="page">
      <PageHeading
        title={board.title}
        extra={
          <Button type="primary" onClick={() => navigate('/register')}>
            {board.register}
          </Button>
        }
      />
      <div className="toolbar">
        <Input
          allowClear
          autoFocus
          prefix={<SearchOutlined aria-hidden />}
          className="board-search"
          aria-label={board.searchLabel}
          placeholder={board.searchPlaceholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setPage(1)
          }}
          onKeyDown={(event) => isPlainEnter(event) && openOnlyRow()}
        />
        <Segmented
          aria-label={board.datePreset}
          value={preset}
          onChange={choosePreset}
          options={datePresets.map((value) => ({ value, label: board[value] }))}
        />
      </div>
      <StateFilter
        counts={exams.data?.counts ?? {}}
        value={state}
        onChange={(chosen) => {
          setState(chosen)
          setPage(1)
        }}
      />
      {exams.error ? <FailureAlert error={exams.error} onRetry={() => exams.refetch()} /> : null}
      <Table<ExamRow>
        size="small"
        className="board-table"
        tableLayout="fixed"
        loading={exams.isPending}
        rowKey={(row) => row.exam.id}
        columns={boardColumns(text)}
        dataSource={exams.data?.rows ?? []}
        scroll={{ x: 1040 }}
        rowClassName={(row) =>
          row.state === 'cancelled' ? 'row-cancelled' : row.exam.category === 'emergency' ? 'row-emergency' : ''
        }
        onRow={(row) => ({
          tabIndex: 0,
          'aria-label': board.open(row.patient.name),
          onClick: () => open(row),
          onKeyDown: (event) => {
            if (event.key === 'Enter') open(row)
            else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') moveRowFocus(event)
          },
        })}
        locale={{
          emptyText: exams.isPending ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={`${board.empty} · ${board.emptyHint}`}>
              {search && preset !== 'everything' ? (
                <Button onClick={() => choosePreset('everything')}>{board.searchEverything}</Button>
              ) : null}
            </Empty>
          ),
        }}
        pagination={{
          current: exams.data?.page ?? 1,
          pageSize: exams.data?.pageSize ?? 50,
          total: exams.data?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          showTotal: common.total,
          onChange: setPage,
        }}
      />
    </section>
  )
}
