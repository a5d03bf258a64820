import { App, Button, Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { useFailureNotice } from '../api/use-failure-notice.ts'
import { useText } from '../text/use-text.tsx'
import { FailureAlert } from './failure-alert.tsx'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly load: () => Promise<Blob>
  readonly onClose: () => void
  /** Prints this paper on the printer that the settings name, and counts it. Absent: it goes to the default printer as it is shown. */
  readonly onPrint?: () => Promise<unknown>
}

type Shown = { readonly kind: 'loading' } | { readonly kind: 'failed'; readonly error: unknown } | Loaded
type Loaded = { readonly kind: 'loaded'; readonly blob: Blob; readonly address: string }

/** Shows the very PDF that the station made, and prints it. */
export function PdfDialog({ open, title, load, onClose, onPrint }: Props) {
  const { common } = useText()
  const notice = useFailureNotice()
  const { message } = App.useApp()
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is loaded when it is opened, not when the caller renders again
  useEffect(() => {
    if (!open) return
    let address = ''
    let closed = false
    setShown({ kind: 'loading' })
    load().then(
      (received) => {
        if (closed) return
        // Whatever type the answer names, only a PDF is shown as a page of this window.
        const blob = new Blob([received], { type: 'application/pdf' })
        address = URL.createObjectURL(blob)
        setShown({ kind: 'loaded', blob, address })
      },
      (error: unknown) => !closed && setShown({ kind: 'failed', error }),
    )
    return () => {
      closed = true
      if (address) setTimeout(() => URL.revokeObjectURL(address), 60_000)
    }
  }, [open])

  const print = async ({ blob, address }: Loaded) => {
    if (onPrint) {
      await onPrint()
      return
    }
    if (!window.shell?.printPdf) {
      window.open(address, '_blank')
      return
    }
    try {
      const outcome = await window.shell.printPdf(new Uint8Array(await blob.arrayBuffer()))
      if (outcome.kind === 'handed-over') message.success(common.printed)
      else if (outcome.kind === 'unconfirmed') message.warning(`${common.printUnconfirmed}：${outcome.reason}`)
      else if (outcome.kind === 'refused') message.error(`${common.printRefused}：${outcome.reason}`)
    } catch (error) {
      notice(error)
    }
  }

  return (
    <Modal
      open={open}
      title={title}
      width="min(920px, 92vw)"
      centered
      onCancel={onClose}
      destroyOnHidden
      footer={[
        <Button key="close" onClick={onClose}>
          {common.close}
        </Button>,
        <Button
          key="print"
          type="primary"
          disabled={shown.kind !== 'loaded'}
          onClick={() => shown.kind === 'loaded' && print(shown)}
        >
          {onPrint || window.shell?.printPdf ? common.print : common.openInTab}
        </Button>,
      ]}
    >
      <div className="pdf-frame" data-pdf-state={shown.kind}>
        {shown.kind === 'loading' ? <Spin size="large" /> : null}
        {shown.kind === 'failed' ? <FailureAlert error={shown.error} /> : null}
        {shown.kind === 'loaded' ? <iframe title={title} src={`${shown.address}#navpanes=0`} /> : null}
      </div>
    </Modal>
  )
}
