/** Every column that the board can show, in its order out of the box. */
export const columnKeys = [
  'state',
  'name',
  'sex',
  'age',
  'accession',
  'modality',
  'item',
  'deadline',
  'registered',
  'images',
  'examined',
  'reportDoctor',
  'auditDoctor',
  'prints',
  'lamps',
  'patientId',
  'pinyin',
  'phone',
  'category',
  'applyDepartment',
  'applyDoctor',
  'examDoctor',
  'positive',
  'released',
] as const
export type ColumnKey = (typeof columnKeys)[number]

export const usualColumns: readonly ColumnKey[] = columnKeys.slice(0, columnKeys.indexOf('patientId'))

/** Without it nobody knows whose row it is. */
export const keptColumn: ColumnKey = 'name'

/** What was kept in the browser; the usual columns where that is nothing, and never without the name. */
export function readColumns(kept: string | null): readonly ColumnKey[] {
  const names = parsed(kept)
  const known = [...new Set(names.filter((name): name is ColumnKey => columnKeys.includes(name as ColumnKey)))]
  if (known.length === 0) return usualColumns
  return known.includes(keptColumn) ? known : [keptColumn, ...known]
}

function parsed(kept: string | null): readonly unknown[] {
  try {
    const names: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(names) ? names : []
  } catch {
    return []
  }
}

/** The shown ones in their order, then the others. */
export function allColumns(shown: readonly ColumnKey[]): readonly ColumnKey[] {
  return [...shown, ...columnKeys.filter((key) => !shown.includes(key))]
}

export function toggleColumn(shown: readonly ColumnKey[], key: ColumnKey): readonly ColumnKey[] {
  if (key === keptColumn) return shown
  return shown.includes(key) ? shown.filter((one) => one !== key) : [...shown, key]
}

/** One place to the left (-1) or right (1); at the end it stays. */
export function moveColumn(shown: readonly ColumnKey[], key: ColumnKey, by: -1 | 1): readonly ColumnKey[] {
  const from = shown.indexOf(key)
  const to = from + by
  if (from < 0 || to < 0 || to >= shown.length) return shown
  return shown.with(from, shown[to]!).with(to, key)
}
