import { Alert, Button, Card, Form, Input } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { type Session, sessionStore } from '../../api/session-store.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PasswordInput } from '../../components/password-input.tsx'
import { useText } from '../../text/use-text.tsx'
import './login.css'

export function LoginPage({ expired }: { readonly expired: boolean }) {
  const { common, entry, training } = useText()
  const logIn = useStationMutation(routes.sessionCreate, { onDone: begin, onFailure: () => undefined })
  const setup = useStationQuery(routes.setupState).data
  const shown = setup?.trainingUser
  return (
    <main className={setup?.mode === 'training' ? 'entry entry-training' : 'entry'}>
      <Card className="entry-card entry-card-small">
        <p className="entry-brand">{common.productName}</p>
        <h1 className="entry-title">{entry.loginTitle}</h1>
        {expired && !logIn.error ? <Alert type="info" showIcon title={entry.expired} /> : null}
        {shown && !logIn.error ? (
          <Alert
            type="warning"
            showIcon
            className="entry-shown"
            title={training.shownUser}
            description={
              <>
                <p className="mono">{training.shownUserIs(shown.username, shown.password)}</p>
                <Button type="primary" loading={logIn.isPending} onClick={() => logIn.mutate({ body: shown })}>
                  {training.enter}
                </Button>
              </>
            }
          />
        ) : null}
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
