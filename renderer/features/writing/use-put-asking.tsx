import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { type PutHow, type ReportPen, type ReportTexts, wouldOverwrite } from '../../clinic/report-pen.ts'
import { useText } from '../../text/use-text.tsx'

/** Puts texts into the report; asks whether to append or to replace only where something stands already. */
export function usePutAsking(pen: ReportPen): {
  readonly put: (texts: Partial<ReportTexts>, onPut?: () => void) => void
  readonly dialog: ReactNode
} {
  const { common, writing } = useText()
  const [asking, setAsking] = useState<{ readonly texts: Partial<ReportTexts>; readonly onPut?: () => void }>()

  const put = (texts: Partial<ReportTexts>, onPut?: () => void) => {
    if (!pen.canWrite) return
    if (wouldOverwrite(pen.read(), texts)) return setAsking({ texts, ...(onPut ? { onPut } : {}) })
    pen.put(texts, 'append')
    onPut?.()
  }
  const answer = (how: PutHow) => {
    if (asking) {
      pen.put(asking.texts, how)
      asking.onPut?.()
    }
    setAsking(undefined)
  }
  const dialog = (
    <Modal
      open={asking !== undefined}
      title={writing.putTitle}
      width={440}
      onCancel={() => setAsking(undefined)}
      footer={[
        <Button key="cancel" onClick={() => setAsking(undefined)}>
          {common.cancel}
        </Button>,
        <Button key="replace" onClick={() => answer('replace')}>
          {writing.replace}
        </Button>,
        <Button key="append" type="primary" autoFocus onClick={() => answer('append')}>
          {writing.append}
        </Button>,
      ]}
    >
      {writing.putQuestion}
    </Modal>
  )
  return { put, dialog }
}
