import type { ExamState } from '../../../shared/models/exam.ts'
import type { Database } from '../db/open-database.ts'

/** What the board is narrowed by; what is absent narrows nothing. The first `registered_at` of the span belongs to it, the last does not. */
export type BoardConditions = {
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly state?: ExamState | undefined
  readonly modality?: string | undefined
  readonly doctor?: string | undefined
  /** Bits of `exam_fact.flags`, one of which is set. */
  readonly flags?: number | undefined
  /** In lower case; each stands somewhere in `exam_fact.search`. */
  readonly words?: readonly string[] | undefined
  /** Whether a deadline runs; absent: either. */
  readonly hurries?: boolean | undefined
}

export type BoardHit = { readonly exam_id: string; readonly state: ExamState; readonly deadline_at: number | null }

/** More words than a search box takes would make a new statement each. */
const mostWords = 5

/** The text, wherever it stands: the signs with a meaning for GLOB mean themselves. */
const anywhere = (word: string): string => `*${word.replace(/[*?[]/g, '[$&]')}*`

/** Days and state stand in the narrow index as well: a walk of it is cheaper. */
const isPlain = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(values).every(([key, value]) => value === undefined || ['from', 'to', 'state'].includes(key))

export function prepareBoardSearchSql(db: Database) {
  const prepared = new Map<string, ReturnType<Database['prepare']>>()
  function statement(text: string) {
    const known = prepared.get(text) ?? db.prepare(text)
    prepared.set(text, known)
    return known
  }

  function where(conditions: BoardConditions): { text: string; values: Record<string, unknown> } {
    const words = (conditions.words ?? []).slice(0, mostWords)
    const parts = [
      conditions.from !== undefined && 'registered_at >= @from',
      conditions.to !== undefined && 'registered_at < @to',
      conditions.state !== undefined && 'state = @state',
      conditions.modality !== undefined && 'modality = @modality',
      conditions.doctor !== undefined && '(report_doctor = @doctor or audit_doctor = @doctor)',
      conditions.flags !== undefined && 'flags & @flags <> 0',
      conditions.hurries !== undefined && `deadline_at is ${conditions.hurries ? 'not ' : ''}null`,
      ...words.map((_, index) => `search glob @word${index}`),
    ].filter((part) => part !== false)
    const { words: _words, hurries: _hurries, ...values } = conditions
    const named = Object.fromEntries(words.map((word, index) => [`word${index}`, anywhere(word)]))
    return { text: parts.length > 0 ? `where ${parts.join(' and ')}` : '', values: { ...values, ...named } }
  }

  return {
    /** Newest first. */
    hits(conditions: BoardConditions, limit: number, offset: number): BoardHit[] {
      const { text, values } = where(conditions)
      const index = conditions.state !== undefined && isPlain(values) ? 'exam_fact_state' : 'exam_fact_search'
      const found = statement(
        `select exam_id, state, deadline_at from exam_fact indexed by ${index} ${text}
         order by registered_at desc, accession_number desc limit @limit offset @offset`,
      )
      return found.all({ ...values, limit, offset }) as BoardHit[]
    },
    /** Those whose hour runs, the earliest deadline first. */
    late(conditions: BoardConditions, limit: number, offset: number): BoardHit[] {
      const { text, values } = where({ ...conditions, hurries: true })
      const found = statement(
        `select exam_id, state, deadline_at from exam_fact indexed by exam_fact_deadline ${text}
         order by deadline_at, registered_at desc limit @limit offset @offset`,
      )
      return found.all({ ...values, limit, offset }) as BoardHit[]
    },
    lateCount(conditions: BoardConditions): number {
      const { text, values } = where({ ...conditions, hurries: true })
      const found = statement(`select count(*) count from exam_fact indexed by exam_fact_deadline ${text}`)
      return (found.get(values) as { count: number }).count
    },
    counts(conditions: BoardConditions): { state: ExamState; count: number }[] {
      const { text, values } = where(conditions)
      const index = isPlain(values) ? 'exam_fact_state' : 'exam_fact_search'
      const found = statement(`select state, count(*) count from exam_fact indexed by ${index} ${text} group by state`)
      return found.all(values) as { state: ExamState; count: number }[]
    },
  }
}
