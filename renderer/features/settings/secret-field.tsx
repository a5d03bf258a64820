import { Button, Form } from 'antd'
import type { RuleObject } from 'antd/es/form'
import { useState } from 'react'
import { PasswordInput } from '../../components/password-input.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly name: string
  readonly label: string
  readonly isSet: boolean
  readonly isOptional?: boolean
  readonly rules: readonly RuleObject[]
  readonly extra: string
}

/** A secret is written and never read back: what is there is only said to be there. */
export function SecretField({ name, label, isSet, isOptional = false, rules, extra }: Props) {
  const { common, settings } = useText()
  const form = Form.useFormInstance()
  const [changing, setChanging] = useState(false)
  const path = ['settings', name]
  if (isSet && !changing) {
    return (
      <Form.Item label={label} extra={extra}>
        <span className="secret-set">
          <span className="good">{settings.secretSet}</span>
          <Button size="small" onClick={() => setChanging(true)} aria-label={`${settings.secretChange} ${label}`}>
            {settings.secretChange}
          </Button>
        </span>
      </Form.Item>
    )
  }
  return (
    <Form.Item
      name={path}
      label={label}
      extra={extra}
      rules={[{ required: !isOptional, message: common.required }, ...rules]}
      preserve={false}
    >
      <PasswordInput
        autoComplete="new-password"
        className="mono"
        placeholder={settings.secretNotSet}
        maxLength={200}
        {...(isSet
          ? {
              addonAfter: (
                <Button
                  size="small"
                  type="text"
                  onClick={() => {
                    form.setFieldValue(path, undefined)
                    setChanging(false)
                  }}
                >
                  {settings.secretKeep}
                </Button>
              ),
            }
          : {})}
      />
    </Form.Item>
  )
}
