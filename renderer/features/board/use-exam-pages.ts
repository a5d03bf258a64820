import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { AnswerOf } from '../../../shared/api/route.ts'
import { type Routes, routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import type { ExamListQuery } from './board-filter.ts'
import { type BoardRow, pagesOf, placesShown, sparseRows } from './sparse-rows.ts'

type ExamListAnswer = AnswerOf<Routes['examList']>

export type ExamList = {
  readonly rows: readonly BoardRow[]
  readonly total: number
  readonly counts: Readonly<Record<string, number>>
  /** The text that these rows are the answer to. */
  readonly text: string
  /** The list belongs to another question than the last one that had rows: its place begins at the top. */
  readonly key: string
}

type Range = { readonly key: string; readonly first: number; readonly last: number; readonly furthest: number }

/** What was typed and taken back is forgotten soon: each letter leaves a page behind. */
const remembered = 60_000

const nothing: ExamList = { rows: [], total: 0, counts: {}, text: '', key: '' }

/**
 * The list as if all of it were here. Only the pages that are looked at are asked for and kept fresh; the last list stays until the
 * first answer of a new question is there.
 */
export function useExamPages(query: ExamListQuery, pageSize: number) {
  const queryClient = useQueryClient()
  const key = JSON.stringify([query, pageSize])
  const [asked, setAsked] = useState<Range>({ key, first: 0, last: 0, furthest: 0 })
  const range = asked.key === key ? asked : { key, first: 0, last: 0, furthest: 0 }
  const pageOf = (query: ExamListQuery, page: number) => ({
    queryKey: queryKeyOf(routes.examList, {}, { ...query, page, pageSize }),
    gcTime: remembered,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      callStation(routes.examList, { query: { ...query, page, pageSize }, signal }),
  })
  const results = useQueries({
    queries: pagesOf(range.first, range.last, pageSize).map((page) => pageOf(query, page)),
  })
  const arrived = results.map(({ dataUpdatedAt }) => dataUpdatedAt).join()
  const newest = results
    .filter(({ data }) => data !== undefined)
    .toSorted((a, b) => b.dataUpdatedAt - a.dataUpdatedAt)[0]?.data

  // biome-ignore lint/correctness/useExhaustiveDependencies: `arrived` says when an answer changed; the cache holds the pages themselves
  const fresh = useMemo((): ExamList | undefined => {
    if (!newest) return undefined
    const pages = new Map<number, readonly ExamRow[]>()
    const known = queryClient.getQueriesData<ExamListAnswer>({ queryKey: [routes.examList.path] })
    for (const [[, , asked], answer] of known as [readonly [string, object, object], ExamListAnswer | undefined][]) {
      const { page, pageSize: size, ...rest } = asked as ExamListQuery & { page?: number }
      if (answer && page && rest.text === query.text && JSON.stringify([rest, size]) === key)
        pages.set(page, answer.rows)
    }
    const rows = sparseRows(pages, placesShown(newest.total, range.furthest), pageSize)
    return { rows, total: newest.total, counts: newest.counts, text: query.text ?? '', key }
  }, [key, arrived, range.furthest])

  const last = useRef(nothing)
  if (fresh) last.current = fresh

  return {
    list: fresh ?? last.current,
    isFirst: !fresh && last.current === nothing,
    isFresh: fresh !== undefined,
    error: results.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all(results.map((result) => result.refetch())),
    /** What will be shown next: the station is at work on it while the page is still drawn. */
    ask(next: ExamListQuery): void {
      void queryClient.prefetchQuery(pageOf(next, 1))
    },
    /** The places that a person sees now. */
    look(first: number, end: number): void {
      const furthest = Math.max(range.furthest, end)
      const same = pagesOf(first, end, pageSize).join() === pagesOf(range.first, range.last, pageSize).join()
      const grows =
        placesShown(Number.MAX_SAFE_INTEGER, furthest) !== placesShown(Number.MAX_SAFE_INTEGER, range.furthest)
      if (!same || grows) setAsked({ key, first, last: end, furthest })
    },
  }
}
