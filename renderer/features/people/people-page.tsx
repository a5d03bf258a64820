import { Alert, Button, Table, type TableColumnsType, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { AccountActions } from './account-actions.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'create' }
  | { readonly kind: 'change'; readonly account: Account }
  | { readonly kind: 'password'; readonly account: Account }

export function PeoplePage() {
  const { people, words } = useText()
  const user = useUser()
  const mayChange = mayCall(user, routes.accountChange)
  const accounts = useStationQuery(routes.accountList)
  const [open, setOpen] = useState<Open>({ kind: 'none' })
  const close = () => setOpen({ kind: 'none' })
  const columns: TableColumnsType<Account> = [
    {
      title: people.displayName,
      render: (_, account) => (
        <>
          {account.displayName} {account.id === user.id ? <span className="faint">{people.you}</span> : null}
        </>
      ),
    },
    { title: people.username, dataIndex: 'username', className: 'mono' },
    { title: people.role, render: (_, account) => words.role[account.role] },
    { title: people.doctorCode, dataIndex: 'doctorCode', className: 'mono' },
    {
      title: people.state,
      width: 190,
      render: (_, account) => <AccountState account={account} />,
    },
    {
      key: 'actions',
      width: 300,
      render: (_, account) =>
        mayChange ? (
          <AccountActions
            account={account}
            onChange={() => setOpen({ kind: 'change', account })}
            onPassword={() => setOpen({ kind: 'password', account })}
          />
        ) : null,
    },
  ]
  return (
    <section className="page">
      <PageHeading
        title={people.title}
        extra={
          mayChange ? (
            <Button type="primary" onClick={() => setOpen({ kind: 'create' })}>
              {people.create}
            </Button>
          ) : null
        }
      />
      {mayChange ? null : <Alert type="info" showIcon title={people.onlyAdministrator} />}
      {accounts.error ? <FailureAlert error={accounts.error} onRetry={() => accounts.refetch()} /> : null}
      <Table<Account>
        size="small"
        rowKey="id"
        loading={accounts.isPending}
        columns={columns}
        dataSource={accounts.data ?? []}
        pagination={false}
      />
      {open.kind === 'create' ? <AccountDialog onClose={close} /> : null}
      {open.kind === 'change' ? <AccountDialog account={open.account} onClose={close} /> : null}
      {open.kind === 'password' ? <PasswordDialog account={open.account} onClose={close} /> : null}
    </section>
  )
}

function AccountState({ account }: { readonly account: Account }) {
  const { people } = useText()
  if (account.disabled) return <Tag>{people.disabled}</Tag>
  if (account.lockedUntil !== undefined)
    return (
      <Tag color="red" title={people.lockedHint}>
        {people.locked(dayjs(account.lockedUntil).format('HH:mm'))}
      </Tag>
    )
  return (
    <>
      <Tag color="green">{people.active}</Tag>
      {account.mustChangePassword ? <Tag color="orange">{people.mustChangeShort}</Tag> : null}
    </>
  )
}
