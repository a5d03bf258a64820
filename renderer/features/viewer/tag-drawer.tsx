import { App, Button, Drawer, Input, Table } from 'antd'
import { useMemo, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { foundRows, rowsAsText, type TagRow, tagRows } from './tag-rows.ts'

type Props = { readonly instanceId: string | undefined; readonly onClose: () => void }

/** Everything that the image says about itself, to be searched and copied. */
export function TagDrawer({ instanceId, onClose }: Props) {
  const { viewer: text } = useText()
  const { message } = App.useApp()
  const [search, setSearch] = useState('')
  const tags = useStationQuery(routes.instanceTags, {
    params: { id: instanceId ?? '' },
    enabled: instanceId !== undefined,
  })
  const rows = useMemo(() => tagRows(tags.data ?? []), [tags.data])
  const found = useMemo(() => foundRows(rows, search), [rows, search])
  const copy = async () => {
    await navigator.clipboard.writeText(rowsAsText(found))
    message.success(text.copied)
  }
  return (
    <Drawer open={instanceId !== undefined} title={text.tags} size={760} onClose={onClose}>
      <div className="tag-search">
        <Input.Search
          allowClear
          aria-label={text.tagSearch}
          placeholder={text.tagSearch}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button onClick={copy} disabled={found.length === 0}>
          {text.copyTags}
        </Button>
      </div>
      {tags.error ? <FailureAlert error={tags.error} onRetry={() => tags.refetch()} /> : null}
      <Table<TagRow>
        className="tag-table"
        size="small"
        rowKey="key"
        loading={tags.isFetching && !tags.data}
        dataSource={[...found]}
        pagination={{ pageSize: 200, hideOnSinglePage: true, showSizeChanger: false }}
        footer={() => text.tagCount(found.length)}
        columns={[
          {
            title: text.tagColumns.tag,
            key: 'tag',
            width: 150,
            render: (_, { tag, depth }) => (
              <span className="mono" style={{ paddingInlineStart: depth * 14 }}>
                {tag}
              </span>
            ),
          },
          { title: text.tagColumns.vr, dataIndex: 'vr', width: 50 },
          { title: text.tagColumns.keyword, dataIndex: 'keyword', width: 210 },
          {
            title: text.tagColumns.value,
            key: 'value',
            render: (_, { value }) => <span className="tag-value">{value}</span>,
          },
        ]}
      />
    </Drawer>
  )
}
