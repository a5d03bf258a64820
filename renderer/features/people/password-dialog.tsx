import { App, Form } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { PasswordInput } from '../../components/password-input.tsx'
import { passwordRules } from '../../components/password-rules.ts'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly account: Account; readonly onClose: () => void }

export function PasswordDialog({ account, onClose }: Props) {
  const { common, people, settingHelp } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const [form] = Form.useForm<{ password: string }>()
  const onFailure = useFieldErrors(form)
  const change = useStationMutation(routes.accountChange, {
    onDone: () => {
      message.success(people.passwordReset)
      onClose()
    },
    onFailure,
  })
  return (
    <FormDialog<{ password: string }>
      form={form}
      title={people.resetTitle(account.displayName)}
      okText={people.resetPassword}
      isSaving={change.isPending}
      onFinish={({ password }) =>
        change.mutate({ params: { id: account.id }, body: { password, mustChangePassword: account.id !== user.id } })
      }
      onClose={onClose}
    >
      <Form.Item
        name="password"
        label={people.newPassword}
        extra={settingHelp.account.newPassword}
        rules={passwordRules(common.required, people.passwordRule)}
      >
        <PasswordInput autoComplete="new-password" placeholder={people.passwordRule} maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
