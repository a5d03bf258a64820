import { useState } from 'react'
import { defaultKeymap, type Keymap, readKeymap } from './keymap.ts'

/** The keys of a person, kept in this browser. */
export function useKeymap(username: string) {
  const key = `viewer-keys/${username}`
  const [keymap, setKeymap] = useState(() => readKeymap(localStorage.getItem(key)))
  return {
    keymap,
    change(next: Keymap): void {
      localStorage.setItem(key, JSON.stringify(next))
      setKeymap(next)
    },
    restore(): void {
      localStorage.removeItem(key)
      setKeymap(defaultKeymap)
    },
  }
}
