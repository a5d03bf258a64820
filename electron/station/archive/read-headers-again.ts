import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Log } from '../log.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { ArchiveSql, KeptHeader } from './archive-sql.ts'
import { prepareCharacterSetSql, type VersionToRead } from './character-set-sql.ts'
import type { CommitQueue } from './commit-queue.ts'
import { withPersonOf } from './fuller-study.ts'
import { firstLook, type ObjectHeader, readHeader } from './read-header.ts'

export type HeaderReaderParts = {
  readonly db: Database
  readonly folder: string
  readonly clock: Clock
  readonly audit: AuditLog
  readonly log: Log
  readonly events: Events
  readonly sql: ArchiveSql
  readonly queue: CommitQueue
  readonly readAsOf: (callingAeTitle: string) => ReadAs
  /** Within the transaction that wrote a study's new header. */
  readonly onReadAgain: (study: StudyHeader) => void
}

export type HeaderReader = ReturnType<typeof createHeaderReader>

/** So many files are read for one transaction: other work comes in between. */
const step = 25

/**
 * Reads the headers of a device's stored objects again, in the character set that is now set for it. The files stay as they are; index,
 * tray and desk show what is read. Where it was stopped it goes on at the next start.
 */
export function createHeaderReader(parts: HeaderReaderParts) {
  const { clock, audit, log, events, queue } = parts
  const sql = prepareCharacterSetSql(parts.db)
  let running: Promise<void> | undefined
  let isStopping = false

  /** Asked for within a transaction or outside; the work itself goes on by itself. */
  function request(callingAeTitle: string, actor: Actor): void {
    sql.requestReading.run(callingAeTitle, actor, clock())
    resume()
  }

  function resume(): void {
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(readAll).then(
      () => {
        running = undefined
        // Asked for in the very moment in which the last step ended.
        if (!isStopping && sql.readings.all().length > 0) resume()
      },
      (error) => {
        running = undefined
        log.error({ err: error }, 'stored headers could not be read again')
      },
    )
  }

  async function readAll(): Promise<void> {
    for (let next = sql.readings.all()[0]; next && !isStopping; next = sql.readings.all()[0]) {
      const { calling_ae_title: aeTitle, after_position: after, actor } = next
      const versions = sql.versionsAfter.all(aeTitle, after, step)
      if (versions.length > 0) await readStep(aeTitle, versions)
      else {
        await queue.commit(() => {
          // Asked for once more meanwhile: then it begins again.
          if (sql.readings.all().find((one) => one.calling_ae_title === aeTitle)?.after_position !== after) return
          sql.endReading.run(aeTitle)
          const details = { readAs: parts.readAsOf(aeTitle) }
          audit.record({ actor, action: 'read-headers-again', subjectKind: 'settings', subjectId: aeTitle, details })
        })
        events.tell({ topic: 'settings' })
      }
    }
  }

  async function readStep(aeTitle: string, versions: readonly VersionToRead[]): Promise<void> {
    const readAs = parts.readAsOf(aeTitle)
    const found: { readonly version: VersionToRead; readonly header: ObjectHeader }[] = []
    for (const version of versions) {
      const header = await headerOf(version, readAs)
      if (header) found.push({ version, header })
    }
    const studies = await queue.commit(() => {
      const changed = new Set<string>()
      for (const { version, header } of found) if (record(version, header)) changed.add(version.study_instance_uid)
      // Another choice meanwhile began anew: its place is not moved.
      if (parts.readAsOf(aeTitle) === readAs) sql.advanceReading.run(versions.at(-1)!.position, aeTitle)
      return changed
    })
    for (const id of studies) {
      events.tell({ topic: 'receiver', id })
      events.tell({ topic: 'tray', id })
    }
  }

  /** True where the index says something else now. */
  function record(version: VersionToRead, { instance, study }: ObjectHeader): boolean {
    const known: KeptHeader = JSON.parse(version.header)
    const { seriesInstanceUid, sopClassUid } = known
    const header = JSON.stringify({ ...known, ...instance, seriesInstanceUid, sopClassUid })
    let isChanged = header !== version.header
    if (isChanged) sql.saveVersionHeader.run(header, version.id)
    const uid = version.study_instance_uid
    const knownStudy = parts.sql.study(uid)
    if (!knownStudy || sql.firstVersionOfStudy.get(uid) !== version.id) return isChanged
    const { studyInstanceUid, callingAeTitle } = knownStudy
    const readStudy = { ...knownStudy, ...study, studyInstanceUid, callingAeTitle }
    const newStudy = withPersonOf(readStudy, knownStudy) ?? readStudy
    if (JSON.stringify(newStudy) !== JSON.stringify(knownStudy)) {
      sql.saveStudyHeader.run(JSON.stringify(newStudy), uid)
      parts.onReadAgain(newStudy)
      isChanged = true
    }
    return isChanged
  }

  async function headerOf(version: VersionToRead, readAs: ReadAs): Promise<ObjectHeader | undefined> {
    const { file, data_set_offset: offset, size_bytes: length, transfer_syntax_uid: syntax } = version
    try {
      const handle = await open(join(parts.folder, file), 'r')
      try {
        const prefix = Buffer.alloc(Math.min(firstLook, length))
        const { bytesRead } = await handle.read(prefix, 0, prefix.length, offset)
        const source = { file: handle, offset, length }
        const read = await readHeader(prefix.subarray(0, bytesRead), syntax, source, readAs)
        return read.kind === 'header' ? read.header : undefined
      } finally {
        await handle.close()
      }
    } catch (error) {
      log.warn(
        { err: error, versionId: version.id },
        'a stored object could not be read again; its header stays as it was',
      )
      return undefined
    }
  }

  return {
    request,
    /** At start: goes on with what a stop interrupted. */
    resume(): void {
      if (sql.readings.all().length > 0) resume()
    },
    /** AE titles whose objects are being read again. */
    pending: (): string[] => sql.readings.all().map((row) => row.calling_ae_title),
    /** Resolves when nothing is left to do, or when the step at hand is done after `stop`. */
    async idle(): Promise<void> {
      while (running) await running
    },
    async stop(): Promise<void> {
      isStopping = true
      while (running) await running
    },
  }
}
