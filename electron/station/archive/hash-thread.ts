import { Worker } from 'node:worker_threads'

/** The bytes of one object on their way through the thread. Either ends with `digest` or with `drop`. */
export type ThreadHash = {
  /** Blocks must stay as they are until they are counted by `done`. */
  add(block: Buffer<SharedArrayBuffer>, from: number, to: number): void
  /** How many of the blocks that were added are hashed. All, when the thread is gone: nothing reads them any more. */
  done(): number
  /** Settles when at least so many are. */
  until(count: number): Promise<void>
  /** SHA-256 in hex; undefined when the thread is gone: then the file says what was written. */
  digest(): Promise<string | undefined>
  drop(): void
}

export type HashThread = { begin(): ThreadHash; stop(): Promise<void> }

/**
 * Hashes in the order in which messages come: [id, counter], then [id, memory, from, to], then [id]. The counter of blocks that are done
 * is shared memory, so that counting them wakes nobody up.
 */
const program = `
const { parentPort } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const open = new Map()
parentPort.on('message', (message) => {
  const [id, memory, from, to] = message
  if (message.length === 2) return void open.set(id, { hash: createHash('sha256'), done: new Int32Array(memory) })
  const { hash, done } = open.get(id)
  if (message.length === 4) {
    hash.update(new Uint8Array(memory, from, to - from))
    Atomics.add(done, 0, 1)
    Atomics.notify(done, 0)
    return
  }
  open.delete(id)
  parentPort.postMessage([id, hash.digest('hex')])
})
`

type Open = { readonly counter: Int32Array<SharedArrayBuffer>; readonly tell: (sha256: string | undefined) => void }

/**
 * One thread that hashes large objects while they come: there it would be the longest work of all that stands between two reads of the
 * socket. It starts with the first of them, and once more if it should die.
 */
export function createHashThread(): HashThread {
  let worker: Worker | undefined
  let lastId = 0
  const open = new Map<number, Open>()

  function start(): Worker {
    const started = new Worker(program, { eval: true, resourceLimits: { maxYoungGenerationSizeMb: 2 } })
    started.unref()
    started.on('message', ([id, sha256]: [number, string]) => settle(id, sha256))
    started.on('error', () => {}) // its end follows
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      for (const id of [...open.keys()]) settle(id, undefined)
    })
    return started
  }

  function settle(id: number, sha256: string | undefined): void {
    const hash = open.get(id)
    if (!hash) return
    open.delete(id)
    if (open.size === 0) worker?.unref()
    hash.tell(sha256)
    // Whoever waits for a block waits no longer.
    Atomics.notify(hash.counter, 0)
  }

  return {
    begin(): ThreadHash {
      worker ??= start()
      const mine = worker
      mine.ref()
      const id = ++lastId
      const counter = new Int32Array(new SharedArrayBuffer(4))
      let added = 0
      let isOver = false
      const told = new Promise<string | undefined>((resolve) => {
        open.set(id, {
          counter,
          tell(sha256) {
            isOver = true
            resolve(sha256)
          },
        })
      })
      mine.postMessage([id, counter.buffer])
      const done = () => (isOver ? added : Atomics.load(counter, 0))
      return {
        done,
        add(block, from, to) {
          added++
          if (!isOver) mine.postMessage([id, block.buffer, from, to])
        },
        async until(count) {
          for (let so = Atomics.load(counter, 0); !isOver && so < count; so = Atomics.load(counter, 0)) {
            await Promise.race([told, Atomics.waitAsync(counter, 0, so).value])
          }
        },
        digest() {
          if (!isOver) mine.postMessage([id])
          return told
        },
        drop() {
          if (!isOver) mine.postMessage([id])
        },
      }
    },
    async stop() {
      await worker?.terminate()
    },
  }
}
