import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { aeTitleSchema } from '../../shared/models/settings.ts'
import { fail, type Outcome, ok } from '../../shared/problems/problem.ts'

/** What the station is told from outside, parsed once. Flags win over the environment (STATION_DATA, STATION_HTTP_PORT…). */
export type StationConfig = {
  readonly dataFolder: string
  readonly httpPort: number
  readonly dicomHost: string
  readonly dicomPort: number
  readonly aeTitle: string
  /** Training mode asked for by flag; otherwise the setting chosen at first start holds. */
  readonly training: boolean
  /** Training that is ready at once: the institution's name there, and a user whose password the login page shows. */
  readonly trainingFor?: string | undefined
  /** Creates the user `admin` on an empty data folder. */
  readonly adminPassword: string | undefined
  /** 32 bytes as hex from the shell, which keeps it in the operating system's store; absent: a 0600 file. */
  readonly dataKey: string | undefined
  /** Folder of the built desk. */
  readonly deskFolder: string
}

export function readStationConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Outcome<StationConfig> {
  let flags: ReturnType<typeof parseFlags>
  try {
    flags = parseFlags(args)
  } catch (error) {
    return fail('BAD-FLAG', { detail: error instanceof Error ? error.message : String(error) })
  }
  const httpPort = readPort(flags['http-port'] ?? env.STATION_HTTP_PORT, 8712)
  const dicomPort = readPort(flags['dicom-port'] ?? env.STATION_DICOM_PORT, 11112)
  if (httpPort === undefined) return fail('BAD-FLAG', { detail: '--http-port: 0–65535' })
  if (dicomPort === undefined) return fail('BAD-FLAG', { detail: '--dicom-port: 0–65535' })
  const aeTitle = aeTitleSchema.safeParse(flags['ae-title'] ?? env.STATION_AE_TITLE ?? 'YINGZHAN')
  if (!aeTitle.success) return fail('BAD-FLAG', { detail: '--ae-title: 1–16 characters' })
  const trainingFor = (flags['training-for'] ?? env.STATION_TRAINING_FOR)?.trim().slice(0, 60) || undefined
  return ok({
    dataFolder: resolve(flags.data ?? env.STATION_DATA ?? defaultDataFolder(env)),
    httpPort,
    dicomHost: flags['dicom-host'] ?? env.STATION_DICOM_HOST ?? '0.0.0.0',
    dicomPort,
    aeTitle: aeTitle.data,
    training: trainingFor !== undefined || (flags.training ?? isOn(env.STATION_TRAINING)),
    trainingFor,
    adminPassword: env.STATION_ADMIN_PASSWORD,
    dataKey: env.STATION_DATA_KEY,
    deskFolder: resolve(env.STATION_DESK ?? join(import.meta.dirname, '../../out/renderer')),
  })
}

function parseFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      headless: { type: 'boolean' },
      data: { type: 'string' },
      'http-port': { type: 'string' },
      'dicom-host': { type: 'string' },
      'dicom-port': { type: 'string' },
      'ae-title': { type: 'string' },
      training: { type: 'boolean' },
      'training-for': { type: 'string' },
    },
  }).values
}

function readPort(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined || text === '') return otherwise
  const port = Number(text)
  return Number.isInteger(port) && port >= 0 && port <= 65535 ? port : undefined
}

const isOn = (text: string | undefined): boolean =>
  text !== undefined && !['', '0', 'false', 'no'].includes(text.toLowerCase())

function defaultDataFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') return join(env.PROGRAMDATA ?? homedir(), 'Yingzhan')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'yingzhan')
}
