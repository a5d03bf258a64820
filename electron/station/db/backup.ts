import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { BackupStatus } from '../../../shared/models/staff.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { describeProblem, type ProblemCode } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import { isWithinFolder } from '../../../shared/within-folder.ts'
import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import { newestBackup, prepareBackupSql } from './backup-sql.ts'
import { checkDatabaseCopy } from './check-database-copy.ts'
import { mirrorFiles } from './mirror-files.ts'
import type { Database } from './open-database.ts'

export type BackupParts = {
  readonly db: Database
  readonly dataFolder: string
  readonly settings: () => { readonly folder: string; readonly everyHours: number }
  /** The key that opens what is sealed, hex: without it a backup could not be used on another computer. */
  readonly dataKey: () => string
  readonly record: (actor: string, details: Readonly<Record<string, unknown>>) => void
  readonly clock: Clock
  readonly events: Events
  readonly log: Log
}
export type Backup = ReturnType<typeof createBackup>

const hour = 60 * 60 * 1000
/** After the start, and after a failure: nobody waits for hours because a stick was put in late. */
const soon = 10 * 60 * 1000
/** So many databases of earlier backups are kept beside the newest. */
const keptDatabases = 7

/**
 * A copy of the whole data folder in another place, laid out as a data folder: a station that is started with `--data` on (a copy of)
 * it goes on from there. The database is copied by SQLite while work goes on, checked and counted; every file is read back. Files that
 * retention removes here stay there.
 */
export function createBackup({ db, dataFolder, settings, dataKey, record, clock, events, log }: BackupParts) {
  const sql = prepareBackupSql(db)
  const ending = new AbortController()
  let running: Promise<void> | undefined
  let problem: BackupStatus['problem'] = null
  let timer: NodeJS.Timeout | undefined
  let nextAt: number | null = null
  let plannedFor = ''
  let unwatch = () => {}

  const placeIn = (folder: string) => join(resolve(folder), 'yingzhan-backup')

  /** Why this place cannot be used. */
  function refusal(folder: string): ProblemCode | undefined {
    if (!isAbsolute(folder)) return 'BACKUP-PLACE'
    const inside = isWithinFolder(resolve(folder), dataFolder) || isWithinFolder(dataFolder, placeIn(folder))
    return inside ? 'BACKUP-INSIDE' : undefined
  }

  async function copyAll(folder: string, actor: string): Promise<void> {
    const to = placeIn(folder)
    await stat(folder) // the place itself is never made: a stick that is not there would become a folder of the system disk
    await mkdir(to, { recursive: true })
    const half = join(to, 'station.db.copying')
    await rm(half, { force: true })
    const before = sql.newestAuditId.get() ?? 0
    await db.backup(half, { progress: () => (ending.signal.aborted ? 0 : 2000) })
    ending.signal.throwIfAborted()
    const { lastAuditId } = await checkDatabaseCopy(half)
    if (lastAuditId < before) throw Object.assign(new Error('the copy lacks the newest rows'), { code: 'EBADCOPY' })
    await keepPrevious(to)
    await rename(half, join(to, 'station.db'))
    await writeFile(join(to, 'data.key'), `${dataKey()}\n`, { mode: 0o600, flush: true })
    const files = await mirrorFiles(dataFolder, to, isKept, ending.signal)
    const databaseBytes = (await stat(join(to, 'station.db'))).size
    sql.add.run(clock(), to, databaseBytes, files.files, files.bytes)
    record(actor, { folder: to, databaseBytes, ...files })
  }

  async function run(actor: string): Promise<void> {
    const { folder } = settings()
    if (folder === '') return
    try {
      const refused = refusal(folder)
      if (refused) problem = toldNow(refused, '')
      else {
        await copyAll(folder, actor)
        problem = null
      }
    } catch (error) {
      if (ending.signal.aborted) return
      const code = (error as NodeJS.ErrnoException).code ?? 'error'
      log.error({ err: error, folder }, 'the backup failed')
      problem = toldNow(code === 'ENOENT' ? 'BACKUP-PLACE' : code === 'ENOSPC' ? 'BACKUP-FULL' : 'BACKUP-FAILED', code)
    }
  }

  function toldNow(code: ProblemCode, detail: string): NonNullable<BackupStatus['problem']> {
    const { status: _, ...words } = describeProblem({ code, with: { folder: settings().folder, detail } })
    return { at: clock(), ...words }
  }

  function plan(): void {
    const { folder, everyHours } = settings()
    plannedFor = JSON.stringify([folder, everyHours])
    clearTimeout(timer)
    nextAt = null
    if (folder === '' || ending.signal.aborted) return
    const last = newestBackup(sql, placeIn(folder))?.at ?? 0
    const wait = problem ? soon : Math.max(soon, last + everyHours * hour - clock())
    nextAt = clock() + wait
    timer = setTimeout(() => void begin('station'), wait)
    timer.unref()
  }

  function begin(actor: string): Promise<void> {
    running ??= run(actor).finally(() => {
      running = undefined
      plan()
      events.tell({ topic: 'settings' })
    })
    return running
  }

  function status(): BackupStatus {
    const { folder } = settings()
    const last = folder === '' ? undefined : newestBackup(sql, placeIn(folder))
    return {
      folder,
      isRunning: running !== undefined,
      lastGood: last ?? null,
      problem: folder === '' ? null : problem,
      nextAt,
    }
  }

  return {
    status,
    start(): void {
      plan()
      unwatch = events.watch(({ topic }) => {
        if (topic !== 'settings') return
        const { folder, everyHours } = settings()
        if (plannedFor !== JSON.stringify([folder, everyHours])) plan()
      })
    },
    /** Ends when it is made and read back, or failed: `status` says which. */
    async now(actor: string): Promise<BackupStatus> {
      await begin(actor)
      return status()
    },
    /** For the health line: undefined while all is well. */
    alarm(): Alarm | undefined {
      const { folder, everyHours } = settings()
      if (folder === '') return undefined
      if (problem) return notMade(problem)
      const last = newestBackup(sql, placeIn(folder))?.at
      const late = last !== undefined && clock() - last > 3 * everyHours * hour + soon
      return late ? { code: 'BACKUP-LATE', with: { at: chinaDateTime(last) } } : undefined
    },
    async stop(): Promise<void> {
      unwatch()
      clearTimeout(timer)
      ending.abort()
      await running
    },
  }
}

function notMade(problem: NonNullable<BackupStatus['problem']>): Alarm {
  const { at, code, message, action, english, englishAction } = problem
  const why = { why: message, whyInEnglish: english, remedy: action, remedyInEnglish: englishAction }
  return { code: 'BACKUP-NOT-MADE', with: { at: chinaDateTime(at), cause: code, ...why } }
}

/** The database goes its own way; what is only on the way, locks and the shell's things are no part of the data. */
function isKept(path: string): boolean {
  const [top] = path.split('/')
  if (path.startsWith('images/incoming/') || path.endsWith('.copying')) return false
  return top === 'images' || !/^(station\.db|lock\.db|data\.key|training|logs?)/.test(top!)
}

/** The database that was the newest goes aside under its time; of these the seven newest stay. */
async function keepPrevious(to: string): Promise<void> {
  const now = join(to, 'station.db')
  const made = await stat(now).catch(() => undefined)
  if (made) await rename(now, join(to, `station-${made.mtime.toISOString().replaceAll(/[:.]/g, '-')}.db`))
  const old = (await readdir(to)).filter((name) => /^station-.+\.db$/.test(name)).sort()
  for (const name of old.slice(0, -keptDatabases)) await rm(join(to, name))
}
