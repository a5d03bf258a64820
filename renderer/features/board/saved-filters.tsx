import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { App, Button, Form, Input } from 'antd'
import { memo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { SavedFilter } from '../../../shared/models/board.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { type BoardFilter, filterFromSaved, filterToSave } from './board-filter.ts'
import { BoardPopover } from './board-popover.tsx'

type Props = {
  /** The filter of this moment: it is asked for when it is kept. */
  readonly filterNow: () => BoardFilter
  readonly onChoose: (filter: BoardFilter) => void
}

/** Filters that the person kept, under names. The same name again takes the old one's place. */
export const SavedFilters = memo(function SavedFilters({ filterNow, onChoose }: Props) {
  const { board } = useText()
  return (
    <BoardPopover
      icon={<StarOutlined aria-hidden />}
      words={board.savedFilters}
      title={board.savedFilters}
      content={(close) => (
        <FilterList
          filterNow={filterNow}
          onChoose={(chosen) => {
            close()
            onChoose(chosen)
          }}
        />
      )}
    />
  )
})

function FilterList({ filterNow, onChoose }: Props) {
  const { board, common } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<{ name: string }>()
  const kept = useStationQuery(routes.filterList)
  const filters = kept.data ?? []
  const save = useStationMutation(routes.filterSave, { stale: [routes.filterList] })
  const write = (body: readonly SavedFilter[], words: string) =>
    save.mutate({ body: [...body] }, { onSuccess: () => message.success(words) })
  return (
    <div className="saved-filters">
      {kept.error ? <FailureAlert error={kept.error} onRetry={() => kept.refetch()} /> : null}
      {kept.data && filters.length === 0 ? <p className="faint">{board.noSavedFilters}</p> : null}
      <ul>
        {filters.map((one) => (
          <li key={one.name} className="saved-filter">
            <Button type="text" size="small" onClick={() => onChoose(filterFromSaved(one))}>
              {one.name}
            </Button>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined aria-hidden />}
              aria-label={board.removeFilter(one.name)}
              onClick={() =>
                write(
                  filters.filter(({ name }) => name !== one.name),
                  board.filterRemoved,
                )
              }
            />
          </li>
        ))}
      </ul>
      <Form
        form={form}
        layout="inline"
        className="save-filter"
        onFinish={({ name }) => {
          const added = filterToSave(name, filterNow())
          write([...filters.filter((one) => one.name !== added.name), added].slice(-30), board.filterSaved)
          form.resetFields()
        }}
      >
        <Form.Item name="name" rules={[{ required: true, whitespace: true, message: common.required }]}>
          <Input size="small" maxLength={20} placeholder={board.saveFilterName} aria-label={board.saveFilterName} />
        </Form.Item>
        <Button size="small" type="primary" htmlType="submit" loading={save.isPending} disabled={!kept.data}>
          {board.saveFilter}
        </Button>
      </Form>
    </div>
  )
}
