import { useEffect, useMemo } from 'react'
import { createSearchParams } from 'react-router'

/** The keys have rested so many milliseconds. Each new address is work for the browser, which the rows of the next key would wait for. */
const rest = 400

type Place = { readonly page: string | undefined; readonly step: unknown }

/** Where the browser stands: the page without its query, and the router's name for the step of the history. */
function placeNow(): Place {
  const state: unknown = window.history.state
  const step = typeof state === 'object' && state !== null && 'key' in state ? state.key : undefined
  return { page: window.location.hash.split('?')[0], step }
}

/** Writes the query of the page's address after a rest or when told to; never to another page that was gone to meanwhile. */
export function useLateAddress() {
  const address = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let waiting: { readonly at: Place; readonly query: Readonly<Record<string, string>> } | undefined
    const write = () => {
      clearTimeout(timer)
      const { page, step } = placeNow()
      if (waiting && waiting.at.page === page && waiting.at.step === step) {
        const query = createSearchParams(waiting.query).toString()
        window.history.replaceState(window.history.state, '', query ? `${page}?${query}` : page)
      }
      waiting = undefined
    }
    return {
      /** `step`: the router's name for the step of the history that the query belongs to; a page that is just being left writes to no other. */
      later(query: Readonly<Record<string, string>>, step: string): void {
        clearTimeout(timer)
        waiting = undefined
        const at = placeNow()
        if ((at.step ?? 'default') !== step) return
        waiting = { at, query }
        timer = setTimeout(write, rest)
      },
      write,
    }
  }, [])
  useEffect(() => {
    window.addEventListener('pagehide', address.write)
    return () => {
      window.removeEventListener('pagehide', address.write)
      address.write()
    }
  }, [address])
  return address
}
