import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type StationRuntime =
  | Readonly<{ kind: 'utility-process'; script: string }>
  | Readonly<{ kind: 'plain-node'; program: string; script: string }>
  | Readonly<{ kind: 'none'; why: string }>

type Surroundings = Readonly<{
  appPath: string
  isPackaged: boolean
  napi: number
  env: Readonly<Record<string, string | undefined>>
  exists?: (path: string) => boolean
}>

/** The station's database driver wants N-API 10, which Electron has from version 35 on. */
const wantedNapi = 10

/**
 * Where the station runs. Developing, `npm start` names its Node (STATION_NODE) and the station runs from its sources. Installed,
 * it runs in Electron's own utility process. An older Electron, as the tests use, always needs a Node beside it.
 */
export function chooseStationRuntime(from: Surroundings): StationRuntime {
  const { appPath, isPackaged, napi, env, exists = existsSync } = from
  const built = join(appPath, 'out', 'station', 'station-main.js')
  const source = join(appPath, 'electron', 'station', 'station-main.ts')
  const canCarry = napi >= wantedNapi
  if (env.STATION_NODE && !(isPackaged && canCarry)) {
    // A plain Node cannot read inside app.asar; the packager leaves the station beside it.
    const script = env.STATION_SCRIPT ?? (exists(source) ? source : built.replace('app.asar', 'app.asar.unpacked'))
    return { kind: 'plain-node', program: env.STATION_NODE, script }
  }
  if (canCarry) return { kind: 'utility-process', script: env.STATION_SCRIPT ?? built }
  return {
    kind: 'none',
    why: '这个 Electron 太旧，不能运行影站的工作站程序；请用环境变量 STATION_NODE 指定 Node 24。\nThis Electron is too old to carry the station; name a Node 24 in STATION_NODE.',
  }
}
