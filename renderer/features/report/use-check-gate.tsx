import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportCheck } from '../../../shared/models/report.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { CheckGateDialog, type GateAnswer } from './check-gate-dialog.tsx'
import { checksFor } from './checks-for.ts'
import type { ReportAction } from './report-actions.ts'

export type CheckVerdict =
  | { readonly kind: 'stopped' }
  /** `asked`: the person said yes to something just now. */
  | {
      readonly kind: 'go-on'
      readonly acknowledged: readonly string[]
      /** Why this person goes on with what stopped, by its key. */
      readonly overrides?: Readonly<Record<string, string>>
      readonly asked: boolean
    }

type Asking = { readonly checks: readonly ReportCheck[]; readonly answer: (answer: GateAnswer) => void }

/** Before a report goes on: what stops, stops, unless it may be gone on with for a reason; a warning is asked about once. What counts is what the station has saved. */
export function useCheckGate(examId: string, onGo: (check: ReportCheck) => void) {
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
      const reasons = await new Promise<GateAnswer>((answer) => setAsking({ checks: open, answer }))
      if (!reasons) return { kind: 'stopped' }
      for (const key of keys) confirmed.current.add(key)
      const overrides = Object.keys(reasons).length > 0 ? { overrides: reasons } : {}
      return { kind: 'go-on', acknowledged: keys, ...overrides, asked: true }
    } catch (error) {
      notice(error)
      return { kind: 'stopped' }
    }
  }
  const answer = (given: GateAnswer) => {
    asking?.answer(given)
    setAsking(undefined)
  }
  const dialog: ReactNode = asking ? (
    <CheckGateDialog
      checks={asking.checks}
      onAnswer={answer}
      onGo={(check) => {
        answer(undefined)
        onGo(check)
      }}
    />
  ) : null
  return { ask, dialog }
}
