import type { TableColumnsType } from 'antd'
import { Link } from 'react-router'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { ExamStateTag } from '../../clinic/exam-state-tag.tsx'
import { Lamps } from '../../clinic/lamps.tsx'
import { Moment } from '../../clinic/moment.tsx'
import { SexAndAge } from '../../clinic/person-facts.tsx'
import type { Dictionary } from '../../text/dictionary.ts'

export function boardColumns({ board, words }: Dictionary): TableColumnsType<ExamRow> {
  return [
    { title: board.state, key: 'state', width: 88, render: (_, row) => <ExamStateTag state={row.state} /> },
    {
      title: board.patient,
      key: 'patient',
      width: 172,
      ellipsis: true,
      render: (_, row) => (
        <>
          {row.exam.category === 'emergency' ? (
            <span className="emergency-mark" title={words.category.emergency}>
              {board.emergency}
            </span>
          ) : null}
          <Link
            to={`/exams/${row.exam.id}`}
            className="patient-link"
            title={row.patient.namePinyin}
            tabIndex={-1}
            onClick={(event) => event.stopPropagation()}
          >
            {row.patient.name}
          </Link>
        </>
      ),
    },
    {
      title: board.sexAge,
      key: 'sex-age',
      width: 92,
      render: (_, row) => <SexAndAge patient={row.patient} at={row.exam.scheduledAt} />,
    },
    {
      title: board.accessionNumber,
      key: 'accession',
      width: 130,
      render: (_, row) => <span className="mono">{row.exam.accessionNumber}</span>,
    },
    { title: board.modality, key: 'modality', width: 56, render: (_, row) => row.exam.modality },
    {
      title: board.item,
      key: 'item',
      ellipsis: true,
      render: (_, row) => row.exam.itemName,
    },
    {
      title: board.images,
      key: 'images',
      width: 56,
      align: 'right',
      render: (_, row) => <span className={row.imageCount ? 'mono' : 'mono faint'}>{row.imageCount}</span>,
    },
    {
      title: board.registeredAt,
      key: 'registered',
      width: 96,
      render: (_, row) => <Moment at={row.exam.registeredAt} />,
    },
    { title: board.uploads, key: 'lamps', width: 236, render: (_, row) => <Lamps lamps={row.lamps} /> },
  ]
}
