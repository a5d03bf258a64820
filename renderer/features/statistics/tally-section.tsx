import { Card, Empty, Spin, Table, type TableColumnsType } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { Tally } from '../../../shared/models/board.ts'
import type { Dictionary } from '../../text/dictionary.ts'
import { useText } from '../../text/use-text.tsx'
import { listedDays, positiveRate } from './statistic-days.ts'

const TallyChart = lazy(async () => ({ default: (await import('./tally-chart.tsx')).TallyChart }))

/** More bars than these say nothing: the table has all of them. */
const barsAtMost = 12
const daysAtMost = 62

type Props = {
  readonly title: string
  readonly tallies: readonly Tally[]
  readonly over: 'days' | 'names'
  readonly section: string
  /** What an empty table says. */
  readonly empty: string
}

/** The figures as a table, and beside it the same as a chart. */
export function TallySection({ title, tallies, over, section, empty }: Props) {
  const { statistics: text } = useText()
  const columns = useMemo((): TableColumnsType<Tally> => {
    const number = (key: 'exams' | 'images' | 'released' | 'positive' | 'negative' | 'critical') => ({
      key,
      title: text.column[key],
      dataIndex: key,
      align: 'right' as const,
      className: 'mono',
      width: text.numberWidth,
    })
    return [
      {
        key: 'name',
        title: text.first[over],
        ellipsis: true,
        render: (_, tally) => (over === 'days' ? <span className="mono">{tally.key}</span> : nameOf(tally, text)),
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
        width: text.numberWidth,
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
    () =>
      over === 'days'
        ? tallies.slice(-daysAtMost)
        : tallies.slice(0, barsAtMost).map((tally) => ({ ...tally, name: nameOf(tally, text) })),
    [tallies, over, text],
  )
  const listed = over === 'days' ? listedDays(tallies) : { rows: tallies, empty: 0 }
  return (
    <Card size="small" title={<h2 className="tally-title">{title}</h2>} data-tally={section}>
      {listed.rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
      ) : (
        <div className="tally-section">
          <Table<Tally>
            size="small"
            tableLayout="fixed"
            aria-label={title}
            rowKey="key"
            columns={columns}
            dataSource={listed.rows as Tally[]}
            {...(listed.empty > 0 && { footer: () => text.emptyDays(listed.empty) })}
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

/** A report that was written and not submitted yet has nobody's name. */
const nameOf = ({ key, name }: Tally, text: Dictionary['statistics']) =>
  key === '' ? text.unsigned : name || text.unnamed
