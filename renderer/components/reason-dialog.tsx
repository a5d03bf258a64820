import { Form, Input, Modal, Typography } from 'antd'
import { useText } from '../text/use-text.tsx'
import { filledRule } from './filled-rule.ts'

type Props = {
  readonly open: boolean
  readonly title: string
  readonly hint?: string
  readonly confirmText: string
  readonly danger?: boolean
  readonly maxLength?: number
  readonly loading: boolean
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

/** Asks for a reason before something that others will want to understand later. */
export function ReasonDialog(props: Props) {
  const { open, title, hint, confirmText, danger = false, maxLength = 500, loading, onConfirm, onClose } = props
  const { common } = useText()
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <Modal
      open={open}
      title={title}
      okText={confirmText}
      cancelText={common.cancel}
      okButtonProps={{ danger }}
      confirmLoading={loading}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      afterOpenChange={(isOpen) => isOpen && form.focusField('reason')}
    >
      {hint ? <Typography.Paragraph type="secondary">{hint}</Typography.Paragraph> : null}
      <Form form={form} layout="vertical" preserve={false} onFinish={({ reason }) => onConfirm(reason.trim())}>
        <Form.Item name="reason" label={common.reason} rules={[filledRule(common.reasonNeeded)]}>
          <Input.TextArea
            rows={3}
            maxLength={maxLength}
            autoFocus
            onPressEnter={(event) => event.ctrlKey && form.submit()}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
