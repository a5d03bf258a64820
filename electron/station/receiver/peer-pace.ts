/** How a peer keeps up, in milliseconds of a clock that never jumps. */
export type PeerPace = {
  readonly since: number
  /** When reading from it began to wait; undefined while the station itself is at work. */
  waitingSince: number | undefined
  /** The window of a running message in which its bytes are counted. */
  messageSince: number | undefined
  bytesInWindow: number
  busyInWindow: number
}

export type PaceLimits = {
  readonly associateWithin: number
  readonly idle: number
  readonly idleInMessage: number
  readonly slowBytes: number
  readonly slowWindow: number
}

export type PaceVerdict =
  | { readonly kind: 'keeps-pace' }
  | { readonly kind: 'new-window' }
  | { readonly kind: 'no-association-in-time' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'dribbles' }

/** Pure. The time in which the station itself writes or syncs is never held against the peer. */
export function judgePace(
  pace: PeerPace,
  { now, isAssociated }: { readonly now: number; readonly isAssociated: boolean },
  limits: PaceLimits,
): PaceVerdict {
  if (!isAssociated) {
    return { kind: now - pace.since > limits.associateWithin ? 'no-association-in-time' : 'keeps-pace' }
  }
  const isInMessage = pace.messageSince !== undefined
  const silence = pace.waitingSince === undefined ? 0 : now - pace.waitingSince
  if (silence > (isInMessage ? limits.idleInMessage : limits.idle)) return { kind: 'silent' }
  if (pace.messageSince === undefined || now - pace.messageSince - pace.busyInWindow < limits.slowWindow) {
    return { kind: 'keeps-pace' }
  }
  // Nothing at all is a pause, and judged as silence; a little now and then keeps a place without using it.
  const isDribble = pace.bytesInWindow > 0 && pace.bytesInWindow < limits.slowBytes && pace.waitingSince !== undefined
  return { kind: isDribble ? 'dribbles' : 'new-window' }
}
