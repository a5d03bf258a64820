import { boardFlagBits, type Statistics, type Tally } from '../../../shared/models/board.ts'
import { chinaDay, readChinaTime } from '../../../shared/text/china-time.ts'
import type { CountedExam } from './statistics-sql.ts'

const dayMilliseconds = 24 * 3600_000
const nobody = '（未署名）'

type Growing = { -readonly [Key in keyof Tally]: Tally[Key] }
const empty = (key: string, name: string): Growing => ({
  key,
  name,
  exams: 0,
  images: 0,
  released: 0,
  positive: 0,
  negative: 0,
  critical: 0,
})

/**
 * Counts exams one by one, so that a year need not be in memory at once. `from`, `to`: days in China, both counted. `now`: a provincial
 * hour that ran out by then without delivery is late as well.
 */
export function createTally(from: string, to: string, now: number) {
  const total = empty('total', '合计')
  const byDay = new Map<string, Growing>(daysBetween(from, to).map((day) => [day, empty(day, day)]))
  const byDoctor = new Map<string, Growing>()
  const byAuditor = new Map<string, Growing>()
  const byItem = new Map<string, Growing>()
  const byModality = new Map<string, Growing>()
  const minutes: number[] = []
  let late = 0

  function of(group: Map<string, Growing>, key: string, name: string): Growing {
    const known = group.get(key) ?? empty(key, name)
    group.set(key, known)
    return known
  }

  return {
    add(exam: CountedExam): void {
      const day = chinaDay(exam.registeredAt)
      // Who has written nothing, or audited nothing, is no line of the doctors.
      const tallies = [
        total,
        of(byDay, day, day),
        of(byItem, `${exam.itemCode}/${exam.itemName}`, exam.itemName),
        of(byModality, exam.modality, exam.modality),
        ...(exam.positive === null ? [] : [of(byDoctor, exam.reportDoctor, exam.reportDoctor || nobody)]),
        ...(exam.auditDoctor === '' ? [] : [of(byAuditor, exam.auditDoctor, exam.auditDoctor)]),
      ]
      const isReleased = exam.firstReleasedAt !== null
      for (const tally of tallies) {
        tally.exams++
        tally.images += exam.imageCount
        if (isReleased) tally.released++
        if (exam.positive === 'positive') tally.positive++
        if (exam.positive === 'negative') tally.negative++
        if (exam.flags & boardFlagBits.critical) tally.critical++
      }
      if (exam.firstReleasedAt !== null) minutes.push((exam.firstReleasedAt - exam.registeredAt) / 60_000)
      if (exam.isLate || (exam.deadlineAt !== null && exam.deadlineAt < now)) late++
    },
    result: (): Statistics => ({
      from,
      to,
      total,
      byDay: [...byDay.values()],
      byDoctor: mostFirst(byDoctor),
      byAuditor: mostFirst(byAuditor),
      byItem: mostFirst(byItem),
      byModality: mostFirst(byModality),
      minutesToRelease: minutes.length > 0 ? quantilesOf(minutes) : null,
      late,
    }),
  }
}

/** 'YYYY-MM-DD', both ends counted. China has no summer time: every day is as long. */
export function daysBetween(from: string, to: string): string[] {
  const [first, last] = [readChinaTime(from), readChinaTime(to)]
  if (first === undefined || last === undefined) return []
  const count = Math.round((last - first) / dayMilliseconds) + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => chinaDay(first + index * dayMilliseconds))
}

const mostFirst = (group: ReadonlyMap<string, Tally>): Tally[] =>
  [...group.values()].sort((a, b) => b.exams - a.exams || a.name.localeCompare(b.name, 'zh-CN'))

/** Whole minutes; the value below which half, and nine tenths, of all lie. */
function quantilesOf(values: readonly number[]): { median: number; p90: number } {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { median: at(0.5), p90: at(0.9) }
}
