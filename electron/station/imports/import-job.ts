import { randomUUID } from 'node:crypto'
import { setImmediate as breathe, setTimeout as delay } from 'node:timers/promises'
import type { ImportedFile, ImportJob } from '../../../shared/models/import-job.ts'
import { type BothWords, filling } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok, type Problem, ProblemError } from '../../../shared/problems/problem.ts'
import type { Archive } from '../archive/archive.ts'
import { type PeekedStream, peekStream, SourceError } from '../archive/peek-stream.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { createFrameDecoder } from '../pictures/frame-decoder.ts'
import { fileKindOf } from './file-kind.ts'
import { guideByDicomdir } from './guide-by-dicomdir.ts'
import type { ImportItem } from './import-item.ts'
import { createImportReport, fileReport, type ImportReport } from './import-report.ts'
import { openZip } from './open-zip.ts'
import { refusalDetail } from './refusal-detail.ts'
import { createSpool } from './spool.ts'
import { createFileTaker, type TakeFileDeps } from './take-file.ts'
import { fileItem, findPlace, walkFolder, wordsOf } from './walk-folder.ts'

export type ImportsDeps = Omit<TakeFileDeps, 'archive' | 'decoder' | 'spool'> & {
  readonly archive: TakeFileDeps['archive'] & Pick<Archive, 'mayAccept'>
  readonly audit: AuditLog
  readonly events: Events
  readonly log: Log
  /** For what must lie on the disk while it is read; emptied at start. */
  readonly spoolFolder: string
  /** The station's own data, which is never imported. */
  readonly dataFolder: string
  readonly examOfStudy: (studyInstanceUid: string) => string | null
}

export type ImportWishes = {
  readonly source: string
  readonly examId: string | null
  readonly actor: Actor
  /** Told of each file as it is dealt with. */
  readonly onFile?: (file: ImportedFile) => void
}

export type Imports = Awaited<ReturnType<typeof createImports>>

const mostAtOnce = 2
const mostRemembered = 50
const tellEveryMilliseconds = 500
const stopWithinMilliseconds = 1500

