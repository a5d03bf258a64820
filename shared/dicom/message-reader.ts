import { type CommandSet, readCommandSet } from './command-set.ts'
import { type DataValue, dataValuesIn, PeerViolation, pdu, pduType } from './pdu.ts'
import type { PduStream, StreamEnd } from './pdu-socket.ts'

export type ReceivedCommand = { readonly contextId: number; readonly command: CommandSet }

const mostCommandBytes = 64 * 1024
const mostDataSetBytes = 16 * 1024 * 1024

/**
 * What a peer says on an association that we opened: command sets, and the data sets that follow some of them (PS3.7 6.3.1, PS3.8
 * annex E), both small. Each wait lasts at most `ms` for each PDU.
 */
export function createMessageReader(stream: PduStream) {
  let values: DataValue[] = []

  async function nextValue(ms: number): Promise<DataValue | StreamEnd> {
    for (;;) {
      const value = values.shift()
      if (value) return value
      const received = await stream.next(ms)
      if (typeof received === 'string') return received
      if (received.type === pduType.releaseRq) {
        await stream.write([pdu(pduType.releaseRp, Buffer.alloc(4))], 1000)
        return 'closed'
      }
      const found = received.type === pduType.dataTf ? dataValuesIn(received.body) : undefined
      if (!found) return 'not-dicom'
      values = [...found]
    }
  }

  async function part(isCommand: boolean, most: number, ms: number) {
    const pieces: Buffer[] = []
    let length = 0
    for (;;) {
      const value = await nextValue(ms)
      if (typeof value === 'string') return value
      length += value.bytes.length
      if (value.isCommand !== isCommand || length > most) return 'not-dicom'
      if (value.bytes.length > 0) pieces.push(value.bytes)
      if (value.isLast) return { contextId: value.contextId, bytes: Buffer.concat(pieces) }
    }
  }

  return {
    async command(ms: number): Promise<ReceivedCommand | StreamEnd> {
      const read = await part(true, mostCommandBytes, ms)
      if (typeof read === 'string') return read
      try {
        return { contextId: read.contextId, command: readCommandSet(read.bytes) }
      } catch (error) {
        if (error instanceof PeerViolation) return 'not-dicom'
        throw error
      }
    },
    async dataSet(ms: number): Promise<Buffer | StreamEnd> {
      const read = await part(false, mostDataSetBytes, ms)
      return typeof read === 'string' ? read : read.bytes
    },
    /** What came in the same PDU behind an answer answers nothing. */
    forget(): void {
      values = []
    },
  }
}
