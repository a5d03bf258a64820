import { Button, Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '../text/use-text.tsx'
import { FailureAlert } from './failure-alert.tsx'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly load: () => Promise<Blob>
  readonly onClose: () => void
  /** Prints this paper on the printer that the settings name, and counts it. */
  readonly onPrint: (shown: Blob) => Promise<unknown>
}

type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'loaded'; readonly blob: Blob; readonly address: string }

/** Shows the very PDF that the station made, and prints it. */
export function PdfDialog({ open, title, load, onClose, onPrint }: Props) {
  const { common } = useText()
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
          onClick={() => shown.kind === 'loaded' && onPrint(shown.blob)}
        >
          {common.print}
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
