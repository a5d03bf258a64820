import { Modal } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly unsaved: boolean; readonly onLeave: () => Promise<void> }

/** Asks before a page with unsaved text is left: when leaving the page, and when closing the window. */
export function UnsavedGuard({ unsaved, onLeave }: Props) {
  const { report } = useText()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!unsaved) return
    const keep = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', keep)
    return () => removeEventListener('beforeunload', keep)
  }, [unsaved])
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={report.unsavedTitle}
      okText={report.stay}
      cancelText={report.leave}
      onOk={() => blocker.reset?.()}
      onCancel={() => onLeave().then(() => blocker.proceed?.())}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
    >
      {report.unsavedLeave}
    </Modal>
  )
}
