import { App, Button, Tooltip } from 'antd'
import { useState } from 'react'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import type { ReportAction } from './report-actions.ts'

type Props = {
  readonly actions: readonly ReportAction[]
  readonly busy: ReportAction | undefined
  readonly ownReport: boolean
  readonly critical: boolean
  /** Before a step: 'confirmed' when the person was asked already, 'stopped' when nothing is to be done. */
  readonly onCheck: (action: ReportAction) => Promise<'clear' | 'confirmed' | 'stopped'>
  readonly onAction: (action: ReportAction, reason?: string) => void
}

/** The last one leads on and is the primary one. */
const order: readonly ReportAction[] = ['return', 'amend', 'save', 'submit', 'approve', 'release', 'publish']

export function ReportButtons({ actions, busy, ownReport, critical, onCheck, onAction }: Props) {
  const { common, report } = useText()
  const { modal } = App.useApp()
  const [asking, setAsking] = useState<'return' | 'amend'>()
  const [checking, setChecking] = useState<ReportAction>()
  const shown = order.filter((action) => actions.includes(action))
  const labels: Readonly<Record<ReportAction, string>> = {
    save: report.save,
    submit: report.submit,
    return: report.returnIt,
    approve: report.approve,
    release: report.release,
    publish: report.release,
    amend: report.amend,
  }
  const begin = async (action: ReportAction) => {
    if (action === 'return' || action === 'amend') return setAsking(action)
    if (action === 'save') return onAction(action)
    setChecking(action)
    const verdict = await onCheck(action)
    setChecking(undefined)
    if (verdict === 'stopped') return
    if (verdict === 'confirmed' || (action !== 'release' && action !== 'publish')) return onAction(action)
    modal.confirm({
      title: critical ? report.criticalTitle : report.releaseTitle,
      content: critical ? `${report.criticalHint}${report.releaseHint}` : report.releaseHint,
      okText: report.release,
      cancelText: common.cancel,
      onOk: () => onAction(action),
    })
  }
  const atWork = busy ?? checking
  return (
    <div className="report-buttons">
      {shown.map((action, index) => {
        const blocked = action === 'approve' && ownReport
        return (
          <Tooltip key={action} title={blocked ? report.ownReport : undefined}>
            <Button
              type={index === shown.length - 1 && action !== 'amend' ? 'primary' : 'default'}
              danger={action === 'return'}
              disabled={blocked || (atWork !== undefined && atWork !== action)}
              loading={atWork === action}
              onClick={() => begin(action)}
            >
              {labels[action]}
            </Button>
          </Tooltip>
        )
      })}
      <ReasonDialog
        open={asking !== undefined}
        title={asking === 'amend' ? report.amendTitle : report.returnTitle}
        {...(asking === 'amend' ? { hint: report.amendHint } : {})}
        confirmText={asking === 'amend' ? report.amend : report.returnIt}
        danger={asking === 'return'}
        loading={busy !== undefined}
        onConfirm={(reason) => {
          if (asking) onAction(asking, reason)
          setAsking(undefined)
        }}
        onClose={() => setAsking(undefined)}
      />
    </div>
  )
}
