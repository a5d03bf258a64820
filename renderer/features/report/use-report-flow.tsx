import { App } from 'antd'
import { type ReactNode, useState } from 'react'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import type { ReportAction } from './report-actions.ts'
import { ReturnDialog } from './return-dialog.tsx'
import type { CheckVerdict, useCheckGate } from './use-check-gate.tsx'
import type { ReportWriting } from './use-report-writing.tsx'

/** Looks before the report goes on: 'confirmed' when a person was asked and goes on, 'stopped' when not. */
export type ReportGate = (request: {
  readonly releases: boolean
  readonly notes: readonly string[]
}) => Promise<'clear' | 'confirmed' | 'stopped'>

type GoOn = Pick<Extract<CheckVerdict, { kind: 'go-on' }>, 'acknowledged' | 'overrides'>

type Options = {
  readonly writing: ReportWriting
  readonly gate: ReportGate
  readonly checks: ReturnType<typeof useCheckGate>
  readonly critical: boolean
}

/** From a button or a key to the step: save, checks, the clouds' preflight, the question, the step. */
export function useReportFlow({ writing, gate, checks, critical }: Options) {
  const { common, report } = useText()
  const { modal } = App.useApp()
  const [asking, setAsking] = useState<'return' | 'amend'>()
  const [checking, setChecking] = useState<ReportAction>()
  const { steps } = writing

  const sure = (title: string, content: string, okText: string) =>
    new Promise<boolean>((answer) => {
      modal.confirm({
        title,
        content,
        okText,
        cancelText: common.cancel,
        onOk: () => answer(true),
        onCancel: () => answer(false),
      })
    })

  const lookAt = async (action: ReportAction, asksAlways: boolean): Promise<GoOn | undefined> => {
    if (!(await writing.prepare())) return undefined
    const verdict = await checks.ask(action)
    if (verdict.kind === 'stopped') return undefined
    const releases = action === 'release' || action === 'publish'
    const notes = releases ? [...(critical ? [report.criticalHint] : []), report.releaseHint] : []
    const passed = await gate({ releases, notes })
    if (passed === 'stopped') return undefined
    if (passed === 'clear' && releases) {
      const title = critical ? report.criticalTitle : report.releaseTitle
      if (!(await sure(title, notes.join(''), report.release))) return undefined
    } else if (passed === 'clear' && asksAlways && !verdict.asked) {
      const words = action === 'approve' ? report.approve : report.submit
      if (!(await sure(report.submitTitle, '', words))) return undefined
    }
    return { acknowledged: verdict.acknowledged, overrides: verdict.overrides }
  }

  /** `asksAlways`: a key was pressed, which a finger does by mistake. */
  const begin = async (action: ReportAction, asksAlways = false): Promise<void> => {
    if (checking || steps.isPending) return
    if (action === 'return' || action === 'amend') return setAsking(action)
    setChecking(action)
    try {
      if (action === 'save') await writing.saveNow()
      else {
        const goOn = await lookAt(action, asksAlways)
        if (goOn) await steps.mutateAsync({ action, ...goOn }).catch(() => undefined)
      }
    } finally {
      setChecking(undefined)
    }
  }
  const answer = (reason: string) => {
    if (asking) steps.mutate({ action: asking, reason })
    setAsking(undefined)
  }
  const dialogs: ReactNode = (
    <>
      <ReturnDialog
        open={asking === 'return'}
        loading={steps.isPending}
        onConfirm={answer}
        onClose={() => setAsking(undefined)}
      />
      <ReasonDialog
        open={asking === 'amend'}
        title={report.amendTitle}
        hint={report.amendHint}
        confirmText={report.amend}
        loading={steps.isPending}
        onConfirm={answer}
        onClose={() => setAsking(undefined)}
      />
      {checks.dialog}
    </>
  )
  return { begin, busy: checking ?? (steps.isPending ? steps.variables.action : undefined), dialogs }
}
