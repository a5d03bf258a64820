import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportCheck } from '../../../shared/models/report.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useText } from '../../text/use-text.tsx'
import { checksFor } from './checks-for.ts'
import type { ReportAction } from './report-actions.ts'
import { CheckLine } from './report-checks.tsx'

export type CheckVerdict =
  | { readonly kind: 'stopped' }
  /** `asked`: the person said yes to something just now. */
  | { readonly kind: 'go-on'; readonly acknowledged: readonly string[]; readonly asked: boolean }

type Asking = { readonly checks: readonly ReportCheck[]; readonly answer: (goesOn: boolean) => void }

/** Before a report goes on: what stops, stops; a warning is asked about once. What counts is what the station has saved. */
export function useCheckGate(examId: string, onGo: (check: ReportCheck) => void) {
  const { common, report } = useText()
  const queryClient = useQueryClient()
  const notice = useFailureNotice()
  const confirmed = useRef(new Set<string>())
  const [asking, setAsking] = useState<Asking>()
  const params = { id: examId }

  const ask = async (action: ReportAction): Promise<CheckVerdict> => {
    try {
      const all = await queryClient.fetchQuery({
        queryKey: queryKeyOf(routes.reportChecks, params),
        queryFn: () => callStation(routes.reportChecks, { params }),
        staleTime: 0,
      })
      const checks = checksFor(action, all)
      const keys = checks.map(({ key }) => key)
      const open = checks.filter(({ level, key }) => level === 'stop' || !confirmed.current.has(key))
      if (open.length === 0) return { kind: 'go-on', acknowledged: keys, asked: false }
      const goesOn = await new Promise<boolean>((answer) => setAsking({ checks: open, answer }))
      if (!goesOn) return { kind: 'stopped' }
      for (const key of keys) confirmed.current.add(key)
      return { kind: 'go-on', acknowledged: keys, asked: true }
    } catch (error) {
      notice(error)
      return { kind: 'stopped' }
    }
  }
  const answer = (goesOn: boolean) => {
    asking?.answer(goesOn)
    setAsking(undefined)
  }
  const mustStop = asking?.checks.some(({ level }) => level === 'stop') ?? false
  const go = (check: ReportCheck) => {
    answer(false)
    onGo(check)
  }
  const dialog: ReactNode = (
    <Modal
      open={asking !== undefined}
      title={mustStop ? report.stopTitle : report.warnTitle}
      width={600}
      onCancel={() => answer(false)}
      footer={[
        <Button key="close" type={mustStop ? 'primary' : 'default'} onClick={() => answer(false)}>
          {mustStop ? common.close : common.cancel}
        </Button>,
        mustStop ? null : (
          <Button key="go-on" type="primary" onClick={() => answer(true)}>
            {report.confirmWarnings}
          </Button>
        ),
      ]}
    >
      {mustStop ? <p>{report.stopHint}</p> : null}
      <ul className="check-gate">
        {asking?.checks.map((check) => (
          <li key={`${check.key} ${check.from}`}>
            <span>
              <CheckLine check={check} />
            </span>
            <Button size="small" type="link" onClick={() => go(check)}>
              {report.goToPlace}
            </Button>
          </li>
        ))}
      </ul>
      {mustStop ? null : <p className="faint">{report.warnHint}</p>}
    </Modal>
  )
  return { ask, dialog }
}
