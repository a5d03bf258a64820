import { createHash, type Hash } from 'node:crypto'
import type { HashThread, ThreadHash } from './hash-thread.ts'

/** An object of more blocks than this is hashed by the thread, from its first block on. */
const mostKept = 4
/** So many blocks may wait for the thread before the sender has to. */
const mostAhead = 5

type Piece = { readonly block: Buffer<SharedArrayBuffer>; readonly from: number; readonly to: number }

/**
 * The SHA-256 of blocks that are given one after the other. A small object's bytes are hashed as soon as somebody shows them, while its
 * sender is still busy with the next; a larger one's blocks go to the thread as they come. `release` gets each block that is hashed.
 */
export function createBlockHash(thread: HashThread, release: (block: Buffer<SharedArrayBuffer>) => void) {
  let pieces: Piece[] = []
  let early: Hash | undefined = createHash('sha256')
  /** How much of the block that is being filled `early` has seen. */
  let seen = 0
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

  function look(block: Buffer<SharedArrayBuffer>, from: number, to: number): void {
    early?.update(block.subarray(Math.max(from, seen), to))
    seen = to
  }

  return {
    /** Shows what there is of a block that will be added when it is full: from its first byte of the object to the last so far. */
    look,
    /** The promise asks to wait before the next block. */
    add(block: Buffer<SharedArrayBuffer>, from: number, to: number): Promise<void> | undefined {
      pieces.push({ block, from, to })
      if (!inThread && pieces.length <= mostKept) {
        look(block, from, to)
        seen = 0
        return undefined
      }
      early = undefined
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
      for (const { block } of pieces) release(block)
      pieces = []
      return early!.digest('hex')
    },
    /** The blocks are forgotten, not released: the thread may still read them. */
    drop(): void {
      inThread?.drop()
      pieces = []
    },
  }
}
