import { createHash } from 'node:crypto'
import type { HashThread, ThreadHash } from './hash-thread.ts'

/** An object of more blocks than this is hashed by the thread while it comes. */
const mostKept = 2
/** So many blocks may wait for the thread before the sender has to. */
const mostAhead = 5

type Piece = { readonly block: Buffer<SharedArrayBuffer>; readonly from: number; readonly to: number }

/**
 * The SHA-256 of blocks that are given one after the other. A small object's blocks are kept and hashed at its end, at a moment when
 * there is nothing else to do but to wait for the disk; a larger one's go to the thread as they come. `release` gets each block that is
 * hashed.
 */
export function createBlockHash(thread: HashThread, release: (block: Buffer<SharedArrayBuffer>) => void) {
  let pieces: Piece[] = []
  let inThread: ThreadHash | undefined
  let released = 0
  let handedOver = 0

  function handOver(hash: ThreadHash): void {
    for (const { block, from, to } of pieces.slice(handedOver - released)) {
      hash.add(block, from, to)
      handedOver++
    }
    collect(hash)
  }

  function collect(hash: ThreadHash): void {
    for (const done = hash.done(); released < done; released++) release(pieces.shift()!.block)
  }

  return {
    /** The promise asks to wait before the next block. */
    add(block: Buffer<SharedArrayBuffer>, from: number, to: number): Promise<void> | undefined {
      pieces.push({ block, from, to })
      if (!inThread && pieces.length <= mostKept) return undefined
      inThread ??= thread.begin()
      handOver(inThread)
      return handedOver - released > mostAhead ? inThread.until(released + 1) : undefined
    },
    /** In hex; undefined when the thread died: then the file has to be asked. */
    async digest(): Promise<string | undefined> {
      if (inThread) {
        const sha256 = await inThread.digest()
        collect(inThread)
        return sha256
      }
      const hash = createHash('sha256')
      for (const { block, from, to } of pieces) {
        hash.update(block.subarray(from, to))
        release(block)
      }
      pieces = []
      return hash.digest('hex')
    },
    /** The blocks are forgotten, not released: the thread may still read them. */
    drop(): void {
      inThread?.drop()
      pieces = []
    },
  }
}
