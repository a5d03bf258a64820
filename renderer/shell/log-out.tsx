import { Spin } from 'antd'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { callStation } from '../api/call-station.ts'
import { sessionStore } from '../api/session-store.ts'

/** A page like every other, so that the page before it asks about what is not saved. The same person comes back to where they were. */
export function LogOut() {
  const navigate = useNavigate()
  const from: unknown = useLocation().state
  useEffect(() => {
    void end().then(() => navigate(typeof from === 'string' ? from : '/board', { replace: true }))
  }, [navigate, from])
  return <Spin fullscreen />
}

/** Ends here even when the station does not answer: the person at the desk wants to leave. */
async function end(): Promise<void> {
  // The token ends by itself.
  await callStation(routes.sessionEnd).catch(() => undefined)
  sessionStore.end()
}
