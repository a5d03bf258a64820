import { Segmented, Table, type TableColumnsType } from 'antd'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { Delivery } from '../../../shared/api/views.ts'
import { type OutboxTaskState, outboxTaskStateSchema } from '../../../shared/models/outbox-task.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { byUrgency } from './delivery-order.ts'
import { DeliveryReason, DeliveryStateTag, DeliveryTimes, StepWords } from './delivery-parts.tsx'

export function DeliveriesPage() {
  const { common, deliveries, words } = useText()
  const [filter, setFilter] = useState<OutboxTaskState | 'all'>('all')
  const list = useStationQuery(routes.deliveryList, {
    query: filter === 'all' ? {} : { state: filter },
    keepPrevious: true,
  })
  const rows = useMemo(() => (list.data ?? []).toSorted(byUrgency), [list.data])
  const columns: TableColumnsType<Delivery> = [
    { title: deliveries.state, width: 140, render: (_, row) => <DeliveryStateTag state={row.state} /> },
    {
      title: deliveries.exam,
      width: 150,
      render: (_, row) => (
        <Link to={`/exams/${row.examId}`} className="two-lines">
          <span>{row.patientName}</span>
          <span className="mono faint">{row.accessionNumber}</span>
        </Link>
      ),
    },
    {
      title: deliveries.destination,
      width: 150,
      render: (_, row) => (
        <span className="two-lines">
          <span>{row.destinationName}</span>
          <span className="faint">
            <StepWords delivery={row} />
          </span>
        </span>
      ),
    },
    { title: deliveries.reason, render: (_, row) => <DeliveryReason delivery={row} /> },
    { title: deliveries.attempts, width: 56, align: 'right', className: 'mono', dataIndex: 'attempts' },
    {
      title: `${deliveries.nextTry} / ${deliveries.deadline}`,
      width: 150,
      render: (_, row) => <DeliveryTimes delivery={row} />,
    },
    { key: 'actions', width: 150, render: (_, row) => <DeliveryActions delivery={row} /> },
  ]
  return (
    <section className="page">
      <PageHeading title={deliveries.title} hint={deliveries.intro} />
      <div className="toolbar">
        <Segmented
          aria-label={deliveries.filter}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: common.all },
            ...outboxTaskStateSchema.options.map((value) => ({ value, label: words.taskState[value] })),
          ]}
        />
      </div>
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      <Table<Delivery>
        size="small"
        tableLayout="fixed"
        rowKey="id"
        loading={list.isPending}
        columns={columns}
        dataSource={rows}
        locale={{ emptyText: deliveries.empty }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, showTotal: common.total }}
      />
    </section>
  )
}
