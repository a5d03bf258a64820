import { Button } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly examId: string
  /** Saves what was written first; false: it could not be saved. */
  readonly prepare: () => Promise<boolean>
}

/** The report as it would be printed, marked as not released. */
export function PreviewButton({ examId, prepare }: Props) {
  const { common, report } = useText()
  const [open, setOpen] = useState(false)
  const { print } = usePrint()
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    setBusy(true)
    setOpen(await prepare())
    setBusy(false)
  }
  const load = async () => {
    const response = await fetchStation(routes.reportPdf, { params: { id: examId }, query: { preview: '1' } })
    return response.blob()
  }
  return (
    <>
      <Button loading={busy} onClick={begin}>
        {common.preview}
      </Button>
      <PdfDialog
        open={open}
        title={report.preview}
        load={load}
        onPrint={() => print({ kind: 'preview', examIds: [examId] })}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
