import type { ReportField, ReportTexts } from '../../clinic/report-pen.ts'

/** The report's texts at one moment, and where the caret stood. */
export type TextMoment = { readonly texts: ReportTexts; readonly field: ReportField; readonly caret: number }

/** What was written, step by step, across all fields. */
export type TextSteps = {
  readonly past: readonly TextMoment[]
  readonly now: TextMoment
  readonly future: readonly TextMoment[]
  /** The run of typing that the next sign may belong to; undefined after anything else. */
  readonly run: { readonly field: ReportField; readonly at: number } | undefined
}

/** Milliseconds of rest after which typing is a new step. */
export const restBetweenRuns = 1000
/** Steps that are kept: more than anybody takes back. */
export const mostSteps = 300

export function beginSteps(texts: ReportTexts): TextSteps {
  const caret = texts.findings.length
  return { past: [], now: { texts, field: 'findings', caret }, future: [], run: undefined }
}

function step(steps: TextSteps, moment: TextMoment, run: TextSteps['run']): TextSteps {
  return { past: [...steps.past, steps.now].slice(-mostSteps), now: moment, future: [], run }
}

/** A sign was typed. Signs that follow quickly in the same field are one step; a composition of an input method never splits. */
export function typed(steps: TextSteps, moment: TextMoment, at: number, isComposing: boolean): TextSteps {
  const run = { field: moment.field, at }
  const goesOn =
    steps.run?.field === moment.field && steps.past.length > 0 && (isComposing || at - steps.run.at < restBetweenRuns)
  return goesOn ? { ...steps, now: moment, future: [], run } : step(steps, moment, run)
}

/** A template, a phrase or another report was put in: one step of its own. */
export function putStep(steps: TextSteps, moment: TextMoment): TextSteps {
  return step(steps, moment, undefined)
}

export function undone(steps: TextSteps): TextSteps {
  const before = steps.past.at(-1)
  if (!before) return steps
  return { past: steps.past.slice(0, -1), now: before, future: [steps.now, ...steps.future], run: undefined }
}

export function redone(steps: TextSteps): TextSteps {
  const [next, ...future] = steps.future
  return next ? { past: [...steps.past, steps.now], now: next, future, run: undefined } : steps
}
