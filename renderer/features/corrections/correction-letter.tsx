import { Form, Input, Modal, Typography } from 'antd'
import { useState } from 'react'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { filledRule } from '../../components/filled-rule.ts'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import type { CorrectionChoice } from './correction-choices.ts'

type Props = { readonly examId: string; readonly choice: CorrectionChoice; readonly onClose: () => void }
type Letter = { readonly reason: string; readonly request?: string }

export function CorrectionLetter({ examId, choice, onClose }: Props) {
  const { common, corrections } = useText()
  const [form] = Form.useForm<Letter>()
  const [letter, setLetter] = useState<Letter>()
  const title = corrections.letterTitle(choice.destinationName)
  const { print } = usePrint()
  const body = {
    destinationId: choice.destinationId,
    reason: letter?.reason.trim() ?? '',
    request: letter?.request?.trim() ?? '',
  }
  const load = async () => {
    const response = await fetchStation(cloudCareRoutes.correctionLetter, { params: { id: examId }, body })
    return response.blob()
  }
  return (
    <>
      <Modal
        open={letter === undefined}
        title={title}
        okText={corrections.letter}
        cancelText={common.cancel}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        <Typography.Paragraph type="secondary">{corrections.letterHint}</Typography.Paragraph>
        <Form form={form} layout="vertical" onFinish={setLetter}>
          <Form.Item name="reason" label={corrections.letterReason} rules={[filledRule(common.reasonNeeded)]}>
            <Input.TextArea rows={3} maxLength={1000} autoFocus />
          </Form.Item>
          <Form.Item name="request" label={corrections.letterRequest}>
            <Input.TextArea rows={2} maxLength={1000} placeholder={corrections.letterRequestHint} />
          </Form.Item>
        </Form>
      </Modal>
      <PdfDialog
        open={letter !== undefined}
        title={title}
        load={load}
        onPrint={() => print({ kind: 'correction-letter', examId, letter: body })}
        onClose={onClose}
      />
    </>
  )
}
