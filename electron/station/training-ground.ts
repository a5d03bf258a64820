import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { destinationInputSchema } from '../../shared/models/destination.ts'

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
  stop(): void
}

/** The program of electron/training, spoken to by lines of JSON. Throws when it does not start. */
export async function startTrainingGround(program: string, folder: string, ended: () => void): Promise<TrainingGround> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, (answer: SendAnswer) => void>()
  const lines = createInterface({ input: child.stdout })
  let lastId = 0
  child.stdin.on('error', () => {}) // it is gone: its exit says so
  child.once('exit', () => {
    for (const tell of waiting.values()) tell({ kind: 'failed', why: '模拟设备停了' })
    waiting.clear()
    ended()
  })
  const ready = await new Promise<z.infer<typeof readySchema>>((resolve, reject) => {
    lines.once('line', (line) => {
      const parsed = readySchema.safeParse(JSON.parse(line))
      if (parsed.success) resolve(parsed.data)
      else reject(new Error('the training ground said something else'))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the training ground ended with ${code}`)))
  })
  lines.on('line', (line) => {
    const { id, sent, failed } = answerSchema.parse(JSON.parse(line))
    waiting.get(id)?.(sent === undefined ? { kind: 'failed', why: failed ?? '' } : { kind: 'sent', count: sent })
    waiting.delete(id)
  })
  return {
    ...ready,
    send: (order) =>
      new Promise((resolve) => {
        const id = ++lastId
        waiting.set(id, resolve)
        child.stdin.write(`${JSON.stringify({ id, ...order })}\n`)
      }),
    stop: () => void child.kill('SIGTERM'),
  }
}
