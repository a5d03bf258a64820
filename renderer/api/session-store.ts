import type { Account } from '../../shared/models/account.ts'

export type Session = { readonly token: string; readonly user: Account }
/** `expired`: the station no longer knew the token. */
export type SessionState = { readonly session: Session | undefined; readonly expired: boolean }

const storageKey = 'station-session'
const watchers = new Set<() => void>()

function storedSession(): Session | undefined {
  const text = globalThis.sessionStorage?.getItem(storageKey)
  if (!text) return undefined
  try {
    return JSON.parse(text) as Session
  } catch {
    return undefined
  }
}

let state: SessionState = { session: storedSession(), expired: false }
/** Whose page still stands in the address. */
let lastUser: string | undefined

function change(next: SessionState): void {
  lastUser = state.session?.user.id ?? lastUser
  state = next
  if (next.session) sessionStorage.setItem(storageKey, JSON.stringify(next.session))
  else sessionStorage.removeItem(storageKey)
  for (const watcher of watchers) watcher()
}

/** The one session of this window. It lives as long as the tab: sessionStorage, never localStorage. */
export const sessionStore = {
  read: (): SessionState => state,
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
  begin: (session: Session): void => change({ session, expired: false }),
  /** Somebody else was the last one at this window: what they had open is not this person's business. */
  isAnother: ({ id }: Account): boolean => lastUser !== undefined && lastUser !== id,
  /** The person's own account has changed. */
  update(user: Account): void {
    if (state.session) change({ ...state, session: { ...state.session, user } })
  },
  end: (): void => change({ session: undefined, expired: false }),
  expire(token: string): void {
    if (state.session?.token === token) change({ session: undefined, expired: true })
  },
}
