import { Select } from 'antd'
import { useMemo, useState } from 'react'
import type { ReportHistoryStep, ReportVersion } from '../../../shared/models/report.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { type Comparable, comparables } from './comparables.ts'
import { DraftChanges } from './draft-changes.tsx'

type Props = {
  readonly reports: readonly ReportVersion[]
  readonly steps: readonly ReportHistoryStep[]
  readonly labels: { readonly findings: string; readonly impression: string }
}

/** Any two texts of the report, the versions and what was submitted in between, with their differences in colour. */
export function VersionCompare({ reports, steps, labels }: Props) {
  const { report, words } = useText()
  const all = useMemo(() => comparables(reports, steps), [reports, steps])
  const [from, setFrom] = useState<string>()
  const [to, setTo] = useState<string>()
  const after = all.find(({ key }) => key === to) ?? all[0]
  const before = all.find(({ key }) => key === from) ?? all.find(({ key }) => key !== after?.key)
  if (!before || !after) return null
  const nameOf = ({ version, submittedAt }: Comparable) => {
    if (submittedAt !== undefined) return report.submittedText(version, momentWords(submittedAt, Date.now()))
    const state = reports.find((one) => one.version === version)?.state
    return `${report.version(version)}${state ? ` ${words.reportState[state]}` : ''}`
  }
  const options = all.map((one) => ({ value: one.key, label: nameOf(one) }))
  return (
    <section className="version-compare" aria-label={report.versionsOf}>
      <div className="helper-bar">
        <strong>{report.compare}</strong>
        <Select size="small" aria-label={report.compareFrom} value={before.key} options={options} onChange={setFrom} />
        <span aria-hidden>→</span>
        <Select size="small" aria-label={report.compareTo} value={after.key} options={options} onChange={setTo} />
      </div>
      <DraftChanges before={before.draft} after={after.draft} labels={labels} />
    </section>
  )
}
