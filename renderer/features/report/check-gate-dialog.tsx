import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { ReportCheck } from '../../../shared/models/report.ts'
import { cleanLines } from '../../../shared/text/clean-text.ts'
import { useText } from '../../text/use-text.tsx'
import { CheckLine } from './report-checks.tsx'

/** Shorter says nothing. As the route takes it. */
const shortestReason = 2

/** Reasons by the key of what stopped; undefined: not now. */
export type GateAnswer = Readonly<Record<string, string>> | undefined

type Props = {
  readonly checks: readonly ReportCheck[]
  readonly onAnswer: (answer: GateAnswer) => void
  readonly onGo: (check: ReportCheck) => void
}

/** What was found in the report: put right, confirmed, or, where that may be, gone on with for a reason that is kept. */
export function CheckGateDialog({ checks, onAnswer, onGo }: Props) {
  const { common, report } = useText()
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({})
  const stops = checks.filter(({ level }) => level === 'stop')
  const isFinal = stops.some(({ mayOverride }) => !mayOverride)
  const given = stops.every(({ key }) => cleanLines(reasons[key] ?? '').length >= shortestReason)
  const title = isFinal ? report.stopTitle : stops.length > 0 ? report.overrideTitle : report.warnTitle
  const hint = isFinal ? report.stopHint : stops.length > 0 ? report.overrideHint : undefined
  return (
    <Modal
      open
      title={title}
      width={600}
      onCancel={() => onAnswer(undefined)}
      footer={[
        <Button key="close" type={isFinal ? 'primary' : 'default'} onClick={() => onAnswer(undefined)}>
          {isFinal ? common.close : common.cancel}
        </Button>,
        isFinal ? null : (
          <Button key="go-on" type="primary" disabled={!given} onClick={() => onAnswer(reasons)}>
            {stops.length > 0 ? report.overrideGoOn : report.confirmWarnings}
          </Button>
        ),
      ]}
    >
      {hint ? <p>{hint}</p> : null}
      <ul className="check-gate">
        {checks.map((check) => (
          <li key={`${check.key} ${check.from}`}>
            <span>
              <CheckLine check={check} />
              {!isFinal && check.level === 'stop' ? (
                <Input.TextArea
                  className="check-reason"
                  autoSize={{ minRows: 1, maxRows: 4 }}
                  maxLength={200}
                  aria-label={report.overrideReason}
                  placeholder={report.overrideReason}
                  value={reasons[check.key] ?? ''}
                  onChange={({ target }) => setReasons((before) => ({ ...before, [check.key]: target.value }))}
                />
              ) : null}
            </span>
            <Button size="small" type="link" onClick={() => onGo(check)}>
              {report.goToPlace}
            </Button>
          </li>
        ))}
      </ul>
      {isFinal ? null : <p className="faint">{report.warnHint}</p>}
    </Modal>
  )
}
