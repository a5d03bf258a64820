import { Timeline } from 'antd'
import type { ReportHistoryStep } from '../../../shared/models/report.ts'
import { Moment } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'

/** Every step of the report with who took it, newest first: nothing of it can be taken back. */
export function ReportTrail({ steps }: { readonly steps: readonly ReportHistoryStep[] }) {
  const { report } = useText()
  if (steps.length === 0) return null
  return (
    <section className="report-trail" aria-label={report.trail}>
      <h3>{report.trail}</h3>
      <Timeline
        items={steps.map(({ at, by, byName, step, version, reason, acknowledged, overridden }) => ({
          key: `${at} ${step}`,
          content: (
            <div data-trail-step={step}>
              {report.trailSteps[step]} {byName || by} <Moment at={at} />
              {version === null ? null : <span className="faint"> {report.version(version)}</span>}
              {reason ? <p className="faint">{reason}</p> : null}
              {overridden?.map((one) => (
                <p key={one.words}>{report.overridden(one.words, one.reason)}</p>
              ))}
              {acknowledged?.map((words) => (
                <p key={words} className="faint">
                  {report.confirmed(words)}
                </p>
              ))}
            </div>
          ),
        }))}
      />
    </section>
  )
}
