import { Button, Form, Input, Table } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Institution } from '../../../shared/models/settings.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'
import { EditDialog } from './edit-dialog.tsx'

type Editing = { readonly institution?: Institution }

export function InstitutionsTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, settingHelp, settings } = useText()
  const list = useStationQuery(routes.institutionList)
  const [editing, setEditing] = useState<Editing>()
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  return (
    <>
      {mayChange ? (
        <div className="tab-actions">
          <Button onClick={() => setEditing({})}>{settings.institutionCreate}</Button>
        </div>
      ) : null}
      <Table<Institution>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data ?? []}
        pagination={false}
        columns={[
          { title: settings.institutionName, dataIndex: 'name' },
          { title: settings.hospitalCode, dataIndex: 'hospitalCode', className: 'mono' },
          { title: settings.hospitalId, dataIndex: 'hospitalId', className: 'mono' },
          { title: settings.unionId, dataIndex: 'unionId', className: 'mono' },
          { title: settings.phone, dataIndex: 'phone', className: 'mono' },
          {
            key: 'actions',
            width: 80,
            render: (_, institution) =>
              mayChange ? (
                <Button size="small" onClick={() => setEditing({ institution })}>
                  {common.edit}
                </Button>
              ) : null,
          },
        ]}
      />
      {editing ? (
        <EditDialog<Institution>
          title={editing.institution ? settings.institutionChange : settings.institutionCreate}
          initialValues={editing.institution ?? {}}
          id={editing.institution?.id}
          create={routes.institutionCreate}
          change={routes.institutionChange}
          list={routes.institutionList}
          onClose={() => setEditing(undefined)}
        >
          <Form.Item
            name="name"
            label={settings.institutionName}
            extra={settingHelp.institution.name}
            rules={[filledRule(common.required)]}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="phone" label={settings.phone} extra={settingHelp.institution.phone}>
            <Input className="mono" maxLength={30} />
          </Form.Item>
          <Form.Item name="hospitalCode" label={settings.hospitalCode} extra={settings.hospitalCodeHint}>
            <Input className="mono" maxLength={60} />
          </Form.Item>
          <Form.Item name="hospitalId" label={settings.hospitalId} extra={settings.hospitalIdHint}>
            <Input className="mono" maxLength={60} />
          </Form.Item>
          <Form.Item name="unionId" label={settings.unionId} extra={settingHelp.institution.unionId}>
            <Input className="mono" maxLength={60} />
          </Form.Item>
        </EditDialog>
      ) : null}
    </>
  )
}
