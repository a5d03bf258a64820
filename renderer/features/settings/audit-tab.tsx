import { Table } from 'antd'
import type { z } from 'zod'
import { routes } from '../../../shared/api/routes.ts'
import type { auditRowSchema } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'

type AuditRow = z.infer<typeof auditRowSchema>

export function AuditTab() {
  const { common, settings } = useText()
  const list = useStationQuery(routes.auditList)
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  return (
    <Table<AuditRow>
      size="small"
      tableLayout="fixed"
      rowKey="id"
      loading={list.isPending}
      dataSource={list.data ?? []}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, showTotal: common.total }}
      columns={[
        { title: settings.auditAt, width: 120, render: (_, row) => <Moment at={row.at} /> },
        { title: settings.auditActor, width: 120, dataIndex: 'actor', ellipsis: true },
        { title: settings.auditAction, width: 180, dataIndex: 'action', className: 'mono', ellipsis: true },
        {
          title: settings.auditSubject,
          width: 200,
          ellipsis: true,
          className: 'mono',
          render: (_, row) => `${row.subjectKind} ${row.subjectId}`,
        },
        {
          title: settings.auditDetails,
          ellipsis: true,
          className: 'mono',
          render: (_, row) => JSON.stringify(row.details),
        },
      ]}
    />
  )
}
