import { FileTextOutlined, IdcardOutlined, MoreOutlined, PictureOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'

export type RowDoings = {
  readonly open: (row: ExamRow) => void
  readonly report: (row: ExamRow) => void
  readonly card: (row: ExamRow) => void
  /** Where on the screen the menu opens. */
  readonly menu: (row: ExamRow, at: { readonly x: number; readonly y: number }) => void
}

export const isReleased = (row: ExamRow) => (row.report?.releasedAt ?? null) !== null || row.state === 'released'

export function RowButtons({ row, doings }: { readonly row: ExamRow; readonly doings: RowDoings }) {
  const { board } = useText()
  const button = (label: string, icon: ReactNode, disabled: boolean, run: (event: MouseEvent<HTMLElement>) => void) => (
    <Button
      type="text"
      size="small"
      tabIndex={-1}
      disabled={disabled}
      icon={icon}
      title={label}
      aria-label={`${label} ${row.patient.name}`}
      onClick={(event) => {
        event.stopPropagation()
        run(event)
      }}
    />
  )
  return (
    <span className="row-buttons">
      {button(board.openImages, <PictureOutlined aria-hidden />, row.imageCount === 0, () => doings.open(row))}
      {button(board.reportPdf, <FileTextOutlined aria-hidden />, !isReleased(row), () => doings.report(row))}
      {button(board.checkCard, <IdcardOutlined aria-hidden />, row.state === 'cancelled', () => doings.card(row))}
      {button(board.more, <MoreOutlined aria-hidden />, false, (event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        doings.menu(row, { x: left, y: bottom })
      })}
    </span>
  )
}
