import { useEffect, useRef } from 'react'

/** What a page does with a text that is its own; undefined: it is not. */
export type TakeScan = (() => void) | undefined

/** A page that wants what readers and scanners type. */
export type ScanHandler = {
  /** Asked before the text is taken out of the field that it was typed into; what it answers is done afterwards. */
  readonly take: (text: string) => TakeScan | Promise<TakeScan>
  /** Asks before the page is left for what was scanned; absent: it may be left. */
  readonly mayLeave?: () => Promise<boolean>
}

const handlers: { readonly current: ScanHandler }[] = []

/** While the page stands it is asked first; of several the newest. */
export function useScanHandler(handler: ScanHandler): void {
  const kept = useRef(handler)
  useEffect(() => {
    kept.current = handler
  })
  useEffect(() => {
    handlers.push(kept)
    return () => {
      handlers.splice(handlers.indexOf(kept), 1)
    }
  }, [])
}

/** Offers the text to the pages, the newest first; what the first that wants it will do. */
export async function offerScan(text: string): Promise<TakeScan> {
  for (const handler of [...handlers].reverse()) {
    const taken = await handler.current.take(text)
    if (taken) return taken
  }
  return undefined
}

/** Whether every page agrees to be left. */
export async function mayLeaveForScan(): Promise<boolean> {
  for (const handler of [...handlers].reverse())
    if (handler.current.mayLeave && !(await handler.current.mayLeave())) return false
  return true
}

let left: string | undefined

/** For the page that opens next; kept in memory only, since it may hold an identity number. */
export function leaveForNextPage(text: string): void {
  left = text
}

/** What was left. A page may be drawn more than once before it stands: only then does it forget what it read. */
export const whatWasLeft = (): string | undefined => left

export function forgetWhatWasLeft(): void {
  left = undefined
}
