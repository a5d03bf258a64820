import { join } from 'node:path'
import { withoutValue, withValue } from './station-flags.ts'

export type TrainingStart = Readonly<{
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
}>

type Running = Readonly<{
  /** Electron's own, with the program's name first. */
  argv: readonly string[]
  userData: string
  /** The institution's, as the real station knows it. */
  institutionName: string
  env: Readonly<Record<string, string | undefined>>
}>

/** Electron and whoever drives it listen there: the other program needs its own. */
const notShared = [
  '--user-data-dir',
  '--inspect',
  '--inspect-brk',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
]
/** Where this station keeps its data and listens. */
const ownPlaces = [
  'STATION_DATA',
  'STATION_DATA_KEY',
  'STATION_HTTP_PORT',
  'STATION_DICOM_PORT',
  'STATION_DICOM_HOST',
  'STATION_TRAINING_FOR',
]

/**
 * Pure. How this program starts beside itself for practising: with data, window and ports of its own, so that nothing of the real
 * patients is near. Its second start finds the first and shows its window, as every start does.
 */
export function trainingStart({ argv, userData, institutionName, env }: Running): TrainingStart {
  const [, ...given] = argv
  const separator = given.indexOf('--')
  const own = (separator < 0 ? given : given.slice(0, separator)).filter((arg, index, all) => {
    const name = arg.split('=', 1)[0] ?? ''
    return ![...notShared, ...withoutValue, ...withValue].includes(name) && !withValue.includes(all[index - 1] ?? '')
  })
  const folder = join(userData, 'training')
  const station = [
    '--training-for',
    institutionName,
    '--data',
    join(folder, 'data'),
    '--http-port',
    '0',
    '--dicom-port',
    '0',
  ]
  return {
    args: [...own, `--user-data-dir=${folder}`, '--', ...station, '--dicom-host', '127.0.0.1'],
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !ownPlaces.includes(name))),
  }
}

/** What the desk calls the institution, as one argument of a program: never a flag, never empty. */
export function institutionNameOf(named: unknown): string {
  const name =
    typeof named === 'string'
      ? named
          .replace(/\p{Cc}/gu, ' ')
          .replace(/^[-\s]+/, '')
          .trim()
      : ''
  return name.slice(0, 60) || '训练'
}
