import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { type DemoMoment, runDemoJob } from '../../electron/training/demo-job.ts'
import { type StationProcess, startStationProcess } from '../../electron/training/station-process.ts'

describe('the power goes in the middle of the work', () => {
  let folder: string
  let clouds: DemoClouds | undefined
  let station: StationProcess | undefined

  afterEach(async () => {
    await station?.stop()
    await clouds?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('ends with the same confirmed result when it is killed while images come in and while they go out', async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-power-cut-'))
    mkdirSync(join(folder, 'data'))
    const theClouds = await startDemoClouds()
    clouds = theClouds
    const theStation = await startStationProcess({
      dataFolder: join(folder, 'data'),
      logFile: join(folder, 'station.log'),
      adminPassword: 'a-power-cut',
    })
    station = theStation
    const cuts: DemoMoment[] = []
    const moment = async (name: DemoMoment) => {
      cuts.push(name)
      if (name === 'images-arriving') await new Promise((done) => setTimeout(done, 30))
      await theStation.killAndRestart()
    }

    const lines: string[] = []
    await runDemoJob({
      folder,
      station: theStation,
      clouds: theClouds,
      adminPassword: 'a-power-cut',
      say: (line) => lines.push(line),
      moment,
    })

    expect(cuts).toEqual(['images-arriving', 'uploads-going'])
    expect(lines).toHaveLength(10)
    const { studies } = theClouds.aimis.ledger
    expect(Object.keys(studies)).toHaveLength(2)
    for (const study of Object.values(studies)) expect(Object.values(study.reports)).toHaveLength(1)
    expect(Object.keys(theClouds.jilin.ledger.exams)).toHaveLength(2)
  }, 170_000)
})
