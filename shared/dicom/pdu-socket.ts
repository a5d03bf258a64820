import { connect, type Socket } from 'node:net'
import { type Pdu, pdu, pduType } from './pdu.ts'

/** Why nothing more comes: the peer closed or reset, it was silent too long, it wrote no PDU, or it aborted (A-ABORT). */
export type StreamEnd = 'closed' | 'silent' | 'not-dicom' | 'aborted'

export type PduStream = {
  /** The next PDU, waiting at most `ms`. An A-ABORT ends the stream. */
  next(ms: number): Promise<Pdu | StreamEnd>
  /** True once the bytes are with the operating system; false when the stream ended or nothing moved for `stallMs`. */
  write(bytes: readonly Buffer[], stallMs: number): Promise<boolean>
  /** Why writing failed, if the peer said so. */
  end(): StreamEnd | undefined
  /** A-ABORT by the service user, then the connection is gone. */
  abort(): void
  close(): void
}

/** Longer than any answer to a storage or verification request. */
const longestPdu = 1024 * 1024

/** PDUs over a connected socket, PS3.8 9.3.1: one byte type, one reserved, four bytes length. */
export function createPduStream(socket: Socket): PduStream {
  let buffered: Buffer = Buffer.alloc(0)
  let ended: StreamEnd | undefined
  const waiting: Pdu[] = []
  const listeners = new Set<() => void>()
  const wake = () => {
    for (const listener of [...listeners]) listener()
  }
  const finish = (reason: StreamEnd) => {
    ended ??= reason
    wake()
  }

  socket.on('data', (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    while (buffered.length >= 6) {
      const type = buffered.readUInt8(0)
      const length = buffered.readUInt32BE(2)
      if (type < 1 || type > 7 || length > longestPdu) {
        finish('not-dicom')
        socket.destroy()
        return
      }
      if (buffered.length < 6 + length) break
      if (type === pduType.abort) {
        finish('aborted')
        socket.destroy()
        return
      }
      waiting.push({ type, body: buffered.subarray(6, 6 + length) })
      buffered = buffered.subarray(6 + length)
    }
    wake()
  })
  socket.on('end', () => finish('closed'))
  socket.on('close', () => finish('closed'))
  socket.on('error', () => finish('closed'))

  /** Waits until `ready` holds; false after `ms` without it. */
  const until = (ready: () => boolean, ms: number): Promise<boolean> => {
    if (ready()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (isReady: boolean) => {
        clearTimeout(timer)
        listeners.delete(check)
        resolve(isReady)
      }
      const check = () => ready() && settle(true)
      const timer = setTimeout(() => settle(false), ms)
      listeners.add(check)
    })
  }
  let blocked = false
  socket.on('drain', () => {
    blocked = false
    wake()
  })

  return {
    async next(ms) {
      const isReady = await until(() => waiting.length > 0 || ended !== undefined, ms)
      const first = waiting.shift()
      if (first) return first
      return isReady ? (ended ?? 'closed') : 'silent'
    },
    async write(bytes, stallMs) {
      if (ended !== undefined || !socket.writable) return false
      socket.cork()
      for (const part of bytes) blocked = !socket.write(part)
      socket.uncork()
      if (!(await until(() => !blocked || ended !== undefined, stallMs))) finish('silent')
      return ended === undefined
    },
    end: () => ended,
    abort() {
      if (socket.writable) socket.end(pdu(pduType.abort, Buffer.alloc(4)))
      finish('closed')
      setTimeout(() => socket.destroy(), 1000).unref()
    },
    close() {
      finish('closed')
      socket.destroy()
    },
  }
}

export type Unreachable = 'refused' | 'name-not-found' | 'timeout' | 'no-route'

/** A TCP connection within `connectMs`, or why there is none. */
export function connectTo(
  peer: { readonly host: string; readonly port: number },
  connectMs: number,
): Promise<Socket | Unreachable> {
  return new Promise((resolve) => {
    const socket = connect({ host: peer.host, port: peer.port, noDelay: true })
    const timer = setTimeout(() => give('timeout'), connectMs)
    const give = (result: Socket | Unreachable) => {
      clearTimeout(timer)
      socket.removeAllListeners('connect').removeAllListeners('error')
      if (typeof result === 'string') socket.on('error', () => {}).destroy()
      resolve(result)
    }
    socket.on('connect', () => give(socket))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') give('refused')
      else if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') give('name-not-found')
      else give(error.code === 'ETIMEDOUT' ? 'timeout' : 'no-route')
    })
  })
}
