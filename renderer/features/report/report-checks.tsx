import { Button, Tag } from 'antd'
import type { ReportCheck } from '../../../shared/models/report.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

type Props = {
  readonly checks: readonly ReportCheck[]
  readonly onGo: (check: ReportCheck) => void
}

export function CheckLine({ check }: { readonly check: ReportCheck }) {
  const { report } = useText()
  const { language } = useLanguage()
  return (
    <>
      <Tag className="check-level" color={check.level === 'stop' ? 'error' : 'warning'}>
        {report[check.level]}
      </Tag>
      {language === 'zh-CN' ? check.words : check.english}
    </>
  )
}

/** What a colleague would send the report back for, while it is written. A click goes to the words. */
export function ReportChecks({ checks, onGo }: Props) {
  const { report } = useText()
  if (checks.length === 0) return null
  return (
    <section className="report-checks" aria-label={report.checks} aria-live="polite" data-checks={checks.length}>
      <ul>
        {checks.map((check) => (
          <li key={`${check.key} ${check.field} ${check.from}`} data-check={check.key} data-level={check.level}>
            <Button type="text" size="small" className="report-check" onClick={() => onGo(check)}>
              <CheckLine check={check} />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
