import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import type { Actor } from '../people/audit-log.ts'
import { alarmUnusable } from './alarm-file.ts'
import type { ArchiveParts } from './archive-parts.ts'
import type {
  ArchiveAlarm,
  ArchiveCounts,
  InstanceVersion,
  QuarantinedObject,
  SweepFindings,
} from './archive-record.ts'
import { createArchiveSql, type VersionRow } from './archive-sql.ts'
import { createArrivingFiles } from './arriving-files.ts'
import { type CharacterSetFindings, createCharacterSetFindings } from './character-set-findings.ts'
import { createCommitQueue } from './commit-queue.ts'
import { createDiskSpace } from './disk-space.ts'
import { importFile } from './import-file.ts'
import { createIncomingFiles } from './incoming-files.ts'
import { createObjectKeeper } from './keep-object.ts'
import { createPartFile } from './part-file.ts'
import { part10Beginning } from './part10.ts'
import { type HeaderRead, readHeader, wholeHeader } from './read-header.ts'
import { createHeaderReader, type HeaderReader } from './read-headers-again.ts'
import { settleParts } from './settle-parts.ts'
import { createStoreNames } from './store-names.ts'
import type { ImportOutcome, IncomingInstance, ObjectAnnouncement, Refused, StoreOutcome } from './store-outcome.ts'
import { sweepArchive } from './sweep.ts'
import { createFolderSync, makeDurableFolder } from './sync-folder.ts'

/** Where the received bytes of an instance are: everything in the file before `offset` is ours. */
export type StoredDataSet = {
  readonly path: string
  readonly offset: number
  readonly length: number
  readonly transferSyntaxUid: string
}

/** With the CRC-32 of what was received: whoever gives the bytes out holds them against it. */
export type ReceivedDataSet = StoredDataSet & { readonly crc32: number }

/** The archive room: every received object on disk exactly as it came, and an index of what is there. */
export type Archive = {
  /** Asked before the first byte is taken: a full disk is refused while the sender still has the object. */
  mayAccept(): Promise<{ readonly kind: 'yes' } | Refused>
  begin(object: ObjectAnnouncement): IncomingInstance
  /** A Part 10 file, or a bare data set, that a person brought. The data set's bytes stay as they are. */
  importFile(source: string | Readable, actor: Actor): Promise<ImportOutcome>
  studyHeader(studyInstanceUid: string): StudyHeader | undefined
  studies(studyInstanceUids: readonly string[]): StudyHeader[]
  /** In the order in which people leaf through it: series number, then instance number. */
  instancesOfStudy(studyInstanceUid: string): InstanceFacts[]
  instance(id: string): InstanceFacts | undefined
  instanceByUid(sopInstanceUid: string): InstanceFacts | undefined
  /** The absolute path of an instance's current version, or of the version with this id. */
  fileOf(id: string): string | undefined
  dataSetOf(id: string): ReceivedDataSet | undefined
  versionsOf(sopInstanceUid: string): InstanceVersion[]
  counts(): ArchiveCounts
  alarms(): ArchiveAlarm[]
  /**
   * Somebody who was to give a stored object out found its file gone, or not as it came: staff see it until the next start finds it well.
   * `id`: of an instance or a version.
   */
  alarmUnusable(id: string, why: 'missing' | 'altered'): void
  quarantined(): QuarantinedObject[]
  /** Once at start, before anything is received: brings files and rows together again. */
  sweep(): Promise<SweepFindings>
  /** What the charset doctor found in what was received. */
  readonly characterSets: Pick<CharacterSetFindings, 'open' | 'decide'>
  /** Stored headers, read again in the character set that is now set for their device. `stop` before the database closes. */
  readonly headers: Pick<HeaderReader, 'request' | 'pending' | 'idle' | 'stop'>
}

