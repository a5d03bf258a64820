import { FileTextOutlined, IdcardOutlined, MoreOutlined, PictureOutlined } from '@ant-design/icons'
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

const icons = {
  images: <PictureOutlined aria-hidden />,
  report: <FileTextOutlined aria-hidden />,
  card: <IdcardOutlined aria-hidden />,
  more: <MoreOutlined aria-hidden />,
}

type Props = { readonly row: ExamRow; readonly doings: RowDoings }

/** Plain buttons: there are four in each of many rows, and antd's cost ten times as much to draw. */
export function RowButtons({ row, doings }: Props) {
  const { board } = useText()
  const button = (label: string, icon: ReactNode, disabled: boolean, run: (event: MouseEvent<HTMLElement>) => void) => (
    <button
      type="button"
      className="row-button"
      tabIndex={-1}
      disabled={disabled}
      title={label}
      aria-label={`${label} ${row.patient.name}`}
      onClick={(event) => {
        event.stopPropagation()
        run(event)
      }}
    >
      {icon}
    </button>
  )
  return (
    <span className="row-buttons">
      {button(board.openImages, icons.images, row.imageCount === 0, () => doings.open(row))}
      {button(board.reportPdf, icons.report, !isReleased(row), () => doings.report(row))}
      {button(board.checkCard, icons.card, row.state === 'cancelled', () => doings.card(row))}
      {button(board.more, icons.more, false, (event) => {
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        doings.menu(row, { x: left, y: bottom })
      })}
    </span>
  )
}
