import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportDraft, ReportState } from '../../../shared/models/report.ts'
import { callStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useText } from '../../text/use-text.tsx'
import { type ReportAction, stepsToRelease } from './report-actions.ts'

type Step = Exclude<ReportAction, 'save' | 'publish'>

const routeOf = {
  submit: routes.reportSubmit,
  return: routes.reportReturn,
  approve: routes.reportApprove,
  release: routes.reportRelease,
  amend: routes.reportAmend,
} as const

export type ReportRequest = {
  readonly action: ReportAction
  /** Unsaved text that is saved first. */
  readonly draft?: ReportDraft | undefined
  readonly reason?: string
  readonly state: ReportState
}

/** Does what a button says, step by step; a step that fails leaves the report where the last one brought it. */
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
  const take = (step: Step, reason: string | undefined) =>
    step === 'return' || step === 'amend'
      ? callStation(routeOf[step], { params, body: { reason: reason ?? '' } })
      : callStation(routeOf[step], { params })

  const refresh = () =>
    Promise.all(
      [routes.examRead, routes.examList, routes.examDeliveries, cloudCareRoutes.preflight].map((route) =>
        queryClient.invalidateQueries({ queryKey: [route.path] }),
      ),
    )

  /** Saves without a word, before a step. Answers whether it worked. */
  const saveDraft = async (draft: ReportDraft): Promise<boolean> => {
    try {
      await callStation(routes.reportSave, { params, body: draft })
      onDone('save')
      await refresh()
      return true
    } catch (error) {
      notice(error)
      return false
    }
  }

  const steps = useMutation({
    mutationFn: async ({ action, draft, reason, state }: ReportRequest) => {
      if (draft) await callStation(routes.reportSave, { params, body: draft })
      if (action === 'save') return action
      const steps = action === 'publish' ? stepsToRelease(state) : [action]
      for (const step of steps) await take(step, reason)
      return action
    },
    onSuccess: (action) => {
      message.success(doneWords[action])
      onDone(action)
    },
    onError: notice,
    onSettled: refresh,
  })
  return { steps, saveDraft }
}
