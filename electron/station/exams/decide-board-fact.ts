import { boardFlagBits } from '../../../shared/models/board.ts'
import type { ExamRow, ExamState } from '../../../shared/models/exam.ts'
import { examStateOf } from '../../../shared/models/exam-state.ts'
import type { OutboxTaskState } from '../../../shared/models/outbox-task.ts'
import type { ReportState, ReportVersion } from '../../../shared/models/report.ts'

/** What lists read of a report's version. */
export type ReportInShort = Pick<ReportVersion, 'version' | 'state'> &
  Partial<Pick<ReportVersion, 'positive' | 'critical' | 'infectious' | 'reportDoctor' | 'auditDoctor' | 'releasedAt'>>

/** The tasks of one destination that are in one state; `isComparing`: those that only compare counts (reconcilelog). */
export type TaskGroup = {
  readonly destinationId: string
  readonly state: OutboxTaskState
  readonly isComparing: boolean
  /** One of them, not of an image, gave way to newer content before anything of its step had arrived. */
  readonly isGivenUp: boolean
  /** The first task of them that says why; the first one where none does. */
  readonly taskId: string
  readonly reason: string | null
  readonly reasonInEnglish: string | null
  readonly action: string | null
  readonly actionInEnglish: string | null
  readonly code: string | null
}

/** Everything that the board's row of an exam follows from, gathered at one moment. */
export type BoardSources = {
  readonly exam: {
    readonly id: string
    readonly registeredAt: number
    readonly accessionNumber: string
    readonly isCancelled: boolean
    readonly modality: string
    readonly itemCode: string
    readonly itemName: string
    readonly category: string
    readonly infectious: boolean
  }
  readonly patient: { readonly search: string; readonly patientId: string }
  /** Of cards and of the hospital's own system, with blanks between. */
  readonly numbers: string
  readonly images: { readonly count: number; readonly series: number; readonly firstAt: number | null }
  /** When the first performed step that is not discontinued was told; null: there is none. */
  readonly performedAt: number | null
  /** Newest first. */
  readonly reports: readonly ReportInShort[]
  /** Of tasks that lamps show. */
  readonly tasks: readonly TaskGroup[]
  readonly deadlineAt: number | null
  readonly isLate: boolean
}

/** A lamp that is not dark. `isComparing`: everything was delivered, and only the counts are still to be compared. */
export type BoardLamp = Pick<
  ExamRow['lamps'][number],
  'destinationId' | 'lamp' | 'reason' | 'reasonInEnglish' | 'action' | 'actionInEnglish' | 'code' | 'taskId'
> & {
  readonly isComparing?: true
}

/** One row of `exam_fact`. Times are epoch milliseconds. */
export type BoardFact = {
  readonly examId: string
  readonly registeredAt: number
  readonly accessionNumber: string
  readonly state: ExamState
  readonly modality: string
  readonly flags: number
  readonly reportDoctor: string
  readonly auditDoctor: string
  readonly search: string
  readonly itemCode: string
  readonly itemName: string
  readonly imageCount: number
  readonly seriesCount: number
  readonly examinedAt: number | null
  readonly firstReleasedAt: number | null
  readonly deadlineAt: number | null
  readonly isLate: boolean
  readonly report: (NonNullable<ExamRow['report']> & { readonly state: ReportState }) | null
  readonly lamps: readonly BoardLamp[]
}

