import { useCallback, useState } from 'react'
import { useUser } from '../../api/use-session.ts'
import { type ColumnKey, readColumns } from './column-choice.ts'

/** A person's columns, kept in this browser: each person's own, also where several use one computer. */
export function useKeptColumns() {
  const key = `board-columns:${useUser().username}`
  const [shown, setShown] = useState(() => readColumns(localStorage.getItem(key)))
  const choose = useCallback(
    (columns: readonly ColumnKey[]): void => {
      localStorage.setItem(key, JSON.stringify(columns))
      setShown(columns)
    },
    [key],
  )
  return { shown, choose }
}
