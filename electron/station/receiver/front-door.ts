import { createServer, type Server, type Socket } from 'node:net'
import { abortPdu, abortReason, PeerViolation } from '../../../shared/dicom/pdu.ts'
import type { Log } from '../log.ts'
import { judgePace, type PaceLimits, type PeerPace } from './peer-pace.ts'

/** What serves one connection. */
export type Visitor = {
  take(chunk: Buffer): Promise<void>
  close(): Promise<void>
  isInMessage(): boolean
  /** True while a request is being served: the peer may be silent. */
  isServing(): boolean
  /** True once an association was accepted. */
  isAssociated(): boolean
}

export type FrontDoorParts = {
  readonly host: string
  readonly port: number
  readonly limits: PaceLimits & { readonly sockets: number }
  readonly log: Log
  readonly welcome: (socket: Socket, remoteAddress: string) => Visitor
}

type Guest = {
  readonly socket: Socket
  readonly visitor: Visitor
  readonly pace: PeerPace
  readonly served: Promise<void>
}

/**
 * The DICOM port. Who connects is read with back-pressure, one chunk at a time, and has to keep pace: the A-ASSOCIATE-RQ within its
 * time, no silence, no dribble. When every place is taken, the oldest connection without an association makes room.
 */
export function createFrontDoor({ host, port, limits, log, welcome }: FrontDoorParts) {
  const guests = new Set<Guest>()
  let server: Server | undefined
  let watch: NodeJS.Timeout | undefined

  function receive(socket: Socket): void {
    if (guests.size >= limits.sockets && !makeRoom()) {
      socket.destroy()
      return
    }
    // Reading ends before the socket does; an error in between must not end the station.
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    const remoteAddress = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const visitor = welcome(socket, remoteAddress)
    const now = performance.now()
    const pace: PeerPace = { since: now, waitingSince: now, messageSince: undefined, bytesInWindow: 0, busyInWindow: 0 }
    const guest: Guest = { socket, visitor, pace, served: serve(socket, visitor, pace, remoteAddress) }
    guests.add(guest)
    guest.served.finally(() => guests.delete(guest))
  }

  async function serve(socket: Socket, visitor: Visitor, pace: PeerPace, remoteAddress: string): Promise<void> {
    try {
      // Without destroying it at a throw: an A-ABORT still has to go out.
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        const began = performance.now()
        pace.waitingSince = undefined
        await visitor.take(chunk)
        const now = performance.now()
        pace.waitingSince = now
        pace.busyInWindow += now - began
        pace.bytesInWindow += chunk.length
        if (!visitor.isInMessage()) pace.messageSince = undefined
        else if (pace.messageSince === undefined)
          Object.assign(pace, { messageSince: now, bytesInWindow: 0, busyInWindow: 0 })
      }
    } catch (error) {
      if (error instanceof PeerViolation) {
        log.warn({ remoteAddress, reason: error.message }, 'a peer broke the DICOM protocol; its connection was closed')
        abort(socket, error.reason)
      } else if ((error as NodeJS.ErrnoException).code === undefined) {
        log.error({ err: error, remoteAddress }, 'a connection failed')
        abort(socket, abortReason.notSpecified)
      }
    } finally {
      await visitor.close().catch((error) => log.error({ err: error }, 'a connection could not be closed cleanly'))
      socket.destroySoon()
    }
  }

  /** A-ABORT is written if the peer still reads; the socket goes either way. */
  function abort(socket: Socket, reason: PeerViolation['reason']): void {
    if (socket.writable) socket.write(abortPdu(reason))
    socket.destroySoon()
    setTimeout(() => socket.destroy(), 1000).unref()
  }

  function makeRoom(): boolean {
    for (const guest of guests) {
      if (guest.visitor.isAssociated()) continue
      guest.socket.destroy()
      guests.delete(guest)
      return true
    }
    return false
  }

  function watchPace(): void {
    const now = performance.now()
    for (const { socket, visitor, pace } of guests) {
      if (visitor.isServing() && pace.waitingSince !== undefined) pace.waitingSince = now
      const verdict = judgePace(pace, { now, isAssociated: visitor.isAssociated() }, limits)
      if (verdict.kind === 'keeps-pace') continue
      if (verdict.kind === 'new-window') {
        Object.assign(pace, { messageSince: now, bytesInWindow: 0, busyInWindow: 0 })
        continue
      }
      log.warn(
        { remoteAddress: socket.remoteAddress, reason: verdict.kind },
        'a connection was closed: the peer was too slow',
      )
      if (visitor.isAssociated() && socket.writable) socket.write(abortPdu(abortReason.notSpecified))
      socket.destroy()
    }
  }

  return {
    guests: (): number => guests.size,
    open(): Promise<{ readonly host: string; readonly port: number }> {
      return new Promise((resolve, reject) => {
        const opening = createServer({ noDelay: true }, receive)
        opening.once('error', reject)
        opening.listen({ host, port }, () => {
          opening.off('error', reject)
          opening.on('error', (error) => log.error({ err: error }, 'the DICOM port reports an error'))
          server = opening
          const shortest = Math.min(limits.associateWithin, limits.idle, limits.idleInMessage, limits.slowWindow)
          watch = setInterval(watchPace, Math.min(1000, Math.max(20, shortest / 4)))
          const address = opening.address()
          resolve({ host, port: typeof address === 'object' && address ? address.port : port })
        })
      })
    },
    async close(): Promise<void> {
      clearInterval(watch)
      const closing = server
      server = undefined
      const closed = new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()))
      const leaving = [...guests]
      for (const { socket } of leaving) socket.destroy()
      await Promise.allSettled(leaving.map(({ served }) => served))
      await closed
    },
  }
}
