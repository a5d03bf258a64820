import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { asItIs, type BothWords, filling, inBoth } from '../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../shared/problems/problem.ts'
import type { Log } from './log.ts'
import type { Actor } from './people/audit-log.ts'
import type { Destinations } from './settings/destinations.ts'
import type { Settings } from './settings/settings.ts'
import { startTrainingGround, type TrainingGround, type TrainingPage } from './training-ground.ts'

/** Beside the built station, or among the sources. */
const programs = ['../training/training-ground.js', '../training/training-ground.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

export type TrainingClouds = ReturnType<typeof createTrainingClouds>

/**
 * The simulated clouds and the simulated device of training mode: a program of its own, started on request and with every later start.
 * Never in real mode: their certificates of delivery would be worth nothing.
 */
export function createTrainingClouds(deps: {
  readonly folder: string
  readonly settings: Settings
  readonly destinations: Destinations
  readonly isTraining: () => boolean
  /** Where the simulated device finds the station. */
  readonly receiver: () => { readonly aeTitle: string; readonly host: string; readonly port: number } | undefined
  readonly log: Log
}) {
  const { settings, destinations, isTraining, log } = deps
  const program = programs.find((path) => existsSync(path))
  let ground: Promise<TrainingGround> | undefined
  let pages: readonly TrainingPage[] = []

  async function start(actor: Actor): Promise<TrainingGround> {
    if (ground) return ground
    const starting = startTrainingGround(program!, deps.folder, () => {
      ground = undefined
      pages = []
    })
    ground = starting
    starting.catch(() => {
      ground = undefined
    })
    const running = await starting
    pages = running.pages
    for (const input of running.destinations) {
      const known = destinations.all().find((one) => one.kind === input.kind && one.name === input.name)
      const saved = known ? destinations.change(known.id, input, actor) : destinations.create(input, actor)
      if (!saved.ok) log.error({ problem: saved.problem.code }, 'a simulated cloud could not be set up')
    }
    return running
  }

  async function stop(): Promise<void> {
    const running = await ground?.catch(() => undefined)
    await running?.stop()
  }

  return {
    pages: (): readonly TrainingPage[] => pages,
    stop,
    /** At the station's start: as it was left. */
    async resume(): Promise<void> {
      if (isTraining() && settings.read().training.clouds && program) await start('station')
    },
    async turn(on: boolean, actor: Actor): Promise<Outcome<readonly TrainingPage[]>> {
      if (!isTraining()) return fail('NOT-TRAINING')
      const changed = settings.change({ training: { clouds: on } }, actor)
      if (!changed.ok) return changed
      if (on) await start(actor)
      else await stop()
      return ok(pages)
    },
    /** The simulated device does an exam (null: one that nobody registered). Answers how many images the station acknowledged. */
    async sendImages(accessionNumber: string | null, actor: Actor): Promise<Outcome<number>> {
      const station = deps.receiver()
      if (!isTraining()) return fail('NOT-TRAINING')
      if (!station)
        return fail('TRAINING-DEVICE', filling('detail', inBoth('本站没有在接收', 'the station is not receiving')))
      const running = await start(actor)
      const answer = await running.send({ station, accessionNumber, images: 3 })
      return answer.kind === 'sent'
        ? ok(answer.count)
        : fail('TRAINING-DEVICE', filling('detail', whyInBoth(answer.why)))
    },
  }
}

/** What the simulated device says, which speaks Chinese. */
function whyInBoth(why: string): BothWords {
  const status = /0x[0-9a-f]+$/i.exec(why)?.[0]
  if (why.startsWith('工作列表里没有'))
    return inBoth(why, 'the worklist does not have this exam (it may have images already, or be cancelled)')
  if (status !== undefined) return inBoth(why, `an image was refused with status ${status}`)
  return why === '模拟设备停了' ? inBoth(why, 'the simulated device has stopped') : asItIs(why)
}
