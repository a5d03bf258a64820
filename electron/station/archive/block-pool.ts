/** Received bytes are gathered in blocks of this size before they go to the disk: few calls, little memory. */
export const blockSize = 256 * 1024

/** So many are kept for the next object; more are left to the garbage collector. */
const mostKept = 8

export type BlockPool = ReturnType<typeof createBlockPool>

/**
 * Blocks that are used again and again: new memory for each object would keep the garbage collector busier than the disk. Their memory
 * can be shared with a thread.
 */
export function createBlockPool() {
  const kept: Buffer<SharedArrayBuffer>[] = []
  return {
    /** What it holds is of no meaning. */
    take: (): Buffer<SharedArrayBuffer> => kept.pop() ?? Buffer.from(new SharedArrayBuffer(blockSize)),
    giveBack(block: Buffer<SharedArrayBuffer>): void {
      if (kept.length < mostKept) kept.push(block)
    },
  }
}
