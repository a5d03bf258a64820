import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { destinationInputSchema } from '../../shared/models/destination.ts'

const mayTakeMilliseconds = 1000

const readySchema = z.object({
  event: z.literal('training-ready'),
  destinations: z.array(destinationInputSchema),
  pages: z.array(z.object({ name: z.string(), url: z.string() })),
})
const answerSchema = z.object({ id: z.number(), sent: z.number().optional(), failed: z.string().optional() })

export type TrainingPage = { readonly name: string; readonly url: string }
type SendAnswer = { readonly kind: 'sent'; readonly count: number } | { readonly kind: 'failed'; readonly why: string }

export type TrainingGround = z.infer<typeof readySchema> & {
  send(order: {
    readonly station: { readonly aeTitle: string; readonly host: string; readonly port: number }
    readonly accessionNumber: string | null
    readonly images: number
  }): Promise<SendAnswer>
  stop(): Promise<void>
}

/**
 * The program of electron/training, in a thread of its own: the packaged program has no Node that could run it as a process. Throws when
 * it does not start.
 */
export async function startTrainingGround(program: string, folder: string, ended: () => void): Promise<TrainingGround> {
  const thread = new Worker(program, { workerData: { folder } })
  const waiting = new Map<number, (answer: SendAnswer) => void>()
  let lastId = 0
  thread.on('error', () => {}) // its end follows, and ends whoever waits
  thread.once('exit', () => {
    for (const tell of waiting.values()) tell({ kind: 'failed', why: '模拟设备停了' })
    waiting.clear()
    ended()
  })
  const ready = await new Promise<z.infer<typeof readySchema>>((resolve, reject) => {
    thread.once('message', (message) => {
      const parsed = readySchema.safeParse(message)
      if (parsed.success) resolve(parsed.data)
      else reject(new Error('the training ground said something else'))
    })
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the training ground ended with ${code}`)))
  })
  thread.on('message', (message) => {
    const { id, sent, failed } = answerSchema.parse(message)
    waiting.get(id)?.(sent === undefined ? { kind: 'failed', why: failed ?? '' } : { kind: 'sent', count: sent })
    waiting.delete(id)
  })
  return {
    ...ready,
    send: (order) =>
      new Promise((resolve) => {
        const id = ++lastId
        waiting.set(id, resolve)
        thread.postMessage({ id, ...order })
      }),
    async stop() {
      const isOver = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
      thread.postMessage('stop')
      // A client that holds a connection open may keep it from ending by itself.
      const late = setTimeout(() => void thread.terminate(), mayTakeMilliseconds)
      await isOver
      clearTimeout(late)
    },
  }
}
