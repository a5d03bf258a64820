import type { StationSettings } from '../../../shared/models/settings.ts'

type Labels = StationSettings['reporting']['labels']
export type LabelRow = { readonly modality: string; readonly findings: string; readonly impression: string }

export type ReportingForm = {
  readonly autosaveSeconds: number
  readonly forbiddenWords: readonly string[]
  readonly labels: readonly LabelRow[]
}

/** One row a modality, the one for every other first. */
export function labelRows(labels: Labels): LabelRow[] {
  return Object.entries(labels)
    .sort(([a], [b]) => Number(b === '*') - Number(a === '*') || a.localeCompare(b))
    .map(([modality, words]) => ({ modality, ...words }))
}

/** Back again; of two rows for one modality the later counts. */
export function labelsOf(rows: readonly LabelRow[]): Labels {
  return Object.fromEntries(
    rows.map(({ modality, findings, impression }) => [
      modality,
      { findings: findings.trim(), impression: impression.trim() },
    ]),
  )
}
