import { App, Button, Popconfirm, Table, type TableColumnsType, Tag, Upload } from 'antd'
import { useMemo, useState } from 'react'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { ItemMapping, ItemMappingInput } from '../../../shared/models/item-mapping.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { saveFile } from '../../components/save-file.ts'
import { useText } from '../../text/use-text.tsx'
import { csvText } from './csv-file.ts'
import { ItemMappingDialog } from './item-mapping-dialog.tsx'
import { suggestedMapping, unmappedItems } from './unmapped-items.ts'
import { useUsedItems } from './use-used-items.ts'

type Row = ItemMappingInput & { readonly id: string | undefined }
type Editing = { readonly mapping: Partial<ItemMappingInput>; readonly isNew: boolean }

/** The clinic's items and the standard items they stand for; what is used and not mapped comes first. */
export function ItemMappingsTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, items } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const [editing, setEditing] = useState<Editing>()
  const list = useStationQuery(cloudCareRoutes.itemMappingList)
  const institutions = useStationQuery(routes.institutionList).data ?? []
  const used = useUsedItems()
  const stale = [cloudCareRoutes.itemMappingList]
  const remove = useStationMutation(cloudCareRoutes.itemMappingRemove, {
    stale,
    onDone: () => message.success(common.saved),
  })
  const take = useStationMutation(cloudCareRoutes.itemMappingImport, {
    stale,
    onDone: ({ saved }) => message.success(items.imported(saved)),
  })
  const rows = useMemo((): readonly Row[] => {
    const mapped = list.data ?? []
    const open = list.data ? unmappedItems(used, mapped) : []
    return [...open.map((item) => ({ ...suggestedMapping(item), id: undefined })), ...mapped]
  }, [list.data, used])
  const exportCsv = async () => {
    try {
      saveFile(await (await fetchStation(cloudCareRoutes.itemMappingExport)).blob(), items.fileName)
    } catch (error) {
      notice(error)
    }
  }
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />

  const columns: TableColumnsType<Row> = [
    ...(institutions.length > 1
      ? [
          {
            title: items.institution,
            width: 130,
            ellipsis: true,
            render: (_: unknown, row: Row) => institutions.find((one) => one.id === row.institutionId)?.name,
          },
        ]
      : []),
    { title: items.itemCode, dataIndex: 'itemCode', className: 'mono', width: 120 },
    { title: items.itemName, dataIndex: 'itemName' },
    { title: items.type, width: 90, render: (_, row) => items.types[row.type] },
    {
      title: items.standardItems,
      render: (_, row) =>
        row.id === undefined ? (
          <Tag color="orange" title={items.unmappedHint}>
            {items.unmapped}
          </Tag>
        ) : (
          <StandardItems standardItems={row.standardItems} />
        ),
    },
    {
      key: 'actions',
      width: 140,
      render: (_, row) => (mayChange ? <Actions row={row} onEdit={setEditing} onRemove={onRemove} /> : null),
    },
  ]
  const onRemove = (id: string) => remove.mutate({ params: { id } })
  return (
    <>
      <p className="faint">{items.intro}</p>
      <div className="tab-actions">
        <Button onClick={exportCsv}>{items.exportCsv}</Button>
        {mayChange ? (
          <>
            <Upload
              accept=".csv,text/csv"
              showUploadList={false}
              beforeUpload={async (file) => {
                take.mutate({ body: { csv: csvText(await file.arrayBuffer()) } })
                return Upload.LIST_IGNORE
              }}
            >
              <Button loading={take.isPending}>{items.importCsv}</Button>
            </Upload>
            <Button type="primary" onClick={() => setEditing({ mapping: {}, isNew: true })}>
              {items.create}
            </Button>
          </>
        ) : null}
      </div>
      <Table<Row>
        size="small"
        rowKey={(row) => row.id ?? `${row.institutionId} ${row.itemCode}`}
        loading={list.isPending}
        columns={columns}
        dataSource={[...rows]}
        locale={{ emptyText: items.empty }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, showTotal: common.total }}
      />
      {editing ? <ItemMappingDialog {...editing} onClose={() => setEditing(undefined)} /> : null}
    </>
  )
}

function StandardItems({ standardItems }: Pick<ItemMapping, 'standardItems'>) {
  const { items } = useText()
  if (standardItems.length === 0) return <span className="faint">{items.noStandard}</span>
  return standardItems.map(({ code, name }) => (
    <div key={code}>
      <span className="mono">{code}</span> {name}
    </div>
  ))
}

type ActionsProps = {
  readonly row: Row
  readonly onEdit: (editing: Editing) => void
  readonly onRemove: (id: string) => void
}

function Actions({ row, onEdit, onRemove }: ActionsProps) {
  const { common, items } = useText()
  const { id, ...mapping } = row
  if (id === undefined)
    return (
      <Button
        size="small"
        type="primary"
        aria-label={items.mapOf(row.itemName)}
        onClick={() => onEdit({ mapping, isNew: false })}
      >
        {items.map}
      </Button>
    )
  return (
    <span className="row-actions">
      <Button size="small" onClick={() => onEdit({ mapping, isNew: false })}>
        {common.edit}
      </Button>
      <Popconfirm
        title={items.removeTitle(row.itemName)}
        description={items.removeHint}
        okText={common.remove}
        cancelText={common.cancel}
        onConfirm={() => onRemove(id)}
      >
        <Button size="small" danger>
          {common.remove}
        </Button>
      </Popconfirm>
    </span>
  )
}
