import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { destinationInputSchema } from '../../shared/models/destination.ts'
import { fail, type Outcome, ok } from '../../shared/problems/problem.ts'
import type { Log } from './log.ts'
import type { Actor } from './people/audit-log.ts'
import type { Destinations } from './settings/destinations.ts'
import type { Settings } from './settings/settings.ts'

const program = fileURLToPath(new URL('../training/training-ground.ts', import.meta.url))

const readyLine = z.object({
  event: z.literal('training-ready'),
  destinations: z.array(destinationInputSchema),
  pages: z.array(z.object({ name: z.string(), url: z.string() })),
})

export type TrainingPage = { readonly name: string; readonly url: string }
export type TrainingClouds = ReturnType<typeof createTrainingClouds>

/**
 * The simulated clouds of training mode: a program of its own, started on request and with every later start. Never in real mode:
 * their certificates of delivery would be worth nothing.
 */
export function createTrainingClouds(deps: {
  readonly folder: string
  readonly settings: Settings
  readonly destinations: Destinations
  readonly isTraining: () => boolean
  readonly log: Log
}) {
  const { settings, destinations, isTraining, log } = deps
  let child: ChildProcess | undefined
  let pages: readonly TrainingPage[] = []

  async function start(actor: Actor): Promise<void> {
    if (child) return
    child = spawn(process.execPath, [program, deps.folder], { stdio: ['pipe', 'pipe', 'ignore'] })
    child.once('exit', () => {
      child = undefined
      pages = []
    })
    const ready = await firstLine(child)
    pages = ready.pages
    for (const input of ready.destinations) {
      const known = destinations.all().find((one) => one.kind === input.kind && one.name === input.name)
      const saved = known ? destinations.change(known.id, input, actor) : destinations.create(input, actor)
      if (!saved.ok) log.error({ problem: saved.problem.code }, 'a simulated cloud could not be set up')
    }
  }

  const stop = (): void => {
    child?.kill('SIGTERM')
  }

  return {
    pages: (): readonly TrainingPage[] => pages,
    stop,
    /** At the station's start: as it was left. */
    async resume(): Promise<void> {
      if (isTraining() && settings.read().training.clouds && existsSync(program)) await start('station')
    },
    async turn(on: boolean, actor: Actor): Promise<Outcome<readonly TrainingPage[]>> {
      if (!isTraining()) return fail('NOT-TRAINING')
      const changed = settings.change({ training: { clouds: on } }, actor)
      if (!changed.ok) return changed
      if (on) await start(actor)
      else stop()
      return ok(pages)
    },
  }
}

function firstLine(child: ChildProcess): Promise<z.infer<typeof readyLine>> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8')
      const [line, rest] = text.split('\n', 2)
      if (rest === undefined || line === undefined) return
      const parsed = readyLine.safeParse(JSON.parse(line))
      if (parsed.success) resolve(parsed.data)
      else reject(new Error('the training clouds said something else'))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the training clouds ended with ${code}`)))
  })
}
