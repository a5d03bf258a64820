import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { sm2 } from 'sm-crypto'
import { z } from 'zod'
import { startDemoClouds } from './demo-clouds.ts'
import { orderSchema, sendTrainingImages } from './training-images.ts'

// The simulated clouds and the simulated device of training mode, as a thread of the station: what the clouds hold stays in the folder
// that it is given. Says where they are, then takes orders for the device.

const accountSchema = z.object({
  aimis: z.object({ appId: z.string(), token: z.string() }),
  jilin: z.object({ uid: z.string(), appSecret: z.string() }),
  keyPair: z.object({ publicKey: z.string(), privateKey: z.string() }),
})

if (!parentPort) throw new Error('this is a thread of the station')
const station = parentPort
const { folder } = z.object({ folder: z.string() }).parse(workerData)
mkdirSync(folder, { recursive: true, mode: 0o700 })
const clouds = await startDemoClouds({ accounts: accountsIn(folder), ledgerFolder: folder })

station.on('message', (message: unknown) => {
  if (message === 'stop') {
    void clouds.stop().finally(() => station.close())
    return
  }
  const order = orderSchema.parse(message)
  sendTrainingImages(order).then(
    (sent) => station.postMessage({ id: order.id, sent }),
    (error: Error) => station.postMessage({ id: order.id, failed: error.message }),
  )
})
station.postMessage({
  event: 'training-ready',
  destinations: clouds.destinations,
  pages: [
    { name: clouds.destinations[0]?.name, url: clouds.aimis.url },
    { name: clouds.destinations[1]?.name, url: clouds.jilin.url },
  ],
})

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
