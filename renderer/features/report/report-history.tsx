import { Empty, Tag } from 'antd'
import type { ReportVersion } from '../../../shared/models/report.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'

/** All versions, newest first: who wrote, approved and released what. Nothing of them ever changes. */
export function ReportHistory({ reports }: { readonly reports: readonly ReportVersion[] }) {
  const { report, words } = useText()
  if (reports.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={report.noReport} />
  return (
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
            <dt>{report.findings}</dt>
            <dd>{version.findings}</dd>
            <dt>{report.impression}</dt>
            <dd>{version.impression}</dd>
          </dl>
          <ul className="history-steps">
            <Step words={report.written} by={version.writtenBy} at={version.writtenAt} />
            <Step words={report.submittedStep} by={version.submittedBy} at={version.submittedAt} />
            <Step words={report.approvedStep} by={version.approvedBy} at={version.approvedAt} />
            <Step words={report.releasedStep} by={version.releasedBy} at={version.releasedAt} />
          </ul>
        </li>
      ))}
    </ol>
  )
}

type StepProps = { readonly words: string; readonly by: string | undefined; readonly at: number | undefined }

function Step({ words, by, at }: StepProps) {
  if (at === undefined) return null
  return (
    <li>
      {words} {by} <Moment at={at} />
    </li>
  )
}
