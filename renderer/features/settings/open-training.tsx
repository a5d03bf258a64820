import { App, Button } from 'antd'
import { useText } from '../../text/use-text.tsx'

/** Beside a station of real patients: a window to practise in. A browser can start no program. */
export function OpenTraining() {
  const { training } = useText()
  const { message } = App.useApp()
  const openTraining = window.shell?.openTraining
  if (!openTraining) return null
  const open = async () => {
    if (await openTraining()) message.success(training.opening)
    else message.error(training.notOpened)
  }
  return (
    <div className="tab-actions">
      <span className="faint">{training.openHint}</span>
      <Button onClick={open}>{training.open}</Button>
    </div>
  )
}
