import type { ReportHistoryStep, ReportVersion, SubmittedWords } from '../../../shared/models/report.ts'
import type { AuditRow } from '../people/audit-log.ts'

export type SubmittedText = {
  readonly version: number
  /** 1, 2, 3… of that version. */
  readonly number: number
  readonly text: SubmittedWords
}

const stepOfAction: Readonly<Record<string, ReportHistoryStep['step']>> = {
  'save-report': 'save',
  'submit-report': 'submit',
  'return-report': 'return',
  'approve-report': 'approve',
  'release-report': 'release',
  'amend-report': 'amend',
  'take-over-report': 'take-over',
  'tell-critical': 'critical-notice',
}

export function submittedTextOf(report: ReportVersion): SubmittedWords {
  const { findings, impression, advice = '', positive, critical, infectious } = report
  return { findings, impression, advice, positive, critical, infectious }
}

type StepDetails = {
  readonly version?: number
  readonly reason?: string
  readonly acknowledged?: string[]
  readonly overridden?: { words: string; reason: string }[]
  readonly submission?: number
}

/**
 * The steps of an exam's report from its audit rows (newest first), with the text as it was submitted. Saves that one person made one after
 * the other are one step, at the time of the last.
 */
export function reportHistory(
  rows: readonly AuditRow[],
  texts: readonly SubmittedText[],
  nameOf: (username: string) => string,
): ReportHistoryStep[] {
  const steps: ReportHistoryStep[] = []
  for (const row of rows) {
    const step = stepOfAction[row.action]
    if (!step) continue
    const details = row.details as StepDetails
    const newer = steps.at(-1)
    if (step === 'save' && newer?.step === 'save' && newer.by === row.actor && newer.version === details.version)
      continue
    const text = texts.find(
      ({ version, number }) => step === 'submit' && version === details.version && number === details.submission,
    )?.text
    steps.push({
      at: row.at,
      by: row.actor,
      byName: nameOf(row.actor),
      step,
      version: details.version ?? null,
      ...(details.reason && { reason: details.reason }),
      ...(details.acknowledged && { acknowledged: details.acknowledged }),
      ...(details.overridden && { overridden: details.overridden }),
      ...(text && { text }),
    })
  }
  return steps
}
