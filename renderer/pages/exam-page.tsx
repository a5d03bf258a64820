import { Spin, Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import type { ExamPage as ExamPageView } from '../../shared/api/views.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { ageWords } from '../clinic/person-facts.tsx'
import { FailureAlert } from '../components/failure-alert.tsx'
import { ExamDeliveries } from '../features/deliveries/exam-deliveries.tsx'
import { ExamActions } from '../features/exam/exam-actions.tsx'
import { ExamHead } from '../features/exam/exam-head.tsx'
import { RegistrationFacts } from '../features/exam/registration-facts.tsx'
import { EditRegistrationDrawer } from '../features/register/edit-registration-drawer.tsx'
import { ReportEditor } from '../features/report/report-editor.tsx'
import { ReportHistory } from '../features/report/report-history.tsx'
import { ImageViewer } from '../features/viewer/image-viewer.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'

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
  const { common, exam: text, words } = useText()
  const { language } = useLanguage()
  const [editing, setEditing] = useState(false)
  const { patient, exam } = page
  useEffect(() => {
    document.title = `${patient.name} · ${common.productName}`
  }, [patient.name, common.productName])
  const edit = () => setEditing(true)
  const age = ageWords(patient.birthDate, exam.scheduledAt, language)
  return (
    <div className="exam-page">
      <ImageViewer
        studies={page.studies}
        patientWords={`${patient.name} ${words.sex[patient.sex]} ${age}`}
        accessionNumber={exam.accessionNumber}
      />
      <section className="exam-side" aria-label={text.title}>
        <ExamHead page={page} actions={<ExamActions page={page} onEdit={edit} />} />
        <Tabs
          size="small"
          className="exam-tabs"
          items={[
            { key: 'report', label: text.report, forceRender: true, children: <ReportEditor page={page} /> },
            {
              key: 'registration',
              label: text.registration,
              children: <RegistrationFacts page={page} onEdit={edit} />,
            },
            { key: 'deliveries', label: text.deliveries, children: <ExamDeliveries examId={exam.id} /> },
            { key: 'history', label: text.history, children: <ReportHistory reports={page.reports} /> },
          ]}
        />
      </section>
      {editing ? <EditRegistrationDrawer row={page} onClose={() => setEditing(false)} /> : null}
    </div>
  )
}
