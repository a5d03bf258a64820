import { App, Button, Dropdown, Upload } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { fetchDocument } from '../../api/fetch-document.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { useImportFiles } from './use-import-files.ts'

type Props = { readonly page: ExamPage; readonly onEdit: () => void }
type Open = 'none' | 'card' | 'report' | 'cancel'

export function ExamActions({ page, onEdit }: Props) {
  const { exam: text } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const examId = page.exam.id
  const [open, setOpen] = useState<Open>('none')
  const close = () => setOpen('none')
  const released = page.reports.some((report) => report.state === 'released')
  const alive = page.state !== 'cancelled'
  const importFiles = useImportFiles(examId)
  const { print } = usePrint()
  const cancel = useStationMutation(routes.examCancel, {
    stale: [routes.examRead, routes.examList],
    onDone: () => {
      message.success(text.cancelExam)
      close()
    },
  })
  return (
    <>
      {alive ? (
        <Button size="small" onClick={() => setOpen('card')}>
          {text.checkCard}
        </Button>
      ) : null}
      {released ? (
        <Button size="small" onClick={() => setOpen('report')}>
          {text.reportPdf}
        </Button>
      ) : null}
      {alive && mayCall(user, routes.examAttach) ? (
        <Upload multiple showUploadList={false} beforeUpload={importFiles.add}>
          <Button size="small" loading={importFiles.busy}>
            {text.importFiles}
          </Button>
        </Upload>
      ) : null}
      {alive && mayCall(user, routes.examChange) ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'edit', label: text.editRegistration, onClick: onEdit },
              { key: 'cancel', label: text.cancelExam, danger: true, onClick: () => setOpen('cancel') },
            ],
          }}
        >
          <Button size="small">{text.more}</Button>
        </Dropdown>
      ) : null}
      <PdfDialog
        open={open === 'card'}
        title={text.checkCard}
        load={() => fetchDocument(routes.cardPdf, examId)}
        onPrint={() => print({ kind: 'card', examIds: [examId] })}
        onClose={close}
      />
      <PdfDialog
        open={open === 'report'}
        title={text.reportPdf}
        load={() => fetchDocument(routes.reportPdf, examId)}
        onPrint={() => print({ kind: 'report', examIds: [examId] })}
        onClose={close}
      />
      <ReasonDialog
        open={open === 'cancel'}
        title={text.cancelTitle}
        hint={text.cancelHint}
        confirmText={text.cancelExam}
        danger
        loading={cancel.isPending}
        onConfirm={(reason) => cancel.mutate({ params: { id: examId }, body: { reason } })}
        onClose={close}
      />
    </>
  )
}
