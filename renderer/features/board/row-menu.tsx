import { App, Dropdown } from 'antd'
import { memo } from 'react'
import { useNavigate } from 'react-router'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'
import { isReleased, type RowDoings } from './row-buttons.tsx'

export type OpenMenu = { readonly row: ExamRow; readonly x: number; readonly y: number }

type Props = { readonly menu: OpenMenu | undefined; readonly doings: RowDoings; readonly onClose: () => void }

/** One menu for all rows, where the mouse or the row is. */
export const RowMenu = memo(function RowMenu({ menu, doings, onClose }: Props) {
  const { board } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  if (!menu) return null
  const { row, x, y } = menu
  const copy = () =>
    navigator.clipboard.writeText(row.exam.accessionNumber).then(
      () => message.success(board.copied),
      // A browser that lets no page write there: the number is shown to be copied by hand.
      () => message.info(row.exam.accessionNumber),
    )
  return (
    <Dropdown
      key={`${row.exam.id} ${x} ${y}`}
      open
      autoFocus
      trigger={['click']}
      onOpenChange={(open) => !open && onClose()}
      menu={{
        onClick: onClose,
        items: [
          { key: 'open', label: board.openExam, onClick: () => doings.open(row) },
          {
            key: 'report',
            label: board.reportPdf,
            disabled: !isReleased(row),
            onClick: () => doings.report(row),
          },
          {
            key: 'card',
            label: board.checkCard,
            disabled: row.state === 'cancelled',
            onClick: () => doings.card(row),
          },
          { type: 'divider' },
          {
            key: 'deliveries',
            label: board.uploadSteps,
            onClick: () => navigate(`/exams/${row.exam.id}?tab=deliveries`),
          },
          { key: 'copy', label: board.copyNumber, onClick: copy },
        ],
      }}
    >
      <span className="menu-anchor" style={{ left: x, top: y }} />
    </Dropdown>
  )
})
