import { CheckCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { AnswerOf } from '../../../shared/api/route.ts'
import { type Routes, routes } from '../../../shared/api/routes.ts'
import { fetchDocument } from '../../api/fetch-document.ts'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly exam: AnswerOf<Routes['examRegister']>
  readonly patientName: string
  readonly onAnother: () => void
}

/** What the patient walks to the device with. */
export function RegisteredPanel({ exam, patientName, onAnother }: Props) {
  const { register, words } = useText()
  const navigate = useNavigate()
  const [cardOpen, setCardOpen] = useState(false)
  return (
    <div className="registered" data-exam-id={exam.id}>
      <CheckCircleFilled className="registered-mark" aria-hidden />
      <h2>{register.registered}</h2>
      <p className="registered-name">
        {patientName} · {words.modality[exam.modality]} · {exam.itemName}
      </p>
      <dl>
        <dt>{register.accessionNumber}</dt>
        <dd className="mono registered-number" data-accession-number={exam.accessionNumber}>
          {exam.accessionNumber}
        </dd>
        <dt>{register.patientId}</dt>
        <dd className="mono">{exam.patientId}</dd>
      </dl>
      <div className="registered-buttons">
        <Button type="primary" onClick={() => setCardOpen(true)}>
          {register.printCard}
        </Button>
        <Button onClick={onAnother} autoFocus>
          {register.another}
        </Button>
        <Button onClick={() => navigate(`/exams/${exam.id}`)}>{register.openExam}</Button>
      </div>
      <p className="faint">{register.sameSettings}</p>
      <PdfDialog
        open={cardOpen}
        title={register.printCard}
        load={() => fetchDocument(routes.cardPdf, exam.id)}
        onClose={() => setCardOpen(false)}
      />
    </div>
  )
}
