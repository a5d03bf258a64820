import type { MouseEvent } from 'react'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { ExamMarks } from './exam-marks.tsx'

type Props = { readonly row: ExamRow; readonly onOpen: (row: ExamRow) => void }

/** A real link, so that the middle button and Ctrl open a window of their own. Twenty of the router's would be drawn again at each of its steps. */
export function PatientName({ row, onOpen }: Props) {
  const open = (event: MouseEvent) => {
    event.stopPropagation()
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onOpen(row)
  }
  return (
    <>
      <ExamMarks row={row} />
      <a
        href={`#/exams/${row.exam.id}`}
        className="patient-link"
        title={`${row.patient.name} ${row.patient.namePinyin}`.trim()}
        tabIndex={-1}
        onClick={open}
      >
        {row.patient.name}
      </a>
    </>
  )
}
