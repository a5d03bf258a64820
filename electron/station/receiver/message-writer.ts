import type { Socket } from 'node:net'
import { dataPdusOf, largestFragment } from '../../../shared/dicom/data-fragments.ts'

export type MessageWriter = ReturnType<typeof createMessageWriter>

/**
 * DIMSE messages as P-DATA-TF in the size that the peer takes (PS3.8 9.3.5, annex E). A data set is written as it is read, and
 * reading waits while the peer takes nothing; after `stallMs` without a byte taken the connection is given up.
 */
export function createMessageWriter(socket: Socket, stallMs: number) {
  let fragmentBytes = largestFragment(16_384)
  /** Messages never mix (PS3.8 annex E): one begins when the one before has left. */
  let before: Promise<unknown> = Promise.resolve()

  async function write(head: Buffer, value: Buffer): Promise<boolean> {
    if (!socket.writable) return false
    socket.cork()
    socket.write(head)
    const isTaken = socket.write(value)
    socket.uncork()
    return isTaken || untilTaken(socket, stallMs)
  }

  async function writeValue(contextId: number, isCommand: boolean, source: AsyncIterable<Buffer> | Buffer) {
    const pieces = Buffer.isBuffer(source) ? [source] : source
    for await (const { head, bytes } of dataPdusOf(contextId, isCommand, pieces, fragmentBytes)) {
      if (!(await write(head, bytes))) return false
    }
    return true
  }

  async function sendWhole(contextId: number, command: Buffer, dataSet?: AsyncIterable<Buffer> | Buffer) {
    if (!(await writeValue(contextId, true, command))) return false
    return dataSet === undefined || writeValue(contextId, false, dataSet)
  }

  return {
    /** The most that the peer takes in one P-DATA-TF, as it said; 0: any. */
    setPeerLimit(maxPduLength: number): void {
      fragmentBytes = largestFragment(maxPduLength)
    },
    /** False: the connection is gone. Throws what reading the data set throws; the message is then cut off and the association lost. */
    send(contextId: number, command: Buffer, dataSet?: AsyncIterable<Buffer> | Buffer): Promise<boolean> {
      const sent = before.then(() => sendWhole(contextId, command, dataSet))
      before = sent.catch(() => {})
      return sent
    },
  }
}

function untilTaken(socket: Socket, stallMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isTaken: boolean) => {
      clearTimeout(timer)
      socket.off('drain', taken)
      socket.off('close', gone)
      resolve(isTaken)
    }
    const taken = () => settle(true)
    const gone = () => settle(false)
    const timer = setTimeout(() => {
      socket.destroy()
      settle(false)
    }, stallMs)
    socket.once('drain', taken)
    socket.once('close', gone)
    if (socket.destroyed) settle(false)
  })
}
