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

export const reportingValues = ({ reporting }: StationSettings): ReportingForm => ({
  autosaveSeconds: reporting.autosaveSeconds,
  forbiddenWords: reporting.forbiddenWords,
  labels: labelRows(reporting.labels),
})

export const bodyOfReporting = (values: ReportingForm): Record<string, unknown> => ({
  reporting: { ...values, labels: labelsOf(values.labels) },
})

/** 'reporting.labels.DR.findings' stands in the row of DR: 'labels.2.findings'. */
export function fieldOfReporting(path: string, { labels }: ReportingForm): string {
  const [area, field, modality, ...rest] = path.split('.')
  if (area !== 'reporting' || field === undefined) return path
  if (field !== 'labels' || modality === undefined) return path.slice('reporting.'.length)
  const row = labels.findLastIndex((one) => one.modality === modality)
  return row < 0 ? 'labels' : ['labels', row, ...rest].join('.')
}
