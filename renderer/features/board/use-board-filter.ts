import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { type BoardFilter, readFilter, writeFilter } from './board-filter.ts'
import { useLateAddress } from './use-late-address.ts'

export type ChangeFilter = (change: Partial<BoardFilter>, how?: { readonly typed: boolean }) => void

/**
 * The board's filter, kept in the address. What is chosen is a step for Back. What is typed takes the place of the last address when
 * the keys rest, and the router is not asked: it would draw the whole desk again. It reads the address when somebody comes back.
 */
export function useBoardFilter() {
  const [search, setSearch] = useSearchParams()
  const { key } = useLocation()
  const [typed, setTyped] = useState<{ readonly at: string; readonly text: string }>()
  const address = useLateAddress()
  const text = typed?.at === key ? typed.text : undefined
  const filter = useMemo(() => {
    const read = readFilter(search)
    return text === undefined ? read : { ...read, text }
  }, [search, text])
  const now = useRef({ key, filter })
  useLayoutEffect(() => {
    now.current = { key, filter }
  })
  const change = useCallback<ChangeFilter>(
    (part, how) => {
      const next = { ...now.current.filter, ...part }
      if (!how?.typed) {
        address.write()
        return setSearch(writeFilter(next))
      }
      now.current.filter = next
      setTyped({ at: now.current.key, text: next.text })
      address.later(writeFilter(next), now.current.key)
    },
    [setSearch, address],
  )
  /** Before the board is left, so that Back finds what was typed. */
  return { filter, change, keepTyped: address.write }
}
