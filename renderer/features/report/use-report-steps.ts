import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportDraft, ReportVersion } from '../../../shared/models/report.ts'
import { callStation } from '../../api/call-station.ts'
import { markRoutesStale } from '../../api/mark-stale.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useText } from '../../text/use-text.tsx'
import type { ReportAction } from './report-actions.ts'

const routeOf = {
  submit: routes.reportSubmit,
  return: routes.reportReturn,
  approve: routes.reportApprove,
  release: routes.reportRelease,
  publish: routes.reportRelease,
  amend: routes.reportAmend,
} as const

export type ReportRequest = {
  readonly action: Exclude<ReportAction, 'save'>
  readonly reason?: string | undefined
  /** Warnings that this person confirmed. */
  readonly acknowledged?: readonly string[] | undefined
  /** Reasons for which this person goes on with what stopped, by its key. */
  readonly overrides?: Readonly<Record<string, string>> | undefined
}

/** Saves, and takes the steps that buttons say; the station has the last word on each. */
export function useReportSteps(examId: string, onDone: (action: ReportAction) => void) {
  const { report } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const queryClient = useQueryClient()
  const params = { id: examId }
  const doneWords: Readonly<Record<ReportAction, string>> = {
    save: report.saved,
    submit: report.submitted,
    return: report.returned,
    approve: report.approved,
    release: report.released,
    publish: report.released,
    amend: report.amending,
  }

  const refresh = () =>
    markRoutesStale(queryClient, [
      routes.examRead,
      routes.examList,
      routes.examDeliveries,
      routes.reportChecks,
      routes.reportHistory,
      cloudCareRoutes.preflight,
    ])

  /** `seen`: `writtenAt` of the report that the text was written into, 0 for none. undefined: it was not saved, and the person was told why. */
  const save = async (draft: ReportDraft, seen: number): Promise<ReportVersion | undefined> => {
    try {
      return await callStation(routes.reportSave, { params, body: { ...draft, seen } })
    } catch (error) {
      notice(error)
      await refresh()
      return undefined
    }
  }

  const steps = useMutation({
    mutationFn: async ({ action, reason, acknowledged, overrides }: ReportRequest) => {
      const body = {
        ...(reason && { reason }),
        ...(acknowledged && { acknowledged: [...acknowledged] }),
        ...(overrides && { overrides }),
      }
      await callStation(routeOf[action], { params, body: body as { reason: string } })
      return action
    },
    onSuccess: (action) => {
      message.success(doneWords[action])
      onDone(action)
    },
    onError: notice,
    onSettled: refresh,
  })
  return { steps, save, refresh, tellSaved: () => message.success(report.saved) }
}
