import type { DayPage, OpenExam } from '../../../shared/models/board.ts'
import type { ExamState } from '../../../shared/models/exam.ts'
import type { BoardLamp } from './decide-board-fact.ts'

/** An exam that was registered on the day. */
export type DayExam = Omit<OpenExam, 'why'> & {
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
const openStates: Partial<Record<ExamState, readonly ['unexamined' | 'unwritten' | 'unaudited', string]>> = {
  registered: ['unexamined', '登记后还没有影像'],
  'in-progress': ['unexamined', '设备已开始检查，还没有影像'],
  imaged: ['unwritten', '有影像，还没有写报告'],
  written: ['unwritten', '写好还没提交'],
  returned: ['unwritten', '被退回，等待修改后再提交'],
  amending: ['unwritten', '正在修订，修订稿还没提交'],
  'awaiting-audit': ['unaudited', '已提交，等待审核'],
  approved: ['unaudited', '审核通过，还没有发布'],
}

const lampWords: Readonly<Record<BoardLamp['lamp'], string>> = {
  none: '',
  delivered: '',
  waiting: '等待上传',
  sending: '正在上传',
  blocked: '上传受阻',
}

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
    exam.lamps.filter((lamp) => lampWords[lamp.lamp] !== '' && destinations.has(lamp.destinationId))
  const owed = (isComparing: boolean) =>
    listOf(
      kept.flatMap((exam) => {
        const lamps = openLamps(exam).filter((lamp) => (lamp.isComparing ?? false) === isComparing)
        const words = lamps.map((lamp) => {
          const otherwise = isComparing ? '已送达，数量还没有核对' : lampWords[lamp.lamp]
          return `${destinations.get(lamp.destinationId)}：${lamp.reason ?? otherwise}`
        })
        return words.length > 0 ? [{ ...exam, why: words.join('；') }] : []
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

function listOf(exams: readonly (DayExam & { readonly why: string })[]): DayPage['unwritten'] {
  const rows = exams
    .slice(0, mostListed)
    .map(({ examId, accessionNumber, patientName, itemName, registeredAt, why }) => ({
      examId,
      accessionNumber,
      patientName,
      itemName,
      registeredAt,
      why,
    }))
  return { total: exams.length, rows }
}
