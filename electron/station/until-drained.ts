import type { Writable } from 'node:stream'

/**
 * Settles when what was written has gone out, or never will. It leaves no listener behind: waited for again and again on one stream,
 * those of `once` that did not come would pile up.
 */
export function untilDrained(out: Writable): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      out.off('drain', settle).off('close', settle).off('error', settle)
      resolve()
    }
    out.on('drain', settle).on('close', settle).on('error', settle)
    if (out.destroyed) settle()
  })
}
