import { App, Button, Popconfirm } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly account: Account; readonly onChange: () => void; readonly onPassword: () => void }

export function AccountActions({ account, onChange, onPassword }: Props) {
  const { common, people } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const change = useStationMutation(routes.accountChange, {
    stale: [routes.accountList],
    onDone: () => message.success(people.changed),
  })
  const setDisabled = (disabled: boolean) => change.mutate({ params: { id: account.id }, body: { disabled } })
  return (
    <span className="row-actions">
      <Button size="small" onClick={onChange}>
        {common.edit}
      </Button>
      <Button size="small" onClick={onPassword}>
        {people.resetPassword}
      </Button>
      {account.lockedUntil === undefined ? null : (
        <Button
          size="small"
          loading={change.isPending}
          onClick={() => change.mutate({ params: { id: account.id }, body: { unlocked: true } })}
        >
          {people.unlock}
        </Button>
      )}
      {account.disabled ? (
        <Button size="small" loading={change.isPending} onClick={() => setDisabled(false)}>
          {people.enable}
        </Button>
      ) : account.id === user.id ? null : (
        <Popconfirm
          title={people.disableTitle(account.displayName)}
          description={people.disableHint}
          okText={people.disable}
          cancelText={common.cancel}
          onConfirm={() => setDisabled(true)}
        >
          <Button size="small" danger loading={change.isPending}>
            {people.disable}
          </Button>
        </Popconfirm>
      )}
    </span>
  )
}
