import { useSyncExternalStore } from 'react'

const storageKey = 'station-locked'
const watchers = new Set<() => void>()

function change(isLocked: boolean): void {
  if (isLocked) sessionStorage.setItem(storageKey, 'yes')
  else sessionStorage.removeItem(storageKey)
  for (const watcher of watchers) watcher()
}

/** Whether this window asks for the password before it shows anything. Loading the page again does not open it. */
export const lockStore = {
  isLocked: (): boolean => sessionStorage.getItem(storageKey) !== null,
  lock: (): void => change(true),
  open: (): void => change(false),
}

export function useLocked(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, lockStore.isLocked)
}
