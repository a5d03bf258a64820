import { statfs } from 'node:fs/promises'
import type { Refused } from './store-outcome.ts'

export type DiskSpaceLimits = {
  /** Refuse when less than this is free… */
  readonly bytes: number
  /** …or less than this part of the disk, whichever is smaller. */
  readonly part: number
  /** How long an answer of the file system is believed, milliseconds. */
  readonly believedFor: number
  readonly free: (folder: string) => Promise<{ readonly free: number; readonly total: number }>
}

const defaults: DiskSpaceLimits = { bytes: 2 * 1024 ** 3, part: 0.05, believedFor: 1000, free: askFileSystem }

async function askFileSystem(folder: string): Promise<{ free: number; total: number }> {
  const system = await statfs(folder)
  return { free: system.bavail * system.bsize, total: system.blocks * system.bsize }
}

/** Pure: is there room to go on receiving? */
export function isTooFull(space: { readonly free: number; readonly total: number }, limits: DiskSpaceLimits): boolean {
  return space.free < Math.min(limits.bytes, space.total * limits.part)
}

/**
 * Refuses (0xA700, PS3.4 B.2.3) before a byte is taken when the disk is nearly full: the database needs room to work, and the
 * sender still has the object.
 */
export function createDiskSpace(folder: string, given: Partial<DiskSpaceLimits> = {}) {
  const limits = { ...defaults, ...given }
  let asked = Number.NEGATIVE_INFINITY
  let answer: { readonly kind: 'yes' } | Refused = { kind: 'yes' }
  return {
    async mayAccept(): Promise<{ readonly kind: 'yes' } | Refused> {
      const now = performance.now()
      if (now - asked < limits.believedFor) return answer
      try {
        const space = await limits.free(folder)
        answer = isTooFull(space, limits) ? refusal(space.free) : { kind: 'yes' }
      } catch (error) {
        answer = {
          kind: 'refused',
          status: 0xa700,
          problem: { code: 'DISK-SILENT', with: { detail: (error as NodeJS.ErrnoException).code ?? String(error) } },
        }
      }
      asked = now
      return answer
    },
  }
}

function refusal(free: number): Refused {
  return {
    kind: 'refused',
    status: 0xa700,
    problem: { code: 'DISK-NEARLY-FULL', with: { free: Math.floor(free / 1024 ** 2) } },
  }
}
