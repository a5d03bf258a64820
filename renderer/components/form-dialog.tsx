import { App, Form, type FormInstance, Modal } from 'antd'
import { type ReactNode, useId, useRef } from 'react'
import { useText } from '../text/use-text.tsx'

type Props<Values extends object> = {
  readonly form: FormInstance<Values>
  readonly title: string
  /** Absent: 'save'. */
  readonly okText?: string
  /** Pixels. */
  readonly width?: number
  readonly initialValues?: object
  readonly isSaving: boolean
  readonly onFinish: (values: Values) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog to fill in: the first field has the focus, Enter saves, and what was typed is not lost by a click beside it or Escape. */
export function FormDialog<Values extends object>(props: Props<Values>) {
  const { form, title, okText, width, initialValues, isSaving, onFinish, onClose, children } = props
  const { common } = useText()
  const { modal } = App.useApp()
  const formId = useId()
  const wasTyped = useRef(false)
  const close = () => {
    if (!wasTyped.current) return onClose()
    modal.confirm({
      title: common.unsavedTitle,
      content: common.unsavedClose,
      okText: common.goOnTyping,
      cancelText: common.dropTyped,
      onCancel: onClose,
    })
  }
  return (
    <Modal
      open
      title={title}
      width={width ?? 520}
      okText={okText ?? common.save}
      cancelText={common.cancel}
      confirmLoading={isSaving}
      okButtonProps={{ htmlType: 'submit', form: formId }}
      mask={{ closable: false }}
      onCancel={close}
      afterOpenChange={(isOpen) => isOpen && firstFieldOf(formId)?.focus()}
    >
      <Form
        // Fields of the page behind it may have the same names: labels belong to this dialog's.
        name={formId}
        form={form}
        layout="vertical"
        {...(initialValues && { initialValues })}
        onValuesChange={() => {
          wasTyped.current = true
        }}
        onFinish={onFinish}
      >
        {children}
      </Form>
    </Modal>
  )
}

const firstFieldOf = (formId: string) =>
  document.getElementById(formId)?.querySelector<HTMLElement>('input:not([type=hidden]):enabled, textarea:enabled')
