import { LockOutlined } from '@ant-design/icons'
import { Button, Card, Form } from 'antd'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { routes } from '../../shared/api/routes.ts'
import { callStation } from '../api/call-station.ts'
import { sessionStore } from '../api/session-store.ts'
import { useUser } from '../api/use-session.ts'
import { useStationMutation } from '../api/use-station-mutation.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { PasswordInput } from '../components/password-input.tsx'
import { useText } from '../text/use-text.tsx'
import { lockStore, useLocked } from './lock-store.ts'

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const lookEveryMilliseconds = 5000

/** Nobody touched the desk for a while: it asks for the password, and whatever was being written stays behind it. */
export function IdleLock() {
  const settings = useStationQuery(routes.settingsRead)
  const minutes = settings.data?.security.idleLockMinutes ?? 0
  const isLocked = useLocked()
  const lastTouch = useRef(Date.now())

  useEffect(() => {
    const touch = () => {
      lastTouch.current = Date.now()
    }
    for (const name of touches) window.addEventListener(name, touch, { capture: true, passive: true })
    return () => {
      for (const name of touches) window.removeEventListener(name, touch, { capture: true })
    }
  }, [])
  useEffect(() => {
    if (isLocked || minutes === 0) return
    lastTouch.current = Date.now()
    const look = setInterval(() => {
      if (Date.now() - lastTouch.current >= minutes * 60_000) lockStore.lock()
    }, lookEveryMilliseconds)
    return () => clearInterval(look)
  }, [isLocked, minutes])

  return isLocked ? createPortal(<LockScreen />, document.body) : null
}

function LockScreen() {
  const { common, entry } = useText()
  const user = useUser()
  const screen = useRef<HTMLDivElement>(null)
  const unlock = useStationMutation(routes.sessionUnlock, { onDone: lockStore.open, onFailure: () => undefined })

  // Everything behind it can be neither read nor reached: dialogs too, and those that open only now.
  useEffect(() => {
    const shut = new Set<Element>()
    const shutOthers = () => {
      for (const one of document.body.children) {
        if (one === screen.current || one.hasAttribute('inert')) continue
        one.setAttribute('inert', '')
        shut.add(one)
      }
    }
    shutOthers()
    const arrivals = new MutationObserver(shutOthers)
    arrivals.observe(document.body, { childList: true })
    return () => {
      arrivals.disconnect()
      for (const one of shut) one.removeAttribute('inert')
    }
  }, [])
  // The keys of the page behind it listen at the window: nothing gets that far.
  useEffect(() => {
    const keep = (event: KeyboardEvent) => event.stopPropagation()
    document.addEventListener('keydown', keep)
    return () => document.removeEventListener('keydown', keep)
  }, [])

  return (
    <div ref={screen} className="lock-screen" role="dialog" aria-modal="true" aria-label={entry.locked}>
      <Card className="entry-card entry-card-small">
        <p className="entry-brand">{common.productName}</p>
        <h1 className="entry-title">
          <LockOutlined aria-hidden /> {entry.locked}
        </h1>
        <p className="lock-who">{entry.lockedBy(user.displayName)}</p>
        {unlock.error ? <FailureAlert error={unlock.error} /> : null}
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={({ password }: { password: string }) => unlock.mutate({ body: { password } })}
        >
          <Form.Item name="password" label={entry.password} rules={[{ required: true, message: common.required }]}>
            <PasswordInput autoFocus autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={unlock.isPending}>
            {entry.unlock}
          </Button>
          <Button type="link" block onClick={leave}>
            {entry.otherPerson}
          </Button>
        </Form>
      </Card>
    </div>
  )
}

/** What was not saved is kept by the station where the page said so. Without a station the session ends here all the same. */
async function leave(): Promise<void> {
  await callStation(routes.sessionEnd).catch(() => undefined)
  lockStore.open()
  sessionStore.end()
}