export async function createArchive(parts: ArchiveParts): Promise<Archive> {
  const { db, folder } = parts
  for (const name of ['incoming', 'store', 'quarantine']) await makeDurableFolder(join(folder, name))
  const sql = createArchiveSql(db)
  const queue = createCommitQueue(db)
  const characterSets = createCharacterSetFindings(parts)
  const readAsOf = parts.readAsOf ?? (() => 'declared')
  const syncFolder = createFolderSync()
  const names = createStoreNames(syncFolder, parts.log)
  const arriving = createArrivingFiles()
  const keepParts = { ...parts, readAsOf, sql, queue, characterSets, syncFolder, names, arriving }
  const incomingFiles = createIncomingFiles(join(folder, 'incoming'), syncFolder)
  const headers = createHeaderReader({ ...keepParts, onReadAgain: parts.onReadAgain ?? (() => {}) })
  const keeper = createObjectKeeper(keepParts)
  const diskSpace = createDiskSpace(folder, parts.diskSpace)

  const pathOf = (row: VersionRow) => arriving.pathOf(row.id) ?? join(folder, row.file)

  function begin(object: ObjectAnnouncement, actor: Actor, mustBeWhole: boolean): IncomingInstance {
    const file = incomingFiles.take()
    const before = part10Beginning(object)
    const readAs = readAsOf(object.callingAeTitle)
    let looked: Promise<HeaderRead> | undefined
    const onBeginning = (bytes: Buffer) => {
      looked = readHeader(bytes, object.transferSyntaxUid, undefined, readAs)
      looked.catch(() => {}) // told by whoever waits for it
    }
    const part = createPartFile({ file, before, onBeginning })
    return {
      write: part.write,
      abandon: part.remove,
      async finish(): Promise<StoreOutcome> {
        const filled = await part.fill()
        if ('kind' in filled) return refusedFor(filled.error)
        try {
          const read = await wholeHeader(await looked!, filled, object.transferSyntaxUid, readAs)
          return await keeper.keep(filled, file.id, { object, read, actor, mustBeWhole })
        } catch (error) {
          filled.close()
          return refusedFor(error)
        }
      },
    }
  }

  /** 0xA700: the sender keeps the object and sends it again. What is on disk by now is found by the next sweep. */
  function refusedFor(error: unknown): Refused {
    parts.log.error({ err: error }, 'a received object could not be kept')
    const code = (error as NodeJS.ErrnoException).code ?? 'error'
    return { kind: 'refused', status: 0xa700, problem: { code: 'OBJECT-NOT-WRITTEN', with: { detail: code } } }
  }

  return {
    mayAccept: diskSpace.mayAccept,
    begin: (object) => begin(object, `ae:${object.callingAeTitle}`, false),
    importFile: (source, actor) => importFile(source, (object, who) => begin(object, who, true), actor),
    studyHeader: sql.study,
    studies: (uids) => uids.map((uid) => sql.study(uid)).filter((study) => study !== undefined),
    instancesOfStudy: sql.instancesOfStudy,
    instance: sql.instanceById,
    instanceByUid: sql.instanceByUid,
    fileOf(id) {
      const row = sql.versionRow(id)
      return row && pathOf(row)
    },
    dataSetOf(id) {
      const row = sql.versionRow(id)
      if (!row) return undefined
      const { data_set_offset: offset, size_bytes: length, transfer_syntax_uid: transferSyntaxUid, crc32 } = row
      return { path: pathOf(row), offset, length, transferSyntaxUid, crc32 }
    },
    versionsOf: sql.versionsOf,
    counts: sql.counts,
    alarms: sql.alarms,
    alarmUnusable(id, why) {
      const row = sql.versionRow(id)
      if (row) alarmUnusable(keepParts, row, why)
    },
    quarantined: sql.quarantined,
    async sweep() {
      await settleParts(keepParts)
      const findings = await sweepArchive(keepParts)
      headers.resume()
      return findings
    },
    characterSets,
    headers,
  }
}
