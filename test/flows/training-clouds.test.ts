import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { logInToStation } from '../../electron/training/station-client.ts'
import { type StationProcess, startStationProcess } from '../../electron/training/station-process.ts'
import { cloudCareRoutes } from '../../shared/api/cloud-care-routes.ts'
import { routes } from '../../shared/api/routes.ts'

describe('the simulated clouds of training mode', () => {
  let folder: string
  let station: StationProcess | undefined

  afterEach(async () => {
    await station?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are set up by one click, answer the connection test, have pages, and are there again after a power cut', async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-training-'))
    mkdirSync(join(folder, 'data'))
    const options = {
      dataFolder: join(folder, 'data'),
      logFile: join(folder, 'station.log'),
      adminPassword: 'training-day',
    }
    const running = await startStationProcess(options)
    station = running
    const admin = await logInToStation(() => running.ready().url, 'admin', options.adminPassword)
    expect(await admin.call(cloudCareRoutes.trainingCloudsRead)).toEqual([])
    const pages = await admin.call(cloudCareRoutes.trainingCloudsTurn, { body: { on: true } })
    expect(pages).toHaveLength(2)
    for (const page of pages) expect((await fetch(page.url)).status).toBeLessThan(500)

    const destinations = await admin.call(routes.destinationList)
    expect(destinations.map((one) => one.kind).sort()).toEqual(['aimis', 'jilin'])
    const areUp = async () => {
      for (const { id } of await admin.call(routes.destinationList)) {
        expect(await admin.call(routes.destinationTest, { params: { id } })).toMatchObject({ ok: true })
      }
    }
    await areUp()

    await running.killAndRestart()
    expect(await admin.call(routes.destinationList)).toHaveLength(2)
    await areUp()
    await admin.call(cloudCareRoutes.trainingCloudsTurn, { body: { on: false } })
    expect((await admin.call(routes.settingsRead)).training.clouds).toBe(false)
  }, 60_000)
})
