import { App, Checkbox, Form, Input, Select } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { type Account, type AccountInput, roleSchema } from '../../../shared/models/account.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { LimitedInput } from '../../clinic/limited-input.tsx'
import { filledRule } from '../../components/filled-rule.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { PasswordInput } from '../../components/password-input.tsx'
import { passwordRules } from '../../components/password-rules.ts'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly account?: Account; readonly onClose: () => void }

/** Creates a user, or changes one: then without username and password. */
export function AccountDialog({ account, onClose }: Props) {
  const { common, people, settingHelp, words } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<AccountInput>()
  const onFailure = useFieldErrors(form)
  const options = (done: string) => ({
    stale: [routes.accountList],
    onDone: () => {
      message.success(done)
      onClose()
    },
    onFailure,
  })
  const create = useStationMutation(routes.accountCreate, options(people.created))
  const change = useStationMutation(routes.accountChange, options(people.changed))
  const save = (values: AccountInput) =>
    account ? change.mutate({ params: { id: account.id }, body: values }) : create.mutate({ body: values })
  return (
    <FormDialog<AccountInput>
      form={form}
      title={account ? people.change : people.create}
      initialValues={account ?? { role: 'doctor', doctorCode: '', mustChangePassword: true }}
      isSaving={create.isPending || change.isPending}
      onFinish={save}
      onClose={onClose}
    >
      {account ? null : (
        <Form.Item
          name="username"
          label={people.username}
          extra={settingHelp.account.username}
          rules={[filledRule(common.required)]}
        >
          <Input autoComplete="off" maxLength={40} />
        </Form.Item>
      )}
      <Form.Item
        name="displayName"
        label={people.displayName}
        extra={settingHelp.account.displayName}
        rules={[filledRule(common.required)]}
      >
        <LimitedInput source="account.displayName" maxLength={40} />
      </Form.Item>
      <Form.Item
        name="role"
        label={people.role}
        extra={settingHelp.account.role}
        rules={[{ required: true, message: common.required }]}
      >
        <Select options={roleSchema.options.map((value) => ({ value, label: words.role[value] }))} />
      </Form.Item>
      <Form.Item name="doctorCode" label={people.doctorCode} extra={people.doctorCodeHint}>
        <LimitedInput source="account.doctorCode" maxLength={50} className="mono" />
      </Form.Item>
      {account ? null : (
        <Form.Item
          name="password"
          label={people.password}
          extra={settingHelp.account.password}
          rules={passwordRules(common.required, people.passwordRule)}
        >
          <PasswordInput autoComplete="new-password" placeholder={people.passwordRule} maxLength={200} />
        </Form.Item>
      )}
      {account ? null : (
        <Form.Item name="mustChangePassword" valuePropName="checked" extra={people.mustChangeHint}>
          <Checkbox>{people.mustChange}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  )
}
