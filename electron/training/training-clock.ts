import type { TrainingSwitch } from './training-page.ts'

/** The clock of a simulated cloud, which can be put wrong: all of it, or only what its Date header tells. */
export type TrainingClock = {
  /** What signatures, tokens and days go by. */
  readonly now: () => number
  /** What the Date header tells. */
  readonly date: () => number
  readonly set: (offsets: { readonly offsetMs?: number; readonly dateOffsetMs?: number }) => void
}

export function createTrainingClock(clock: () => number, dateClock: () => number = clock): TrainingClock {
  let offsetMs = 0
  let dateOffsetMs = 0
  return {
    now: () => clock() + offsetMs,
    date: () => dateClock() + offsetMs + dateOffsetMs,
    set: (offsets) => {
      offsetMs = offsets.offsetMs ?? 0
      dateOffsetMs = offsets.dateOffsetMs ?? 0
    },
  }
}

const minute = 60_000

export function clockSwitches({ set }: TrainingClock): readonly TrainingSwitch[] {
  return [
    { id: 'clock-fast', label: '时间快 10 分钟', flip: () => set({ offsetMs: 10 * minute }) },
    { id: 'clock-slow', label: '时间慢 10 分钟', flip: () => set({ offsetMs: -10 * minute }) },
    { id: 'clock-year', label: '时间快一年', flip: () => set({ offsetMs: 365 * 1440 * minute }) },
    { id: 'date-wrong', label: '只有 Date 头快 10 分钟', flip: () => set({ dateOffsetMs: 10 * minute }) },
    { id: 'clock-right', label: '时间恢复', flip: () => set({}) },
  ]
}
