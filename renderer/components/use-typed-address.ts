import { useEffect, useRef } from 'react'
import { useLocation, useNavigate } from 'react-router'

const askers = new Set<(event: PopStateEvent) => void>()

// Before the router listens, which is made when all its pages are there.
globalThis.window?.addEventListener('popstate', (event) => {
  for (const ask of askers) ask(event)
})

/**
 * An address typed by hand asks like every other way out. The router's blockers hold back only steps between entries that it made
 * itself, and such an address is none: here it becomes a step of the router's. `isUnsaved`: something would be lost.
 */
export function useTypedAddress(isUnsaved: () => boolean): void {
  const navigate = useNavigate()
  const step = useLocation()
  const unsaved = useRef(isUnsaved)
  useEffect(() => {
    unsaved.current = isUnsaved
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step has its own address and state
  useEffect(() => {
    const [state, address] = [window.history.state, window.location.href]
    const ask = (event: PopStateEvent) => {
      // Every entry that the router made has a state.
      if (event.state !== null || !unsaved.current()) return
      const wanted = window.location.hash.slice(1) || '/'
      event.stopImmediatePropagation()
      window.history.replaceState(state, '', address)
      void navigate(wanted)
    }
    askers.add(ask)
    return () => {
      askers.delete(ask)
    }
  }, [step, navigate])
}
