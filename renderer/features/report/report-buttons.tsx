import { Button, Tooltip } from 'antd'
import { useText } from '../../text/use-text.tsx'
import type { ReportAction } from './report-actions.ts'

type Props = {
  readonly actions: readonly ReportAction[]
  readonly busy: ReportAction | undefined
  readonly ownReport: boolean
  readonly onBegin: (action: ReportAction) => void
}

/** The last one leads on and is the primary one. */
const order: readonly ReportAction[] = ['return', 'amend', 'save', 'submit', 'approve', 'release', 'publish']

export function ReportButtons({ actions, busy, ownReport, onBegin }: Props) {
  const { report } = useText()
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
  return (
    <div className="report-buttons">
      {shown.map((action, index) => {
        const blocked = action === 'approve' && ownReport
        return (
          <Tooltip key={action} title={blocked ? report.ownReport : undefined}>
            <Button
              type={index === shown.length - 1 && action !== 'amend' ? 'primary' : 'default'}
              danger={action === 'return'}
              disabled={blocked || (busy !== undefined && busy !== action)}
              loading={busy === action}
              onClick={() => onBegin(action)}
            >
              {labels[action]}
            </Button>
          </Tooltip>
        )
      })}
    </div>
  )
}
