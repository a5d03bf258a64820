import { Alert, Button, Card, Progress, Table, Tag } from 'antd'
import { Link } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import { type ImportedFile, type ImportJob, importedFileSchema } from '../../../shared/models/import-job.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { wordsIn } from '../../api/failure-words.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'

const outcomes = importedFileSchema.shape.outcome.options
const colours: Readonly<Record<ImportedFile['outcome'], string>> = {
  taken: 'green',
  made: 'green',
  'already-had': 'default',
  'other-version': 'orange',
  skipped: 'default',
  refused: 'red',
}

/** One import: how far, what came of it, and where its studies went. */
export function ImportJobCard({ job, mayStop }: { readonly job: ImportJob; readonly mayStop: boolean }) {
  const { images } = useText()
  const { language } = useLanguage()
  const problem = job.problem && wordsIn(job.problem, language)
  const stop = useStationMutation(routes.importCancel, { stale: [routes.importList] })
  const isRunning = job.state === 'running'
  const percent = job.total ? Math.floor((job.done / job.total) * 100) : isRunning ? 0 : 100
  const exams = [...new Set(job.studies.flatMap((study) => study.examId ?? []))]
  const isInTray = job.studies.some((study) => study.examId === null)
  return (
    <Card
      size="small"
      className="import-job"
      data-import={job.state}
      title={
        <>
          {images.importState[job.state]} · {images.importFrom(job.source)}
        </>
      }
      extra={<Moment at={job.startedAt} />}
    >
      {isRunning ? (
        <div className="import-progress">
          <Progress percent={percent} aria-label={images.importTitle} />
          <span className="mono">{images.importProgress(job.done, job.total)}</span>
          {mayStop ? (
            <Button size="small" loading={stop.isPending} onClick={() => stop.mutate({ params: { id: job.id } })}>
              {images.importStop}
            </Button>
          ) : null}
        </div>
      ) : null}
      {problem ? (
        <Alert type="error" showIcon title={problem.message} description={<FailureNotice words={problem} />} />
      ) : null}
      <p className="import-counts">
        {outcomes
          .filter((outcome) => (job.counts[outcome] ?? 0) > 0)
          .map((outcome) => (
            <Tag key={outcome} color={colours[outcome]}>
              {images.outcome[outcome]} {job.counts[outcome]}
            </Tag>
          ))}
        {isInTray ? <Link to="/tray">{images.toTray}</Link> : null}
        {exams.map((examId) => (
          <Link key={examId} to={`/exams/${examId}`}>
            {images.toExam}
          </Link>
        ))}
      </p>
      {job.files.length > 0 ? (
        <Table<ImportedFile>
          size="small"
          rowKey="name"
          dataSource={job.files}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: images.file, dataIndex: 'name', className: 'mono file-name', width: '34%' },
            {
              title: images.result,
              width: 160,
              render: (_, file) => <Tag color={colours[file.outcome]}>{images.outcome[file.outcome]}</Tag>,
            },
            {
              title: images.why,
              render: (_, file) => (needsWords(file) ? <FileWords file={file} /> : null),
            },
          ]}
        />
      ) : null}
    </Card>
  )
}

/** The tag says enough of what went well. */
const needsWords = ({ outcome }: ImportedFile): boolean => !['taken', 'made', 'already-had'].includes(outcome)

function FileWords({ file }: { readonly file: ImportedFile }) {
  const { language } = useLanguage()
  const words = wordsIn(file, language)
  return (
    <>
      {words.message}
      <FailureNotice words={words} />
    </>
  )
}
