import { Spin } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import type { ExamPage as ExamPageView } from '../../shared/api/views.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { ageWords } from '../clinic/person-facts.tsx'
import { FailureAlert } from '../components/failure-alert.tsx'
import { ExamDrop } from '../features/exam/exam-drop.tsx'
import { useOpenedPrior } from '../features/lookup/use-opened-prior.ts'
import { ImageViewer } from '../features/viewer/image-viewer.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { ExamSide } from './exam-side.tsx'
import { ExamSplit } from './exam-split.tsx'
import { PriorDrawer } from './prior-drawer.tsx'
import { useReportTarget } from './use-report-target.ts'

/** Images left, patient and report right: the features meet here and know nothing of each other. */
export function ExamPage() {
  const { examId = '' } = useParams()
  const { common } = useText()
  const exam = useStationQuery(routes.examRead, { params: { id: examId } })
  if (exam.data) return <OpenExam key={examId} page={exam.data} />
  return (
    <section className="page">
      {exam.error ? <FailureAlert error={exam.error} onRetry={() => exam.refetch()} /> : <Spin size="large" />}
      {exam.error ? <Link to="/board">{common.backToBoard}</Link> : null}
    </section>
  )
}

function OpenExam({ page }: { readonly page: ExamPageView }) {
  const { common, words } = useText()
  const { language } = useLanguage()
  const { patient, exam } = page
  const prior = useOpenedPrior(exam.id)
  const target = useReportTarget(page)
  const [isWide, setWide] = useState(false)
  useEffect(() => {
    document.title = `${patient.name} · ${common.productName}`
  }, [patient.name, common.productName])
  const age = ageWords(patient.birthDate, exam.scheduledAt, language)
  return (
    <ExamSplit
      isWide={isWide}
      pictures={
        <ExamDrop page={page} className="exam-pictures">
          <ImageViewer
            examId={exam.id}
            studies={page.studies}
            modality={exam.modality}
            patientLines={[
              `${patient.name} ${words.sex[patient.sex]} ${age}`,
              `${patient.patientId} ${exam.accessionNumber}`,
            ]}
            accessionNumber={exam.accessionNumber}
            isWide={isWide}
            onWide={setWide}
          />
          <PriorDrawer
            examId={exam.id}
            prior={prior}
            onQuote={target.mayWrite ? target.quoteInto : undefined}
            inPlace
          />
        </ExamDrop>
      }
      side={<ExamSide page={page} prior={prior} target={target} />}
    />
  )
}
