import { useState } from 'react'
import type { z } from 'zod'

function stored<T>(key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const read = schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'))
    return read.success ? read.data : fallback
  } catch {
    return fallback
  }
}

/** A habit of this person at this computer: the size of a column, what is folded. What does not fit the schema is forgotten. */
export function useStored<T>(key: string, schema: z.ZodType<T>, fallback: T): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(() => stored(key, schema, fallback))
  const keep = (next: T) => {
    localStorage.setItem(key, JSON.stringify(next))
    setValue(next)
  }
  return [value, keep]
}
