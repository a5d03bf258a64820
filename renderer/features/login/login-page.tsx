import { Alert, Button, Card, Form, Input } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { type Session, sessionStore } from '../../api/session-store.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PasswordInput } from '../../components/password-input.tsx'
import { useText } from '../../text/use-text.tsx'

export function LoginPage({ expired }: { readonly expired: boolean }) {
  const { common, entry } = useText()
  const logIn = useStationMutation(routes.sessionCreate, { onDone: begin, onFailure: () => undefined })
  return (
    <main className="entry">
      <Card className="entry-card entry-card-small">
        <p className="entry-brand">{common.productName}</p>
        <h1 className="entry-title">{entry.loginTitle}</h1>
        {expired && !logIn.error ? <Alert type="info" showIcon title={entry.expired} /> : null}
        {logIn.error ? <FailureAlert error={logIn.error} /> : null}
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(body: { username: string; password: string }) => logIn.mutate({ body })}
        >
          <Form.Item name="username" label={entry.username} rules={[{ required: true, message: common.required }]}>
            <Input autoFocus autoComplete="username" maxLength={40} />
          </Form.Item>
          <Form.Item name="password" label={entry.password} rules={[{ required: true, message: common.required }]}>
            <PasswordInput autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={logIn.isPending}>
            {entry.logIn}
          </Button>
        </Form>
      </Card>
    </main>
  )
}

/** Who comes back goes on where they were; another person begins at the board. */
function begin(session: Session): void {
  if (sessionStore.isAnother(session.user)) location.hash = '#/board'
  sessionStore.begin(session)
}
