import { App, Checkbox } from 'antd'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly id?: string
  readonly checked?: boolean
  readonly onChange?: (checked: boolean) => void
  readonly disabled: boolean
  /** It was marked: somebody must be told now. */
  readonly onMarked: () => void
}

/** 危急值: asked about, because a telephone rings for it. */
export function CriticalBox({ id, checked = false, onChange, disabled, onMarked }: Props) {
  const { common, report } = useText()
  const { modal } = App.useApp()
  const mark = () =>
    modal.confirm({
      title: report.criticalAsk,
      content: report.criticalAskHint,
      okText: report.criticalMark,
      okButtonProps: { danger: true },
      cancelText: common.cancel,
      onOk: () => {
        onChange?.(true)
        onMarked()
      },
    })
  return (
    <Checkbox
      {...(id ? { id } : {})}
      className="report-critical"
      checked={checked}
      disabled={disabled}
      onChange={({ target }) => (target.checked ? mark() : onChange?.(false))}
    >
      {report.critical}
    </Checkbox>
  )
}
