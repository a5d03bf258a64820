import type { QueryInputOf } from '../../../shared/api/route.ts'
import type { Routes } from '../../../shared/api/routes.ts'
import type { SavedFilter } from '../../../shared/models/board.ts'
import { type ExamState, examStateSchema } from '../../../shared/models/exam.ts'
import { type DayChoice, daysOf, readDayChoice } from './date-preset.ts'

export const examFlags = ['emergency', 'critical', 'infectious', 'overdue', 'blocked'] as const
export type ExamFlag = (typeof examFlags)[number]
export type ExamListQuery = QueryInputOf<Routes['examList']>

/** What the board is narrowed by. All of it stands in the address, so that Back and a shared address show the same. */
export type BoardFilter = {
  readonly days: DayChoice
  readonly text: string
  readonly state: ExamState | undefined
  readonly modality: string | undefined
  readonly doctor: string | undefined
  readonly flag: ExamFlag | undefined
  /** Those whose provincial hour runs come first, the earliest deadline before the others. */
  readonly lateFirst: boolean
}

export const wholeDay: BoardFilter = {
  days: 'today',
  text: '',
  state: undefined,
  modality: undefined,
  doctor: undefined,
  flag: undefined,
  lateFirst: false,
}

const longest = { text: 64, modality: 16, doctor: 50 } as const

/** What an address says, and nothing where it says nothing that the board knows: a typed address breaks no page. */
export function readFilter(search: URLSearchParams): BoardFilter {
  const text = (name: keyof typeof longest) => (search.get(name) ?? '').slice(0, longest[name])
  return {
    days: readDayChoice(search.get('days')) ?? 'today',
    text: text('text'),
    state: readState(search.get('state')),
    modality: text('modality') || undefined,
    doctor: text('doctor') || undefined,
    flag: readFlag(search.get('flag')),
    lateFirst: search.get('late') === '1',
  }
}

/** The query of an address: what is as it is out of the box is left out. */
export function writeFilter(filter: BoardFilter): Record<string, string> {
  const { days, text, state, modality, doctor, flag, lateFirst } = filter
  return {
    ...(days !== 'today' && { days }),
    ...(text && { text }),
    ...(state && { state }),
    ...(modality && { modality }),
    ...(doctor && { doctor }),
    ...(flag && { flag }),
    ...(lateFirst && { late: '1' }),
  }
}

/** What the station is asked, without the page. */
export function listQueryOf(filter: BoardFilter, now: number): ExamListQuery {
  const { text, state, modality, doctor, flag, lateFirst } = filter
  return {
    ...daysOf(filter.days, now),
    ...(text.trim() && { text: text.trim() }),
    ...(state && { state }),
    ...(modality && { modality }),
    ...(doctor && { doctor }),
    ...(flag && { flag }),
    ...(lateFirst && { order: 'late' as const }),
  }
}

export function filterToSave(name: string, filter: BoardFilter): SavedFilter {
  const { days, text, state, modality, doctor, flag } = filter
  return {
    name: name.trim(),
    preset: days,
    ...(text && { text }),
    ...(state && { state }),
    ...(modality && { modality }),
    ...(doctor && { doctor }),
    ...(flag && { flag }),
  }
}

export function filterFromSaved(saved: SavedFilter): BoardFilter {
  return {
    ...wholeDay,
    days: readDayChoice(saved.preset) ?? 'today',
    text: saved.text ?? '',
    state: readState(saved.state),
    modality: saved.modality || undefined,
    doctor: saved.doctor || undefined,
    flag: readFlag(saved.flag),
  }
}

/** Is anything beside the days narrowing the board? */
export function isNarrowed({ text, state, modality, doctor, flag }: BoardFilter): boolean {
  return Boolean(text || state || modality || doctor || flag)
}

function readState(text: string | null | undefined): ExamState | undefined {
  return examStateSchema.options.find((state) => state === text)
}

function readFlag(text: string | null | undefined): ExamFlag | undefined {
  return examFlags.find((flag) => flag === text)
}