/** Folders, media, ZIPs and files on their way into the archive, one file after the other, so that receiving goes on beside them. */
export async function createImports(deps: ImportsDeps) {
  const { archive, audit, clock, events, log } = deps
  const decoder = createFrameDecoder()
  const spool = await createSpool(deps.spoolFolder, archive)
  const takeFile = createFileTaker({ ...deps, decoder, spool })
  type Job = { readonly report: ImportReport; cancelled: boolean; isRunning: boolean; ended: Promise<void> }
  const jobs = new Map<string, Job>()

  async function run(id: string, job: Job, wishes: ImportWishes, items: AsyncIterable<ImportItem>): Promise<void> {
    const { report } = job
    let told = 0
    const tell = () => {
      if (clock() - told < tellEveryMilliseconds) return
      told = clock()
      events.tell({ topic: 'imports', id })
    }
    const add = (file: ImportedFile) => {
      report.add(file)
      wishes.onFile?.(file)
      tell()
    }

    async function takeOne(item: ImportItem): Promise<void> {
      if (item.kind !== 'file') return add(fileReport(item.name, item.kind, item.problem))
      const room = await archive.mayAccept()
      if (room.kind === 'refused') throw new ProblemError({ code: 'IMPORT-NO-ROOM', with: refusalDetail(room) })
      const unreadable = (why: BothWords) => {
        const words = { file: item.name, ...filling('detail', why) }
        add(fileReport(item.name, 'refused', { code: 'IMPORT-UNREADABLE', with: words }))
      }
      let stream: PeekedStream | undefined
      try {
        stream = await peekStream(await item.open(), report.addBytes)
        const bytes = stream
        if (!item.mayOpen || fileKindOf(stream.beginning) !== 'zip') return add(await takeFile(item, stream, wishes))
        return await (item.path === undefined
          ? spool.with(bytes.all(), (path) => takeZip(path, item.name))
          : takeZip(item.path, item.name))
      } catch (error) {
        if (error instanceof ProblemError) throw error
        const isOfSource =
          error instanceof SourceError || (error as NodeJS.ErrnoException).code !== undefined || !stream
        if (!isOfSource) throw error
        const cause = error instanceof SourceError ? error.cause : error
        return unreadable(wordsOf(cause))
      } finally {
        stream?.close()
        await breathe()
      }
    }

    async function takeZip(path: string, name: string): Promise<void> {
      const opened = await openZip(path, name)
      if (!opened.ok) return add(fileReport(name, 'refused', opened.problem))
      try {
        const inside = await guideByDicomdir(opened.value.items)
        report.expect(inside.length - 1)
        for (const item of inside) {
          if (job.cancelled) return
          await takeOne(item)
        }
      } finally {
        opened.value.close()
      }
    }

    try {
      for await (const item of items) {
        if (job.cancelled) break
        await takeOne(item)
      }
      report.end(job.cancelled ? 'cancelled' : 'done', clock())
    } catch (error) {
      const isExpected = error instanceof ProblemError
      if (!isExpected) log.error({ err: error, id }, 'an import ended in a way nobody expected')
      const why: Problem = isExpected ? error.problem : { code: 'INTERNAL', with: { reference: id.slice(0, 8) } }
      if (isExpected && job.cancelled) report.end('cancelled', clock())
      else report.end('failed', clock(), why)
    }
    job.isRunning = false
    const { state, counts, bytes, studies } = report.read()
    audit.record({
      actor: wishes.actor,
      action: 'import-files',
      ...(wishes.examId === null
        ? { subjectKind: 'station', subjectId: id }
        : { subjectKind: 'exam', subjectId: wishes.examId }),
      details: { state, counts, bytes, studies: studies.length },
    })
    events.tell({ topic: 'imports', id })
  }

  /** `isSmall`: what a person puts into one exam does not wait for others. */
  function start(
    wishes: ImportWishes,
    items: (report: Pick<ImportReport, 'expect'>) => AsyncIterable<ImportItem>,
    { isSmall = false } = {},
  ): Outcome<{ readonly id: string; readonly ended: Promise<void> }> {
    // One that was stopped may wait long for the end of its upload; nobody else waits for that.
    const running = [...jobs.values()].filter((job) => job.isRunning && !job.cancelled).length
    if (running >= mostAtOnce && !isSmall) return fail('IMPORT-BUSY', { count: running })
    const id = randomUUID()
    const { source, examId, actor } = wishes
    const first = { id, source, examId, startedBy: actor, startedAt: clock() }
    const job: Job = {
      report: createImportReport(first, deps.examOfStudy),
      cancelled: false,
      isRunning: true,
      ended: Promise.resolve(),
    }
    jobs.set(id, job)
    for (const [old, { isRunning }] of [...jobs].slice(0, -mostRemembered)) if (!isRunning) jobs.delete(old)
    events.tell({ topic: 'imports', id })
    job.ended = run(id, job, wishes, items(job.report))
    return ok({ id, ended: job.ended })
  }

  async function* fromPlace(
    place: { readonly kind: 'folder' | 'file'; readonly path: string },
    report: Pick<ImportReport, 'expect'>,
  ): AsyncGenerator<ImportItem> {
    if (place.kind === 'file') {
      report.expect(1)
      yield fileItem(place.path, place.path.replaceAll('\\', '/').split('/').at(-1)!, false)
      return
    }
    const found = await walkFolder(place.path, deps.dataFolder)
    if (!found.ok) throw new ProblemError(found.problem)
    const items = await guideByDicomdir(found.value)
    report.expect(items.length)
    yield* items
  }

  return {
    start,
    /** A folder, a medium or a file on this computer. */
    async startFromPlace(path: string, examId: string | null, actor: Actor): Promise<Outcome<ImportJob>> {
      const place = await findPlace(path, deps.dataFolder)
      if (!place.ok) return place
      const started = start({ source: path, examId, actor }, (report) => fromPlace(place.value, report))
      return started.ok ? ok(jobs.get(started.value.id)!.report.read()) : started
    },
    list: (): ImportJob[] => [...jobs.values()].map((job) => job.report.read()).reverse(),
    read: (id: string): ImportJob | undefined => jobs.get(id)?.report.read(),
    /** What was taken stays; what is under way at this moment is still finished. */
    cancel(id: string): ImportJob | undefined {
      const job = jobs.get(id)
      if (job) job.cancelled = true
      return job?.report.read()
    },
    /** Ends what is under way, for a station that stops: the file at hand is still finished, if that is soon. */
    async stop(): Promise<void> {
      for (const job of jobs.values()) job.cancelled = true
      const ended = Promise.all([...jobs.values()].map((job) => job.ended))
      await Promise.race([ended, delay(stopWithinMilliseconds, undefined, { ref: false })])
      await decoder.stop()
    },
  }
}
