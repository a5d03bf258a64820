import { Button, Form, Input, Modal } from 'antd'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly open: boolean
  readonly loading: boolean
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

/** Why a report goes back to its writer: in the usual words, or in own ones. */
export function ReturnDialog({ open, loading, onConfirm, onClose }: Props) {
  const { common, report } = useText()
  const [form] = Form.useForm<{ reason: string }>()
  const add = (phrase: string) => {
    const written = (form.getFieldValue('reason') ?? '').trim()
    form.setFieldValue('reason', written === '' ? phrase : `${written}；${phrase}`)
  }
  return (
    <Modal
      open={open}
      title={report.returnTitle}
      okText={report.returnIt}
      cancelText={common.cancel}
      okButtonProps={{ danger: true }}
      confirmLoading={loading}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} onFinish={({ reason }) => onConfirm(reason.trim())}>
        <Form.Item name="reason" label={common.reason} rules={[filledRule(common.reasonNeeded)]}>
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
      <div className="row-actions">
        {report.returnPhrases.map((phrase) => (
          <Button key={phrase} size="small" onClick={() => add(phrase)}>
            {phrase}
          </Button>
        ))}
      </div>
    </Modal>
  )
}
