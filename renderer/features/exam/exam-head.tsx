import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { ExamPage } from '../../../shared/api/views.ts'
import { ExamFlags } from '../../clinic/exam-flags.tsx'
import { ExamStateTag } from '../../clinic/exam-state-tag.tsx'
import { Lamps } from '../../clinic/lamps.tsx'
import { SexAndAge } from '../../clinic/person-facts.tsx'
import { useText } from '../../text/use-text.tsx'
import { useWhy } from '../../text/use-why.ts'

/** Who it is, what it is and where it stands: always in sight. */
export function ExamHead({ page, actions }: { readonly page: ExamPage; readonly actions: ReactNode }) {
  const { exam: text, words } = useText()
  const { patient, exam } = page
  const why = useWhy()(exam.cancelled ?? {})
  return (
    <header className="exam-head" data-exam-state={page.state} data-image-total={page.imageCount}>
      <div className="exam-head-line">
        <h1 title={patient.namePinyin}>{patient.name}</h1>
        <SexAndAge patient={patient} at={exam.scheduledAt} />
        <ExamStateTag state={page.state} />
        <ExamFlags exam={exam} />
        <span className="exam-head-actions">{actions}</span>
      </div>
      <div className="exam-head-line exam-head-facts">
        <span className="mono">{exam.accessionNumber}</span>
        <span>
          {exam.modality} {exam.itemName}
        </span>
        <span>
          {words.category[exam.category]}
          {exam.applyDoctor?.name ? ` · ${exam.applyDoctor.name}` : ''}
        </span>
      </div>
      <div className="exam-head-line exam-head-facts">
        <span>
          {page.imageCount > 0 ? `${text.images(page.imageCount, page.seriesCount)} · ` : ''}
          {page.imageCount > 0 ? (page.settledAt ? text.settled : text.stillReceiving) : ''}
        </span>
        <Lamps lamps={page.lamps} />
      </div>
      {exam.cancelled ? <Alert type="warning" showIcon title={text.cancelled(why.reason ?? '')} /> : null}
    </header>
  )
}
