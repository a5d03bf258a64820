import { type SpinProps, Table, type TableColumnsType, type TableProps } from 'antd'
import { memo, type Ref } from 'react'
import { BoardBody } from './board-body.tsx'
import type { BoardColumn } from './board-columns.tsx'

type Head = { readonly key: string }
type CustomizeBody = Extract<
  NonNullable<NonNullable<TableProps<Head>['components']>['body']>,
  (...args: never[]) => unknown
>

type Props = {
  readonly columns: readonly BoardColumn[]
  readonly widths: readonly number[]
  readonly loading: boolean
}

/** The head's table is a part of the grid, not a table within it: boxes are what the rows are drawn with. */
const components = {
  header: { table: (props: object) => <table role="presentation" {...props} /> },
  body: ((_, { scrollbarSize, ref, onScroll }) => (
    <BoardBody tableRef={ref as Ref<HTMLElement>} onScroll={onScroll} barWidth={scrollbarSize} />
  )) satisfies CustomizeBody,
}
const onHeaderRow = () => ({ role: 'row' })
/** The grid itself says that it is busy, and rows that come and go are not read out. */
const silent = (spinning: boolean) => ({ spinning, 'aria-live': undefined, 'aria-busy': undefined }) as SpinProps
/** The rows are the body's own; to the table there is always something to show. */
const anything: readonly Head[] = [{ key: 'rows' }]

/** antd's table: the head that stays, its columns, and the busy sign. */
export const BoardHead = memo(function BoardHead({ columns, widths, loading }: Props) {
  const last = columns.length - 1
  const heads: TableColumnsType<Head> = columns.map(({ key, title, cut, fixed, number }, place) => ({
    key,
    title,
    width: widths[place]!,
    ellipsis: cut,
    ...(number && { align: 'right' as const }),
    ...(fixed && { fixed: 'right' as const }),
    onHeaderCell: () => ({
      role: 'columnheader',
      // The table would learn how wide its last column is from a body of its own.
      ...(fixed && place < last && { style: { insetInlineEnd: widths[last] } }),
    }),
  }))
  return (
    <Table<Head>
      size="small"
      className="board-table"
      loading={silent(loading)}
      columns={heads}
      components={components}
      onHeaderRow={onHeaderRow}
      dataSource={anything}
      pagination={false}
      scroll={{ x: widths.reduce((sum, width) => sum + width, 0), y: 1 }}
    />
  )
})