/** What the board shows of an exam. Pure; the state is decided in exam-state.ts, and nowhere else. */
export function decideBoardFact(sources: BoardSources): BoardFact {
  const { exam, patient, images, performedAt, reports } = sources
  const [newest] = reports
  const lamps = lampsOf(sources.tasks, newest !== undefined && newest.state !== 'released')
  const flags =
    (newest?.critical ? boardFlagBits.critical : 0) |
    (exam.infectious || newest?.infectious ? boardFlagBits.infectious : 0) |
    (exam.category === 'emergency' ? boardFlagBits.emergency : 0) |
    (sources.deadlineAt !== null ? boardFlagBits.overdue : 0) |
    (lamps.some(({ lamp }) => lamp === 'blocked') ? boardFlagBits.blocked : 0)
  const began = [images.firstAt, performedAt].filter((at) => at !== null)
  const releases = reports.flatMap(({ releasedAt }) => releasedAt ?? [])
  return {
    examId: exam.id,
    registeredAt: exam.registeredAt,
    accessionNumber: exam.accessionNumber,
    state: examStateOf({
      cancelled: exam.isCancelled,
      imageCount: images.count,
      isPerformed: performedAt !== null,
      report: newest?.state,
      amending: (newest?.version ?? 1) > 1,
    }),
    modality: exam.modality,
    flags,
    // A version that is being amended names nobody yet.
    reportDoctor: nameIn(reports.map((one) => one.reportDoctor)),
    auditDoctor: nameIn(reports.map((one) => one.auditDoctor)),
    search: `${patient.search} ${exam.accessionNumber} ${patient.patientId} ${sources.numbers}`.trimEnd().toLowerCase(),
    itemCode: exam.itemCode,
    itemName: exam.itemName,
    imageCount: images.count,
    seriesCount: images.series,
    examinedAt: began.length > 0 ? Math.min(...began) : null,
    firstReleasedAt: releases.length > 0 ? Math.min(...releases) : null,
    deadlineAt: sources.deadlineAt,
    isLate: sources.isLate,
    report: newest
      ? {
          version: newest.version,
          state: newest.state,
          positive: newest.positive ?? 'undetermined',
          critical: newest.critical ?? false,
          infectious: newest.infectious ?? false,
          reportDoctor: newest.reportDoctor?.name ?? '',
          auditDoctor: newest.auditDoctor?.name ?? '',
          releasedAt: newest.releasedAt ?? null,
        }
      : null,
    lamps,
  }
}

const nameIn = (people: readonly ({ readonly name: string } | undefined)[]): string =>
  people.find((one) => one?.name)?.name ?? ''

function lampsOf(tasks: readonly TaskGroup[], isUnreleased: boolean): BoardLamp[] {
  const destinations = [...new Set(tasks.map((group) => group.destinationId))].sort()
  return destinations.flatMap(
    (id) =>
      lampOf(
        tasks.filter((group) => group.destinationId === id),
        isUnreleased,
      ) ?? [],
  )
}

/** The worst news wins. An amendment that began before all had arrived leaves the lamp dark until its release. */
function lampOf(groups: readonly TaskGroup[], isUnreleased: boolean): BoardLamp | undefined {
  const { destinationId } = groups[0]!
  const inState = (...states: readonly OutboxTaskState[]) => {
    const fitting = groups.filter((group) => states.includes(group.state))
    return fitting.find((group) => group.reason !== null) ?? fitting[0]
  }
  const open = (group: TaskGroup) => !['delivered', 'cancelled'].includes(group.state)
  const isComparing = groups.some(open) && groups.filter(open).every((group) => group.isComparing)
  const worst = inState('blocked') ?? inState('sending') ?? inState('waiting', 'sent-unconfirmed')
  if (!worst && isUnreleased && groups.some((group) => group.isGivenUp)) return undefined
  if (!worst) return inState('delivered') && { destinationId, lamp: 'delivered' }
  return {
    destinationId,
    lamp: worst.state === 'blocked' || worst.state === 'sending' ? worst.state : 'waiting',
    taskId: worst.taskId,
    ...(worst.reason && { reason: worst.reason }),
    ...(worst.reasonInEnglish && { reasonInEnglish: worst.reasonInEnglish }),
    ...(worst.action && { action: worst.action }),
    ...(worst.actionInEnglish && { actionInEnglish: worst.actionInEnglish }),
    ...(worst.code && { code: worst.code }),
    ...(isComparing && { isComparing }),
  }
}
