import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoClouds } from './demo-clouds.ts'
import { runDemoJob } from './demo-job.ts'
import { type StationProcess, startStationProcess } from './station-process.ts'

// The main job, unattended, in training mode on a temporary folder. Exit code 0 only if the receiving sides confirmed every step.

const keep = process.argv.includes('--keep')
const folder = mkdtempSync(join(tmpdir(), 'yingzhan-demo-'))
const adminPassword = randomBytes(9).toString('base64url')
const say = (line: string) => console.log(line)

say('影站演示：从登记到两个云端 / Yingzhan demo: from registration to both clouds\n')
mkdirSync(join(folder, 'data'))
const clouds = await startDemoClouds()
let station: StationProcess | undefined
let isConfirmed = false
try {
  station = await startStationProcess({
    dataFolder: join(folder, 'data'),
    logFile: join(folder, 'station.log'),
    adminPassword,
  })
  const step = (chinese: string, english: string) => say(`✓ ${chinese}\n     ${english}`)
  const { papers } = await runDemoJob({ folder, station, clouds, adminPassword, say: step })
  isConfirmed = true
  say('\n全部步骤都由接收方确认 / every step was confirmed by the receiving side')
  for (const paper of papers) say(`  ${paper}`)
} catch (error) {
  say(`\n✗ ${error instanceof Error ? error.message : String(error)}`)
  say(`  日志 / log: ${join(folder, 'station.log')}`)
}

if (keep && station) {
  say(`\n页面 / page: ${station.ready().url}   用户 / user: admin   密码 / password: ${adminPassword}`)
  say('按 Ctrl+C 结束 / Ctrl+C ends it')
  await new Promise((done) => {
    process.once('SIGINT', done)
    process.once('SIGTERM', done)
  })
} else if (isConfirmed) {
  say('页面 / page: npm run demo -- --keep')
}
await station?.stop()
await clouds.stop()
process.exitCode = isConfirmed ? 0 : 1
