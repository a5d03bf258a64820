import { useQueryClient } from '@tanstack/react-query'
import { Spin } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { routes } from '../../shared/api/routes.ts'
import { useSession } from '../api/use-session.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { LoginPage } from '../features/login/login-page.tsx'
import { OwnPasswordPage } from '../features/login/own-password-page.tsx'
import { SetupPage } from '../features/setup/setup-page.tsx'
import { IdleLock } from './idle-lock.tsx'

/** First start, login, or the desk itself. What a person saw is forgotten with the session. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { session, expired } = useSession()
  const queryClient = useQueryClient()
  const setup = useStationQuery(routes.setupState, { enabled: !session })
  useEffect(() => {
    if (!session) queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== routes.setupState.path })
  }, [session, queryClient])

  if (session?.user.mustChangePassword) return <OwnPasswordPage />
  if (session) {
    return (
      <>
        {children}
        <IdleLock />
      </>
    )
  }
  if (setup.error) {
    return (
      <main className="entry">
        <FailureAlert error={setup.error} onRetry={() => setup.refetch()} />
      </main>
    )
  }
  if (!setup.data) return <Spin fullscreen />
  return setup.data.needed ? <SetupPage /> : <LoginPage expired={expired} />
}
