import { Empty, Tag } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { ReportTrail } from './report-trail.tsx'
import { usePersonName } from './use-person-name.ts'
import { useReportLabels } from './use-report-labels.ts'
import { VersionCompare } from './version-compare.tsx'

/** All versions, newest first: who wrote, approved and released what. Nothing of them ever changes. */
export function ReportHistory({ page }: { readonly page: ExamPage }) {
  const { report, words } = useText()
  const { reports, exam } = page
  const labels = useReportLabels(exam.modality)
  const steps = useStationQuery(routes.reportHistory, { params: { id: exam.id } }).data ?? []
  if (reports.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={report.noReport} />
  return (
    <div className="report-history">
      <VersionCompare reports={reports} steps={steps} labels={labels} />
      <ol className="history" reversed>
        {reports.map((version) => (
          <li key={version.version} data-report-version={version.version}>
            <div className="history-head">
              <strong>{report.version(version.version)}</strong>
              <Tag>{words.reportState[version.state]}</Tag>
              <Tag>{words.positive[version.positive]}</Tag>
            </div>
            {version.amendReason ? <p className="faint">{report.amendedBecause(version.amendReason)}</p> : null}
            {version.returnReason ? <p className="faint">{report.returnedBecause(version.returnReason)}</p> : null}
            <dl>
              <dt>{labels.findings}</dt>
              <dd>{version.findings}</dd>
              <dt>{labels.impression}</dt>
              <dd>{version.impression}</dd>
            </dl>
            {version.overrides?.map(({ key, words: said, reason, name }) => (
              <p key={key}>
                {report.overridden(said, reason)} {name}
              </p>
            ))}
            <ul className="history-steps">
              <Step words={report.written} by={version.writtenBy} at={version.writtenAt} />
              <Step words={report.submittedStep} by={version.submittedBy} at={version.submittedAt} />
              <Step words={report.approvedStep} by={version.approvedBy} at={version.approvedAt} />
              <Step words={report.releasedStep} by={version.releasedBy} at={version.releasedAt} />
            </ul>
          </li>
        ))}
      </ol>
      <ReportTrail steps={steps} />
    </div>
  )
}

type StepProps = { readonly words: string; readonly by: string | undefined; readonly at: number | undefined }

function Step({ words, by, at }: StepProps) {
  const nameOf = usePersonName()
  if (at === undefined) return null
  return (
    <li>
      {words} {by ? nameOf(by) : ''} <Moment at={at} />
    </li>
  )
}
