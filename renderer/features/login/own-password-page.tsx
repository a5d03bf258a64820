import { Alert, Button, Card } from 'antd'
import { sessionStore } from '../../api/session-store.ts'
import { useUser } from '../../api/use-session.ts'
import { useText } from '../../text/use-text.tsx'
import { ChangePasswordForm } from './change-password-form.tsx'

/** Somebody else chose this person's password: it is changed before anything is shown. */
export function OwnPasswordPage() {
  const { common, entry, shell } = useText()
  const user = useUser()
  const done = () => {
    const { mustChangePassword: _, ...changed } = user
    sessionStore.update(changed)
  }
  return (
    <main className="entry">
      <Card className="entry-card entry-card-small">
        <p className="entry-brand">{common.productName}</p>
        <h1 className="entry-title">{entry.ownPasswordTitle(user.displayName)}</h1>
        <Alert type="info" showIcon title={entry.ownPasswordWhy} />
        <ChangePasswordForm onDone={done} />
        <Button type="link" block onClick={sessionStore.end}>
          {shell.logOut}
        </Button>
      </Card>
    </main>
  )
}
