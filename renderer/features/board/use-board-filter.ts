import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { type BoardFilter, readFilter, writeFilter } from './board-filter.ts'

export type ChangeFilter = (change: Partial<BoardFilter>, how?: { readonly typed: boolean }) => void

/** The board's filter, kept in the address. What is typed takes the place of the last address, what is chosen is a step for Back. */
export function useBoardFilter(): { readonly filter: BoardFilter; readonly change: ChangeFilter } {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => readFilter(search), [search])
  const change = useCallback<ChangeFilter>(
    (part, { typed } = { typed: false }) =>
      setSearch((now) => writeFilter({ ...readFilter(now), ...part }), { replace: typed }),
    [setSearch],
  )
  return { filter, change }
}
