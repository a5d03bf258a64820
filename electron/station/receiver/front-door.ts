import { createServer, type Server, type Socket } from 'node:net'
import { abortPdu, abortReason, PeerViolation } from '../../../shared/dicom/pdu.ts'
import type { Log } from '../log.ts'
import { untilDrained } from '../until-drained.ts'
import { judgePace, type PaceLimits, type PeerPace } from './peer-pace.ts'
import { type Chunks, chunksOf, readIntoOneBuffer } from './read-chunks.ts'

/** What serves one connection. */
export type Visitor = {
  take(chunk: Buffer): Promise<void>
  close(): Promise<void>
  isInMessage(): boolean
  /** True while a request is being served: the peer may be silent. */
  isServing(): boolean
  /** True once an association was accepted. */
  isAssociated(): boolean
  /** True once nothing more is expected of the peer but that it closes. */
  isOver(): boolean
}

export type FrontDoorParts = {
  readonly limits: PaceLimits & { readonly sockets: number; readonly socketsPerAddress: number }
  readonly log: Log
  readonly welcome: (socket: Socket, remoteAddress: string) => Visitor
}

/** Where the station listens; `secure` is done with a connection before its first byte of DICOM. */
export type DoorAddress = {
  readonly host: string
  readonly port: number
  readonly secure?: (socket: Socket) => Promise<Socket>
}

export type OpenDoor = {
  readonly host: string
  readonly port: number
  /** Nobody new comes in; who is in stays. */
  shut(): void
}

type Guest = {
  /** The connection; once it was secured, what it is read by. */
  socket: Socket
  readonly remoteAddress: string
  readonly pace: PeerPace
  /** Absent while the connection is being secured. */
  visitor?: Visitor
  served: Promise<void>
}

/**
 * The DICOM ports, with and without TLS. Who connects is read with back-pressure, one chunk at a time, and has to keep pace: the
 * A-ASSOCIATE-RQ within its time, be it over TLS, no silence, no dribble. When every place is taken, or every place of one address,
 * the oldest connection without an association makes room.
 */
export function createFrontDoor({ limits, log, welcome }: FrontDoorParts) {
  const guests = new Set<Guest>()
  const servers = new Set<Server>()
  const shortest = Math.min(limits.associateWithin, limits.idle, limits.idleInMessage, limits.slowWindow)
  const watchEvery = Math.min(1000, Math.max(20, shortest / 4))
  let watch: NodeJS.Timeout | undefined

  function receive(accepted: Socket, secure: DoorAddress['secure']): void {
    const remoteAddress = (accepted.remoteAddress ?? '').replace(/^::ffff:/, '')
    if (!hasRoomFor(remoteAddress)) {
      accepted.destroy()
      return
    }
    const { socket, chunks } = secure ? { socket: accepted, chunks: chunksOf(accepted) } : readIntoOneBuffer(accepted)
    // Reading ends before the socket does; an error in between must not end the station.
    socket.on('error', () => {})
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    const now = performance.now()
    const pace: PeerPace = { since: now, waitingSince: now, messageSince: undefined, bytesInWindow: 0, busyInWindow: 0 }
    const guest: Guest = { socket, remoteAddress, pace, served: Promise.resolve() }
    guests.add(guest)
    guest.served = secure ? serveSecured(guest, secure) : serve(guest, chunks)
    guest.served.finally(() => guests.delete(guest))
  }

  async function serveSecured(guest: Guest, secure: NonNullable<DoorAddress['secure']>): Promise<void> {
    try {
      guest.socket = await secure(guest.socket)
    } catch (error) {
      const { remoteAddress } = guest
      log.warn({ remoteAddress, reason: (error as Error).message }, 'a TLS handshake failed; the connection was closed')
      guest.socket.destroySoon()
      return
    }
    await serve(guest, chunksOf(guest.socket))
  }

  async function serve(guest: Guest, chunks: Chunks): Promise<void> {
    const { socket, pace, remoteAddress } = guest
    const visitor = welcome(socket, remoteAddress)
    guest.visitor = visitor
    try {
      for await (const chunk of chunks) {
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
        // Who does not read its answers is not asked for more.
        if (socket.writableNeedDrain) await untilDrained(socket)
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

  function hasRoomFor(remoteAddress: string): boolean {
    const neighbours = [...guests].filter((guest) => guest.remoteAddress === remoteAddress)
    if (neighbours.length >= limits.socketsPerAddress) return makeRoom(neighbours)
    return guests.size < limits.sockets || makeRoom(guests)
  }

  function makeRoom(among: Iterable<Guest>): boolean {
    for (const guest of among) {
      if (guest.visitor?.isAssociated()) continue
      guest.socket.destroy()
      guests.delete(guest)
      return true
    }
    return false
  }

  function watchPace(): void {
    const now = performance.now()
    for (const { socket, visitor, pace, remoteAddress } of guests) {
      if (visitor?.isServing() && pace.waitingSince !== undefined) pace.waitingSince = now
      const verdict = judgePace(pace, { now, isAssociated: visitor?.isAssociated() === true }, limits)
      if (verdict.kind === 'keeps-pace') continue
      if (verdict.kind === 'new-window') {
        Object.assign(pace, { messageSince: now, bytesInWindow: 0, busyInWindow: 0 })
        continue
      }
      // After an A-RELEASE-RP it was the peer's to close (PS3.8 9.2.3): who doesn't is no failure of a transfer.
      if (!visitor?.isOver())
        log.warn({ remoteAddress, reason: verdict.kind }, 'a connection was closed: the peer was too slow')
      if (visitor?.isAssociated() && socket.writable) socket.write(abortPdu(abortReason.notSpecified))
      socket.destroy()
    }
  }

  return {
    guests: (): number => guests.size,
    open({ host, port, secure }: DoorAddress): Promise<OpenDoor> {
      return new Promise((resolve, reject) => {
        const server = createServer({ noDelay: true, pauseOnConnect: !secure }, (socket) => receive(socket, secure))
        server.once('error', reject)
        server.listen({ host, port }, () => {
          server.off('error', reject)
          server.on('error', (error) => log.error({ err: error }, 'a DICOM port reports an error'))
          servers.add(server)
          watch ??= setInterval(watchPace, watchEvery)
          const address = server.address()
          const shut = () => {
            if (servers.delete(server)) server.close()
          }
          resolve({ host, port: typeof address === 'object' && address ? address.port : port, shut })
        })
      })
    },
    /** Shuts every door and ends every connection. */
    async close(): Promise<void> {
      clearInterval(watch)
      watch = undefined
      const closed = [...servers].map((server) => new Promise((resolve) => server.close(resolve)))
      servers.clear()
      const leaving = [...guests]
      for (const { socket } of leaving) socket.destroy()
      await Promise.allSettled(leaving.map(({ served }) => served))
      await Promise.all(closed)
    },
  }
}
