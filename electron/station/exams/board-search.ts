import { type BoardFlag, type BoardOrder, boardFlagBits } from '../../../shared/models/board.ts'
import type { ExamState } from '../../../shared/models/exam.ts'
import type { Database } from '../db/open-database.ts'
import { type BoardConditions, type BoardHit, prepareBoardSearchSql } from './board-search-sql.ts'

export type BoardQuery = Omit<BoardConditions, 'flags' | 'words' | 'hurries'> & {
  readonly flag?: BoardFlag | undefined
  /** Looked for in name, pinyin, initials, phone, accession number and patient id; each word of it somewhere. */
  readonly text?: string | undefined
  /** late: those whose hour runs, the earliest deadline first, then the others. Absent: all of them newest first. */
  readonly order?: BoardOrder | undefined
  /** From 1. */
  readonly page: number
  readonly pageSize: number
}

export type BoardFound = {
  /** Of the page, in the order that was asked for. */
  readonly examIds: readonly string[]
  readonly total: number
  /** By state, under the same conditions but the state. */
  readonly counts: Partial<Record<ExamState, number>>
}

/** So few hits are read whole: one walk of the index answers page, total and counts. */
const few = 400

export type BoardSearch = ReturnType<typeof createBoardSearch>

/** Which exams the board shows. It reads `exam_fact` as it stands: see that it is up to date before. */
export function createBoardSearch(db: Database) {
  const sql = prepareBoardSearchSql(db)

  /** A page that may begin among those whose hour runs and end among the others. */
  function lateHits(conditions: BoardConditions, limit: number, start: number): BoardHit[] {
    const late = sql.late(conditions, limit, start)
    if (late.length === limit) return late
    const skipped = late.length > 0 ? 0 : start - sql.lateCount(conditions)
    return [...late, ...sql.hits({ ...conditions, hurries: false }, limit - late.length, skipped)]
  }

  return {
    find({ text, flag, order, page, pageSize, state, ...query }: BoardQuery): BoardFound {
      const any: BoardConditions = {
        ...query,
        ...(flag && { flags: boardFlagBits[flag] }),
        ...wordsOf(text),
      }
      const start = (page - 1) * pageSize
      const first = sql.hits(any, few, 0)
      if (first.length < few) {
        const counts = countBy(first)
        const ofState = state ? first.filter((hit) => hit.state === state) : first
        const chosen = order === 'late' ? lateFirst(ofState) : ofState
        const examIds = chosen.slice(start, start + pageSize).map((hit) => hit.exam_id)
        return { examIds, total: chosen.length, counts }
      }
      const counts: BoardFound['counts'] = Object.fromEntries(sql.counts(any).map((row) => [row.state, row.count]))
      const total = state ? (counts[state] ?? 0) : Object.values(counts).reduce((sum, count) => sum + count, 0)
      const chosen = { ...any, ...(state && { state }) }
      const list = order === 'late' ? lateHits : sql.hits
      const hits = start < total ? list(chosen, pageSize, start) : []
      return { examIds: hits.map((hit) => hit.exam_id), total, counts }
    },
  }
}

const lateFirst = (hits: readonly BoardHit[]): readonly BoardHit[] =>
  hits.toSorted((a, b) => (a.deadline_at ?? Number.MAX_SAFE_INTEGER) - (b.deadline_at ?? Number.MAX_SAFE_INTEGER))

function countBy(hits: readonly { readonly state: ExamState }[]): BoardFound['counts'] {
  const counts: Partial<Record<ExamState, number>> = {}
  for (const { state } of hits) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** As an input method or a scanner writes them: full-width digits and letters are the narrow ones. */
function wordsOf(text = ''): { readonly words?: readonly string[] } {
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean)
  return words.length > 0 ? { words } : {}
}
