import type { DayPage, OpenExam } from '../../../shared/models/board.ts'
import type { ExamState } from '../../../shared/models/exam.ts'
import { type BothWords, inBoth, statements } from '../../../shared/problems/both-words.ts'
import type { BoardLamp } from './decide-board-fact.ts'

/** An exam that was registered on the day. */
export type DayExam = Omit<OpenExam, 'why' | 'whyInEnglish'> & {
  readonly state: ExamState
  readonly imageCount: number
  readonly isWritten: boolean
  readonly isReleased: boolean
  readonly lamps: readonly BoardLamp[]
}

export type DayFacts = {
  readonly day: string
  readonly exams: readonly DayExam[]
  readonly unmatched: DayPage['unmatched']['rows']
  /** Destination → its name; one that was removed has none and is owed nothing. */
  readonly destinations: ReadonlyMap<string, string>
}

const mostListed = 200

/** Why an exam in this state is not finished, and in which list it stands. */
const openStates: Partial<Record<ExamState, readonly ['unexamined' | 'unwritten' | 'unaudited', BothWords]>> = {
  registered: ['unexamined', inBoth('登记后还没有影像', 'Registered, no images yet')],
  'in-progress': ['unexamined', inBoth('设备已开始检查，还没有影像', 'The device has begun, no images yet')],
  imaged: ['unwritten', inBoth('有影像，还没有写报告', 'Images are there, no report yet')],
  written: ['unwritten', inBoth('写好还没提交', 'Written, not submitted yet')],
  returned: ['unwritten', inBoth('被退回，等待修改后再提交', 'Returned: to be changed and submitted again')],
  amending: ['unwritten', inBoth('正在修订，修订稿还没提交', 'Being amended, not submitted yet')],
  'awaiting-audit': ['unaudited', inBoth('已提交，等待审核', 'Submitted, waits for its audit')],
  approved: ['unaudited', inBoth('审核通过，还没有发布', 'Approved, not released yet')],
}

const lampWords: Readonly<Record<BoardLamp['lamp'], BothWords | undefined>> = {
  none: undefined,
  delivered: undefined,
  waiting: inBoth('等待上传', 'waits to be sent'),
  sending: inBoth('正在上传', 'being sent'),
  blocked: inBoth('上传受阻', 'blocked'),
}

const uncounted = inBoth('已送达，数量还没有核对', 'Delivered, the counts are not compared yet')

/** What a day left open, each with why, in words. Pure. */
export function decideDay({ day, exams, unmatched, destinations }: DayFacts): DayPage {
  const kept = exams.filter((exam) => exam.state !== 'cancelled')
  const inList = (list: string) =>
    listOf(
      kept.flatMap((exam) => {
        const [place, why] = openStates[exam.state] ?? []
        return place === list && why ? [{ ...exam, why }] : []
      }),
    )
  const openLamps = (exam: DayExam) =>
    exam.lamps.filter((lamp) => lampWords[lamp.lamp] && destinations.has(lamp.destinationId))
  const owes = (lamp: BoardLamp, isComparing: boolean): BothWords => {
    const name = destinations.get(lamp.destinationId)
    const otherwise = isComparing ? uncounted : lampWords[lamp.lamp]
    const chinese = lamp.reason ?? otherwise?.chinese ?? ''
    return inBoth(`${name}：${chinese}`, `${name}: ${lamp.reasonInEnglish ?? lamp.reason ?? otherwise?.english ?? ''}`)
  }
  const owed = (isComparing: boolean) =>
    listOf(
      kept.flatMap((exam) => {
        const lamps = openLamps(exam).filter((lamp) => (lamp.isComparing ?? false) === isComparing)
        return lamps.length > 0 ? [{ ...exam, why: statements(lamps.map((lamp) => owes(lamp, isComparing))) }] : []
      }),
    )
  const count = (fits: (exam: DayExam) => boolean) => kept.filter(fits).length
  return {
    day,
    counts: {
      registered: kept.length,
      imaged: count((exam) => exam.imageCount > 0),
      written: count((exam) => exam.isWritten),
      released: count((exam) => exam.isReleased),
      delivered: count(
        (exam) =>
          openLamps(exam).length === 0 &&
          exam.lamps.some(({ lamp, destinationId }) => lamp === 'delivered' && destinations.has(destinationId)),
      ),
      cancelled: exams.length - kept.length,
    },
    unmatched: { total: unmatched.length, rows: unmatched.slice(0, mostListed) },
    unexamined: inList('unexamined'),
    unwritten: inList('unwritten'),
    unaudited: inList('unaudited'),
    undelivered: owed(false),
    unreconciled: owed(true),
  }
}

function listOf(exams: readonly (DayExam & { readonly why: BothWords })[]): DayPage['unwritten'] {
  const rows = exams
    .slice(0, mostListed)
    .map(({ examId, accessionNumber, patientName, itemName, registeredAt, why }) => ({
      examId,
      accessionNumber,
      patientName,
      itemName,
      registeredAt,
      why: why.chinese,
      whyInEnglish: why.english,
    }))
  return { total: exams.length, rows }
}
