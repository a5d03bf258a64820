import { Button } from 'antd'
import { useState } from 'react'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import type { PriorExam } from '../../../shared/models/lookup.ts'
import { fetchStation } from '../../api/call-station.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { CloudLink } from '../../components/cloud-link.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { placeOf, timeOf, whatOf } from './prior-exams.ts'
import { type QuoteTarget, RecognitionBar } from './recognition-bar.tsx'

type Props = {
  readonly examId: string
  readonly exam: PriorExam
  /** Absent: there is no report that could be written into. */
  readonly onQuote?: QuoteTarget | undefined
}

/** One exam of another institution, whole. */
export function PriorExamView({ examId, exam, onQuote }: Props) {
  const { lookup } = useText()
  const { print } = usePrint()
  const [pdfOpen, setPdfOpen] = useState(false)
  const { destinationId, cloudExamId, hospitalCode, accessionNumber } = exam
  const loadPdf = async () => {
    const body = { examId, destinationId, cloudExamId, hospitalCode, accessionNumber }
    const response = await fetchStation(lookupRoutes.priorReport, { body })
    return response.blob()
  }
  const facts = [
    [lookup.checkTime, timeOf(exam)],
    [lookup.accessionNumber, accessionNumber],
    [lookup.reportDoctor, exam.reportDoctor],
    [lookup.auditDoctor, exam.auditDoctor],
  ] as const
  return (
    <article className="prior-view" data-prior-view={cloudExamId}>
      <h2>{placeOf(exam) || lookup.unknownHospital}</h2>
      <p>{whatOf(exam)}</p>
      <dl className="prior-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <h3>{lookup.findings}</h3>
      <p className="prior-text">{exam.findings || lookup.empty}</p>
      <h3>{lookup.impression}</h3>
      <p className="prior-text">{exam.impression || lookup.empty}</p>
      <div className="prior-links">
        <Button onClick={() => setPdfOpen(true)}>{lookup.pdf}</Button>
        {exam.imageViewUrls.map((address, index) => (
          <CloudLink key={address} address={address}>
            {exam.imageViewUrls.length > 1 ? lookup.imageOf(index + 1) : lookup.image}
          </CloudLink>
        ))}
      </div>
      {exam.isOurs ? null : <RecognitionBar examId={examId} exam={exam} onQuote={onQuote} />}
      <PdfDialog
        open={pdfOpen}
        title={`${placeOf(exam)} ${timeOf(exam)}`}
        load={loadPdf}
        onPrint={(pdf) => print({ kind: 'outside-paper', examId, pdf })}
        onClose={() => setPdfOpen(false)}
      />
    </article>
  )
}
