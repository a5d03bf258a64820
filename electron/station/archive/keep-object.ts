import { access, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { chinaDay } from '../../../shared/text/china-time.ts'
import type { Actor } from '../people/audit-log.ts'
import { alarmMissing } from './alarm-missing.ts'
import type { ArchiveParts } from './archive.ts'
import type { ArchiveSql } from './archive-sql.ts'
import type { ArrivingFiles } from './arriving-files.ts'
import type { CharacterSetFindings } from './character-set-findings.ts'
import type { CommitQueue } from './commit-queue.ts'
import { decideVersion } from './decide-version.ts'
import { type AcceptedObject, judgeObject } from './judge-object.ts'
import type { FilledPart } from './part-file.ts'
import type { HeaderRead } from './read-header.ts'
import { type PlacedFile, recordInstance } from './record-instance.ts'
import type { StoreNames } from './store-names.ts'
import type { ObjectAnnouncement, Refused, StoreOutcome } from './store-outcome.ts'
import { type FolderSync, makeDurableFolder } from './sync-folder.ts'
import { isCutShort } from './whole-object.ts'

export type KeepParts = Omit<ArchiveParts, 'db' | 'readAsOf'> & {
  readonly readAsOf: NonNullable<ArchiveParts['readAsOf']>
  readonly sql: ArchiveSql
  readonly queue: CommitQueue
  readonly characterSets: CharacterSetFindings
  readonly syncFolder: FolderSync
  readonly names: StoreNames
  readonly arriving: ArrivingFiles
}

/** What came, apart from its bytes. */
type Received = {
  readonly object: ObjectAnnouncement
  readonly read: HeaderRead
  readonly actor: Actor
  /** The original is at hand, so that what is cut short is not kept. */
  readonly mustBeWhole: boolean
}

export type ObjectKeeper = ReturnType<typeof createObjectKeeper>

/**
 * From a filled part file to an instance: its header, then at the same time the sync of its bytes and one transaction, then its name in
 * the store. Only after all of it is the sender told. A file that has a name in the store is on the disk whole; one that has a row and
 * still its name in incoming/ is looked at when the station starts.
 */
export function createObjectKeeper(parts: KeepParts) {
  const { folder, sql, queue, names, arriving, clock, audit, log, events } = parts
  const knownFolders = new Set<string>()

  /** Names in the store are the day and our own id: nothing from the wire becomes a path. */
  async function nameInStore(versionId: string, receivedAt: number): Promise<string> {
    const day = join('store', chinaDay(receivedAt))
    if (!knownFolders.has(day)) {
      await makeDurableFolder(join(folder, day))
      knownFolders.add(day)
    }
    return join(day, `${versionId}.dcm`).replaceAll('\\', '/')
  }

  async function settle(
    part: FilledPart,
    path: string,
    give: StoreNames['add' | 'rename'] = names.rename,
  ): Promise<void> {
    try {
      await part.sync()
    } finally {
      part.close()
    }
    await give(part.path, path)
  }

  const isAt = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    )

  async function keepAgain(
    part: FilledPart,
    versionId: string,
    object: AcceptedObject,
    actor: Actor,
  ): Promise<StoreOutcome> {
    await arriving.settled(versionId)
    const row = sql.versionRow(versionId)!
    const path = join(folder, row.file)
    const isThere = await isAt(path)
    if (isThere) {
      part.close()
      await unlink(part.path)
    } else await settle(part, path) // the stored file was lost: these are its bytes
    const offset = isThere ? row.data_set_offset : part.dataSetOffset
    return queue.commit(() => {
      if (!isThere) sql.restoreFile(versionId, offset, clock())
      return recordInstance(parts, object, placedOf(part, versionId, row.file, row.transfer_syntax_uid), actor)
    })
  }

  /** Row and bytes at the same time. A disk that fails its sync leaves a row without a file, and staff are told. */
  async function keepNew(part: FilledPart, versionId: string, object: AcceptedObject, actor: Actor, syntax: string) {
    const file = await nameInStore(versionId, clock())
    const path = join(folder, file)
    const placed = placedOf(part, versionId, file, syntax)
    const named = settle(part, path, names.add)
    arriving.add(versionId, part.path, named)
    const [recorded, settled] = await Promise.allSettled([
      queue.commit(() => recordInstance(parts, object, placed, actor)),
      named,
    ])
    if (recorded.status === 'rejected') throw recorded.reason
    const outcome = recorded.value
    if (outcome.kind === 'already-had') {
      // Two associations brought the same bytes at the same moment: the other one's file is in the index.
      for (const name of [path, part.path]) await unlink(name).catch(() => {})
      const other = sql.versionsOf(object.sopInstanceUid).find((version) => version.sha256 === part.sha256)!
      await arriving.settled(other.id)
      if (!(await isAt(join(folder, sql.versionRow(other.id)!.file))))
        throw new Error('the same bytes came twice and neither reached the disk')
    } else if (settled.status === 'rejected') {
      alarmMissing(parts, versionId, file)
      throw settled.reason
    }
    return outcome
  }

  function placedOf(part: FilledPart, versionId: string, file: string, transferSyntaxUid: string): PlacedFile {
    const { dataSetOffset, sizeBytes, sha256 } = part
    return { versionId, file, dataSetOffset, sizeBytes, sha256, transferSyntaxUid, receivedAt: clock() }
  }

  async function quarantine(
    part: FilledPart,
    id: string,
    refused: Refused,
    object: ObjectAnnouncement,
  ): Promise<Refused> {
    const file = join('quarantine', `${id}.dcm`)
    await settle(part, join(folder, file))
    await queue.commit(() => {
      sql.addQuarantined({
        id,
        file: `quarantine/${basename(file)}`,
        status: refused.status,
        reason: refused.reason,
        callingAeTitle: object.callingAeTitle,
        sopInstanceUid: object.sopInstanceUid,
        sizeBytes: part.sizeBytes,
        quarantinedAt: clock(),
      })
      const details = { status: refused.status, reason: refused.reason, sizeBytes: part.sizeBytes }
      audit.record({
        actor: `ae:${object.callingAeTitle}`,
        action: 'quarantine-object',
        subjectKind: 'station',
        subjectId: id,
        details,
      })
    })
    events.tell({ topic: 'receiver' })
    return refused
  }

  return {
    async keep(
      part: FilledPart,
      versionId: string,
      { object, read, actor, mustBeWhole }: Received,
    ): Promise<StoreOutcome> {
      const where = { path: part.path, offset: part.dataSetOffset, length: part.sizeBytes }
      const isShort = read.kind === 'header' && (await isCutShort(read.end, object.transferSyntaxUid, where))
      const accepted = judgeObject(read, object, isShort)
      if (isShort && mustBeWhole) {
        part.close()
        await unlink(part.path)
        return { kind: 'refused', status: 0xc000, reason: 'the data set is cut short', isCutShort: true }
      }
      if (accepted.kind === 'refused') return quarantine(part, versionId, accepted, object)
      const decision = decideVersion(sql.versionsOf(accepted.sopInstanceUid), part.sha256)
      if (decision.kind === 'already-had') return keepAgain(part, decision.versionId, accepted, actor)
      const outcome = await keepNew(part, versionId, accepted, actor, object.transferSyntaxUid)
      if (outcome.kind === 'new-version') {
        log.warn(
          { sopInstanceUid: accepted.sopInstanceUid },
          'the same SOPInstanceUID came with other bytes; both are kept',
        )
        events.tell({ topic: 'tray', id: accepted.study.studyInstanceUid })
      }
      events.tell({ topic: 'receiver', id: accepted.study.studyInstanceUid })
      return outcome
    },
  }
}
