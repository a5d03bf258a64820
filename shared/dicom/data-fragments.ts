import { dataPduHead } from './pdu.ts'

const mostBytes = 131_072
const leastBytes = 128

/**
 * The most bytes of a command set or data set in one P-DATA-TF. PS3.8 annex D.1: the peer's limit (0: none) is that of the body, in
 * which 6 bytes are the head of the value; fragments have an even length.
 */
export function largestFragment(maxPduLength: number): number {
  const limit = maxPduLength === 0 ? mostBytes : Math.min(Math.max(maxPduLength, leastBytes), mostBytes)
  return (limit - 6) & ~1
}

/**
 * The same bytes in pieces of at most `size` bytes, an even number each, without copying; the last one, which may be empty, says that
 * it is.
 */
export async function* fragmentsOf(source: AsyncIterable<Buffer> | Iterable<Buffer>, size: number) {
  let pending: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    if (pending.length % 2 === 1) pending = Buffer.concat([pending, chunk])
    else {
      if (pending.length > 0) yield { bytes: pending, isLast: false }
      pending = chunk
    }
    let at = 0
    for (; pending.length - at > size; at += size) yield { bytes: pending.subarray(at, at + size), isLast: false }
    pending = pending.subarray(at)
  }
  yield { bytes: pending, isLast: true }
}

/** A command set or data set as P-DATA-TF of at most `size` bytes of it each: head and bytes, to be written one after the other. */
export async function* dataPdusOf(
  contextId: number,
  isCommand: boolean,
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  size: number,
) {
  for await (const { bytes, isLast } of fragmentsOf(source, size)) {
    yield { head: dataPduHead(contextId, isCommand, isLast, bytes.length), bytes, isLast }
  }
}
