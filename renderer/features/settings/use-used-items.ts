import { useQueries } from '@tanstack/react-query'
import { routes } from '../../../shared/api/routes.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import type { UsedItem } from './unmapped-items.ts'

/** The newest exams tell which items are in use; so many pages of them are read. */
const pages = [1, 2, 3] as const

export function useUsedItems(): readonly UsedItem[] {
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: queryKeyOf(routes.examList, {}, { page }),
      queryFn: ({ signal }: { signal: AbortSignal }) => callStation(routes.examList, { query: { page }, signal }),
      staleTime: 30_000,
    })),
    combine: (answers) => answers.flatMap((answer) => answer.data?.rows.map((row) => row.exam) ?? []),
  })
}
