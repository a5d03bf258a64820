import { type ColumnKey, usualColumns } from './column-choice.ts'

/**
 * What a window without room for all columns can do without, the first of them first: the exam's own page tells it. Whose exam it is,
 * its number, the hour that runs, when it was registered and the lamps always stay.
 */
const yielding: readonly ColumnKey[] = [
  'prints',
  'auditDoctor',
  'examined',
  'reportDoctor',
  'images',
  'modality',
  'sex',
  'age',
  'item',
]

type InRoom = { readonly key: string; readonly width: number }

/** The columns that stand in so many pixels. Columns that are not out of the box were asked for: they stay, and the list scrolls. */
export function columnsInRoom<T extends InRoom>(columns: readonly T[], room: number): readonly T[] {
  let shown = columns
  for (const key of yielding) {
    if (room <= 0 || widthOf(shown) <= room) return shown
    shown = shown.filter((column) => column.key !== key)
  }
  return shown
}

/** Of the columns out of the box, those that found no room. */
export const withoutRoom = (columns: readonly InRoom[], room: number): readonly ColumnKey[] => {
  const shown = columnsInRoom(columns, room)
  return usualColumns.filter((key) => columns.some((one) => one.key === key) && !shown.some((one) => one.key === key))
}

const widthOf = (columns: readonly InRoom[]) => columns.reduce((sum, { width }) => sum + width, 0)
