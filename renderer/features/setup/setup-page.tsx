import { Button, Card, Form, Input, Radio, Typography } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { sessionStore } from '../../api/session-store.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { filledRule } from '../../components/filled-rule.ts'
import { PasswordInput } from '../../components/password-input.tsx'
import { passwordAgainRules, passwordRules } from '../../components/password-rules.ts'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

type Values = {
  readonly institutionName?: string
  readonly username: string
  readonly displayName: string
  readonly password: string
  readonly passwordAgain: string
  readonly mode: 'training' | 'real'
}

/** The first start: whoever installs the station becomes its administrator. */
export function SetupPage() {
  const { common, entry, settingHelp } = useText()
  const { language } = useLanguage()
  const [form] = Form.useForm<Values>()
  const create = useStationMutation(routes.setup, {
    onDone: (session) => {
      location.hash = '#/welcome'
      sessionStore.begin(session)
    },
    stale: [routes.setupState],
    onFailure: (error) => showFieldErrors(form, error, language),
  })
  return (
    <main className="entry">
      <Card className="entry-card">
        <p className="entry-brand">{common.productName}</p>
        <h1 className="entry-title">{entry.setupTitle}</h1>
        <Typography.Paragraph type="secondary">{entry.setupIntro}</Typography.Paragraph>
        {create.error ? <FailureAlert error={create.error} /> : null}
        <Form
          form={form}
          layout="vertical"
          initialValues={{ mode: 'training' }}
          onFinish={({ passwordAgain: _, ...body }) => create.mutate({ body })}
        >
          <Form.Item
            name="institutionName"
            label={entry.institutionName}
            extra={entry.institutionHint}
            rules={[filledRule(common.required)]}
          >
            <Input autoFocus maxLength={60} />
          </Form.Item>
          <div className="form-columns">
            <Form.Item
              name="username"
              label={entry.username}
              extra={settingHelp.setup.username}
              rules={[filledRule(common.required)]}
            >
              <Input autoComplete="username" maxLength={40} />
            </Form.Item>
            <Form.Item
              name="displayName"
              label={entry.displayName}
              extra={settingHelp.setup.displayName}
              rules={[filledRule(common.required)]}
            >
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item
              name="password"
              label={entry.password}
              extra={settingHelp.setup.password}
              rules={passwordRules(common.required, entry.passwordRule)}
            >
              <PasswordInput autoComplete="new-password" placeholder={entry.passwordRule} maxLength={200} />
            </Form.Item>
            <Form.Item
              name="passwordAgain"
              label={entry.passwordAgain}
              extra={settingHelp.setup.passwordAgain}
              dependencies={['password']}
              rules={passwordAgainRules('password', common.required, entry.passwordsDiffer)}
            >
              <PasswordInput autoComplete="new-password" maxLength={200} />
            </Form.Item>
          </div>
          <Form.Item name="mode" label={entry.mode} extra={settingHelp.setup.mode}>
            <Radio.Group className="choice-cards">
              <Radio value="training">
                <strong>{entry.training}</strong>
                <span>{entry.trainingHint}</span>
              </Radio>
              <Radio value="real">
                <strong>{entry.real}</strong>
                <span>{entry.realHint}</span>
              </Radio>
            </Radio.Group>
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={create.isPending}>
            {entry.create}
          </Button>
        </Form>
      </Card>
    </main>
  )
}
