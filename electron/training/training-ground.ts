import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sm2 } from 'sm-crypto'
import { z } from 'zod'
import { startDemoClouds } from './demo-clouds.ts'
import { orderSchema, sendTrainingImages } from './training-images.ts'

// The simulated clouds of training mode as a program of their own: what they hold stays in the folder named first. Prints where
// they are as one line of JSON, then takes orders for the simulated device, a line each, and ends when its parent does.

const accountSchema = z.object({
  aimis: z.object({ appId: z.string(), token: z.string() }),
  jilin: z.object({ uid: z.string(), appSecret: z.string() }),
  keyPair: z.object({ publicKey: z.string(), privateKey: z.string() }),
})

const folder = process.argv[2]
if (!folder) throw new Error('usage: training-ground FOLDER')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const clouds = await startDemoClouds({ accounts: accountsIn(folder), ledgerFolder: folder })
process.stdout.write(
  `${JSON.stringify({
    event: 'training-ready',
    destinations: clouds.destinations,
    pages: [
      { name: clouds.destinations[0]?.name, url: clouds.aimis.url },
      { name: clouds.destinations[1]?.name, url: clouds.jilin.url },
    ],
  })}\n`,
)

const end = () => void clouds.stop().finally(() => process.exit(0))
process.on('SIGTERM', end)
process.on('SIGINT', end)
// The station holds the other end: when it is gone, however it went, so are we.
process.stdin.on('end', end)
createInterface({ input: process.stdin }).on('line', (line) => {
  const order = orderSchema.parse(JSON.parse(line))
  sendTrainingImages(order).then(
    (sent) => answer({ id: order.id, sent }),
    (error: Error) => answer({ id: order.id, failed: error.message }),
  )
})

function answer(words: object): void {
  process.stdout.write(`${JSON.stringify(words)}\n`)
}

/** Made once, so that what the station was told stays right. */
function accountsIn(where: string): z.infer<typeof accountSchema> {
  const file = join(where, 'accounts.json')
  if (existsSync(file)) return accountSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const accounts = {
    aimis: { appId: 'training-clinic', token: 'training-token-of-32-characters!' },
    jilin: { uid: 'TRAINING', appSecret: 'training-secret' },
    keyPair: sm2.generateKeyPairHex(),
  }
  writeFileSync(file, JSON.stringify(accounts), { mode: 0o600 })
  return accounts
}
