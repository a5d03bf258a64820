import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import { memo } from 'react'
import { useText } from '../../text/use-text.tsx'
import { BoardPopover } from './board-popover.tsx'
import { allColumns, type ColumnKey, keptColumn, moveColumn, toggleColumn, usualColumns } from './column-choice.ts'

type Props = {
  readonly shown: readonly ColumnKey[]
  /** Shown ones that the window has no room for. */
  readonly hidden: readonly ColumnKey[]
  readonly onChange: (shown: readonly ColumnKey[]) => void
}

/** Which columns stand on the board, and in which order. */
export const ColumnChooser = memo(function ColumnChooser({ shown, hidden, onChange }: Props) {
  const { board } = useText()
  return (
    <BoardPopover
      icon={<SettingOutlined aria-hidden />}
      words={board.columns}
      title={board.columnsHint}
      content={() => <ColumnList shown={shown} hidden={hidden} onChange={onChange} />}
    />
  )
})

function ColumnList({ shown, hidden, onChange }: Props) {
  const { board } = useText()
  return (
    <div className="column-list">
      <ul>
        {allColumns(shown).map((key) => {
          const name = board.column[key]
          const place = shown.indexOf(key)
          return (
            <li key={key} className="column-choice">
              <Checkbox
                checked={place >= 0}
                disabled={key === keptColumn}
                onChange={() => onChange(toggleColumn(shown, key))}
              >
                {name}
                {hidden.includes(key) ? <span className="faint"> · {board.columnNoRoom}</span> : null}
              </Checkbox>
              <span>
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={board.columnLeft(name)}
                  disabled={place <= 0}
                  onClick={() => onChange(moveColumn(shown, key, -1))}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={board.columnRight(name)}
                  disabled={place < 0 || place === shown.length - 1}
                  onClick={() => onChange(moveColumn(shown, key, 1))}
                />
              </span>
            </li>
          )
        })}
      </ul>
      {hidden.length > 0 ? <span className="faint column-hint">{board.columnNoRoomHint}</span> : null}
      <Button size="small" onClick={() => onChange(usualColumns)}>
        {board.columnsReset}
      </Button>
    </div>
  )
}
