import { Button, Form } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PasswordInput } from '../../components/password-input.tsx'
import { passwordAgainRules, passwordRules } from '../../components/password-rules.ts'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

type Values = { readonly current: string; readonly next: string; readonly nextAgain: string }

/** The person's own password, twice, and the present one. */
export function ChangePasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { common, entry } = useText()
  const { language } = useLanguage()
  const [form] = Form.useForm<Values>()
  const change = useStationMutation(routes.passwordChange, {
    onDone,
    onFailure: (error) => showFieldErrors(form, error, language),
  })
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ current, next }) => change.mutate({ body: { current, next } })}
    >
      {change.error ? <FailureAlert error={change.error} /> : null}
      <Form.Item name="current" label={entry.currentPassword} rules={[{ required: true, message: common.required }]}>
        <PasswordInput autoFocus autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="next"
        label={entry.newPassword}
        rules={passwordRules(common.required, entry.passwordRule)}
        extra={entry.passwordRule}
      >
        <PasswordInput autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="nextAgain"
        label={entry.passwordAgain}
        dependencies={['next']}
        rules={passwordAgainRules('next', common.required, entry.passwordsDiffer)}
      >
        <PasswordInput autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {entry.changePassword}
      </Button>
    </Form>
  )
}
