import type { Mark } from './marks.ts'

/** What was drawn on the pictures of a page. Pictures are named as by pictureKeyOf. */
export type MarksDocument = {
  readonly marks: Readonly<Record<string, readonly Mark[]>>
  /** Millimetres for a pixel, as somebody measured with a known length, by instance. */
  readonly calibrations: Readonly<Record<string, number>>
}

export type MarksHistory = {
  readonly past: readonly MarksDocument[]
  readonly present: MarksDocument
  readonly future: readonly MarksDocument[]
}

export type MarksChange =
  | { readonly kind: 'put'; readonly picture: string; readonly mark: Mark }
  | { readonly kind: 'remove'; readonly picture: string; readonly id: string }
  | { readonly kind: 'clear'; readonly picture: string }
  | { readonly kind: 'calibrate'; readonly instanceId: string; readonly millimetres: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  /** What was kept from an earlier time joins and can't be undone. */
  | { readonly kind: 'join'; readonly kept: MarksDocument }
  /** Another window drew on these instances: its marks take the place of ours, and nothing before that is undone. */
  | { readonly kind: 'follow'; readonly instanceIds: ReadonlySet<string>; readonly kept: MarksDocument }

export const noMarks: MarksDocument = { marks: {}, calibrations: {} }
const mostSteps = 100

export const beginHistory = (present: MarksDocument = noMarks): MarksHistory => ({ past: [], present, future: [] })

function step({ past, present }: MarksHistory, next: MarksDocument): MarksHistory {
  return { past: [...past, present].slice(-mostSteps), present: next, future: [] }
}

function withMarks(history: MarksHistory, picture: string, marks: readonly Mark[]): MarksHistory {
  return step(history, { ...history.present, marks: { ...history.present.marks, [picture]: marks } })
}

export function changeMarks(history: MarksHistory, change: MarksChange): MarksHistory {
  const { past, present, future } = history
  switch (change.kind) {
    case 'put': {
      const marks = present.marks[change.picture] ?? []
      const isThere = marks.some(({ id }) => id === change.mark.id)
      const next = isThere
        ? marks.map((mark) => (mark.id === change.mark.id ? change.mark : mark))
        : [...marks, change.mark]
      return withMarks(history, change.picture, next)
    }
    case 'remove': {
      const marks = present.marks[change.picture] ?? []
      const left = marks.filter(({ id }) => id !== change.id)
      return left.length === marks.length ? history : withMarks(history, change.picture, left)
    }
    case 'clear':
      return (present.marks[change.picture] ?? []).length > 0 ? withMarks(history, change.picture, []) : history
    case 'calibrate': {
      const calibrations = { ...present.calibrations, [change.instanceId]: change.millimetres }
      return step(history, { ...present, calibrations })
    }
    case 'undo': {
      const before = past.at(-1)
      return before ? { past: past.slice(0, -1), present: before, future: [present, ...future] } : history
    }
    case 'redo': {
      const [after, ...rest] = future
      return after ? { past: [...past, present], present: after, future: rest } : history
    }
    case 'join': {
      // Earlier states have it too: what is undone is what was drawn here.
      const joined = (document: MarksDocument): MarksDocument => ({
        marks: { ...change.kept.marks, ...document.marks },
        calibrations: { ...change.kept.calibrations, ...document.calibrations },
      })
      return { past: past.map(joined), present: joined(present), future: future.map(joined) }
    }
    case 'follow': {
      const others = marksOfExam(present, (instanceId) => !change.instanceIds.has(instanceId))
      return beginHistory({
        marks: { ...others.marks, ...change.kept.marks },
        calibrations: { ...others.calibrations, ...change.kept.calibrations },
      })
    }
  }
}

/** The part of a page's marks that belongs to one exam. */
export function marksOfExam(document: MarksDocument, isOfExam: (instanceId: string) => boolean): MarksDocument {
  const only = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([key]) => isOfExam(key.split('/')[0] ?? '')))
  return { marks: only(document.marks), calibrations: only(document.calibrations) }
}
