import { type BothWords, inBoth } from '../problems/both-words.ts'

/**
 * The time that a cloud's own clock shows, learned from the Date header of its answers (RFC 9110, 6.6.1; whole seconds).
 *
 * The rule, so that a wrong Date header never breaks a right clock: ours is used until there is evidence against it. The measured
 * offset is used only beyond 60 s, and only (a) after the cloud has refused a timestamp of ours, or (b) once two answers in a row
 * agree on it within 5 s. A refusal while it is in use disproves it: it is dropped, and not taken up again while it stays within
 * 60 s of that value. Below 60 s in two answers our own clock is right again.
 */
export type ServerClock = {
  /** Epoch milliseconds by which to sign and to count. */
  readonly now: () => number
  /** The offset that was in use before a restart: holds until something is learned. */
  readonly restore: (offsetMs: number | undefined) => void
  /** An answer of the cloud itself came: its clock minus ours, milliseconds. */
  readonly learn: (offsetMs: number | undefined) => void
  /** The cloud refused a timestamp made with this offset in use. True: another one is in use now, so signing again is worth one attempt. */
  readonly refused: (signedWithMs: number) => boolean
  /** The offset last measured, used or not; undefined before the first answer. Staff are told beyond 60 s. */
  readonly measuredMs: () => number | undefined
  /** The offset in use; 0 while our own clock is trusted. */
  readonly usedMs: () => number
}

export const clockTolerance = { wrongBeyondMs: 60_000, agreeWithinMs: 5000 } as const

export function createServerClock(clock: () => number): ServerClock {
  const { wrongBeyondMs, agreeWithinMs } = clockTolerance
  let used = 0
  let measured: number | undefined
  let disproved: number | undefined
  const isDisproved = (offset: number) => disproved !== undefined && Math.abs(offset - disproved) <= wrongBeyondMs
  return {
    now: () => clock() + used,
    restore: (offset) => {
      if (measured === undefined && offset !== undefined) used = offset
    },
    learn: (offset) => {
      if (offset === undefined) return
      const before = measured
      measured = offset
      if (before === undefined || Math.abs(offset - before) > agreeWithinMs) return
      if (Math.abs(offset) <= wrongBeyondMs) used = 0
      else if (!isDisproved(offset)) used = offset
    },
    refused: (signedWithMs) => {
      const differs = () => Math.abs(signedWithMs - used) > wrongBeyondMs
      // Somebody else was refused before and has already changed it.
      if (differs()) return true
      if (used !== 0) disproved = used
      const other = measured ?? 0
      used = Math.abs(other) > wrongBeyondMs && !isDisproved(other) ? other : 0
      return differs()
    },
    measuredMs: () => measured,
    usedMs: () => used,
  }
}

/** '本机时间比服务器慢约 10 分钟，请校准本机日期时间', undefined within 60 s. `offsetMs`: the server's clock minus ours. */
export function clockWarning(offsetMs: number | undefined): BothWords | undefined {
  const difference = clockDifference(offsetMs)
  return (
    difference &&
    inBoth(
      `${difference.chinese}，请校准本机日期时间`,
      `${difference.english}: set date and time of this computer right`,
    )
  )
}

/** '本机时间比服务器慢约 10 分钟', 'this computer’s clock is about 10 minutes behind the server’s', undefined within 60 s. */
export function clockDifference(offsetMs: number | undefined): BothWords | undefined {
  if (offsetMs === undefined || Math.abs(offsetMs) <= clockTolerance.wrongBeyondMs) return undefined
  const span = spanOf(Math.abs(offsetMs))
  const [chinese, english] = offsetMs > 0 ? ['慢', 'behind'] : ['快', 'ahead of']
  return inBoth(
    `本机时间比服务器${chinese}约 ${span.chinese}`,
    `this computer’s clock is about ${span.english} ${english} the server’s`,
  )
}

function spanOf(ms: number): BothWords {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 120) return inBoth(`${minutes} 分钟`, minutes === 1 ? '1 minute' : `${minutes} minutes`)
  const hours = Math.round(minutes / 60)
  if (hours < 48) return inBoth(`${hours} 小时`, `${hours} hours`)
  const days = Math.round(hours / 24)
  return inBoth(`${days} 天`, `${days} days`)
}
