import { Card, Empty, Spin, Table, type TableColumnsType } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { Tally } from '../../../shared/models/board.ts'
import { useText } from '../../text/use-text.tsx'
import { positiveRate } from './statistic-days.ts'

const TallyChart = lazy(async () => ({ default: (await import('./tally-chart.tsx')).TallyChart }))

/** More bars than these say nothing: the table has all of them. */
const barsAtMost = 12
const daysAtMost = 62

type Props = {
  readonly title: string
  readonly tallies: readonly Tally[]
  readonly over: 'days' | 'names'
  readonly section: string
}

/** The figures as a table, and beside it the same as a chart. */
export function TallySection({ title, tallies, over, section }: Props) {
  const { statistics: text } = useText()
  const columns = useMemo((): TableColumnsType<Tally> => {
    const number = (key: 'exams' | 'images' | 'released' | 'positive' | 'negative' | 'critical') => ({
      key,
      title: text.column[key],
      dataIndex: key,
      align: 'right' as const,
      className: 'mono',
      width: 76,
    })
    return [
      {
        key: 'name',
        title: text.column.name,
        ellipsis: true,
        render: (_, tally) =>
          over === 'days' ? <span className="mono">{tally.key}</span> : tally.name || text.unnamed,
      },
      number('exams'),
      number('images'),
      number('released'),
      number('positive'),
      number('negative'),
      {
        key: 'rate',
        title: text.column.rate,
        align: 'right',
        className: 'mono',
        width: 76,
        render: (_, tally) => {
          const rate = positiveRate(tally)
          return rate === undefined ? text.noRate : text.rate(rate)
        },
      },
      number('critical'),
    ]
  }, [text, over])
  const names = useMemo(() => ({ exams: text.column.exams, released: text.column.released }), [text])
  const drawn = useMemo(
    () => (over === 'days' ? tallies.slice(-daysAtMost) : tallies.slice(0, barsAtMost)),
    [tallies, over],
  )
  return (
    <Card size="small" title={<h2 className="tally-title">{title}</h2>} data-tally={section}>
      {tallies.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text.empty} />
      ) : (
        <div className="tally-section">
          <Table<Tally>
            size="small"
            tableLayout="fixed"
            aria-label={title}
            rowKey="key"
            columns={columns}
            dataSource={tallies as Tally[]}
            pagination={{ pageSize: 12, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
          />
          <Suspense fallback={<Spin />}>
            <TallyChart tallies={drawn} label={text.chartOf(title)} names={names} over={over} />
          </Suspense>
        </div>
      )}
    </Card>
  )
}
