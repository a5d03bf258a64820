import { useSyncExternalStore } from 'react'
import type { AnyRoute } from '../../shared/api/route.ts'
import type { Account } from '../../shared/models/account.ts'
import { type SessionState, sessionStore } from './session-store.ts'

export function useSession(): SessionState {
  return useSyncExternalStore(sessionStore.watch, sessionStore.read)
}

/** Who is logged in. Only for pages behind the login. */
export function useUser(): Account {
  const { session } = useSession()
  if (!session) throw new Error('no session behind the login')
  return session.user
}

export function mayCall(user: Account, route: AnyRoute): boolean {
  if (user.role === 'administrator' || typeof route.access === 'string') return true
  return route.access.includes(user.role)
}
