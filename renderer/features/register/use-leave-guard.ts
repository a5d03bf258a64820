import { useCallback, useEffect, useRef } from 'react'
import { useBlocker } from 'react-router'
import { useTypedAddress } from '../../components/use-typed-address.ts'

type Guard = {
  /** Something was typed that would have to be typed again. */
  readonly isTyped: () => boolean
  /** Asks the person; answers whether the page may be left. */
  readonly ask: () => Promise<boolean>
}

/**
 * Nobody leaves a patient half registered without being asked: not by the menu, by Back, by a scan, or by closing the window. What it
 * answers asks the same for somebody who leads to another page, who then is not stopped a second time.
 */
export function useLeaveGuard({ isTyped, ask }: Guard): () => Promise<boolean> {
  const guard = useRef({ isTyped, ask })
  const agreed = useRef(false)
  useEffect(() => {
    guard.current = { isTyped, ask }
  })
  const blocker = useBlocker(
    useCallback<Exclude<Parameters<typeof useBlocker>[0], boolean>>(
      ({ currentLocation, nextLocation }) =>
        currentLocation.pathname !== nextLocation.pathname && !agreed.current && guard.current.isTyped(),
      [],
    ),
  )
  useTypedAddress(() => !agreed.current && guard.current.isTyped())
  const { state } = blocker
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each attempt to leave
  useEffect(() => {
    if (state !== 'blocked') return
    void guard.current.ask().then((mayLeave) => (mayLeave ? blocker.proceed?.() : blocker.reset?.()))
  }, [state])
  useEffect(() => {
    // The desk's own window goes to the tray when it is closed, with everything in it.
    if (window.shell) return
    const keep = (event: BeforeUnloadEvent) => {
      if (guard.current.isTyped()) event.preventDefault()
    }
    addEventListener('beforeunload', keep)
    return () => removeEventListener('beforeunload', keep)
  }, [])
  return useCallback(async () => {
    agreed.current = !guard.current.isTyped() || (await guard.current.ask())
    return agreed.current
  }, [])
}
