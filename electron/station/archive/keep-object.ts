import { access, open, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ReadAs } from '../../../shared/models/settings.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'
import type { Actor } from '../people/audit-log.ts'
import type { ArchiveParts } from './archive.ts'
import type { ArchiveSql } from './archive-sql.ts'
import type { CharacterSetFindings } from './character-set-findings.ts'
import type { CommitQueue } from './commit-queue.ts'
import { decideVersion } from './decide-version.ts'
import { type AcceptedObject, judgeObject } from './judge-object.ts'
import type { FilledPart } from './part-file.ts'
import { type HeaderRead, readHeader } from './read-header.ts'
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
}
export type ObjectKeeper = ReturnType<typeof createObjectKeeper>

/**
 * From a filled part file to an instance: header → fsync → name in the store → one transaction. Only then is the sender told. Whatever
 * fails before leaves the part file or nothing; whatever fails after is found at the next start.
 */
export function createObjectKeeper(parts: KeepParts) {
  const { folder, sql, queue, names, clock, audit, log, events } = parts
  const knownFolders = new Set<string>()

  /** Names in the store are the day and our own id: nothing from the wire becomes a path. */
  async function place(part: FilledPart, versionId: string, receivedAt: number): Promise<string> {
    const day = join('store', chinaDay(receivedAt))
    if (!knownFolders.has(day)) {
      await makeDurableFolder(join(folder, day))
      knownFolders.add(day)
    }
    const file = join(day, `${versionId}.dcm`)
    await part.sync()
    part.close()
    await names.add(part.path, join(folder, file))
    return file.replaceAll('\\', '/')
  }

  async function settle(part: FilledPart, path: string): Promise<void> {
    await part.sync()
    part.close()
    await names.rename(part.path, path)
  }

  async function keepAgain(
    part: FilledPart,
    versionId: string,
    object: AcceptedObject,
    actor: Actor,
  ): Promise<StoreOutcome> {
    const row = sql.versionRow(versionId)!
    const path = join(folder, row.file)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
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
    /** `mustBeWhole`: the original is at hand, so that what is cut short is not kept. */
    async keep(
      part: FilledPart,
      versionId: string,
      object: ObjectAnnouncement,
      actor: Actor,
      mustBeWhole: boolean,
    ): Promise<StoreOutcome> {
      const readAs = parts.readAsOf(object.callingAeTitle)
      const read = await readHeaderOf(part, object.transferSyntaxUid, readAs)
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
      const isReady = queue.announce()
      const file = await place(part, versionId, clock()).finally(isReady)
      const placed = placedOf(part, versionId, file, object.transferSyntaxUid)
      const outcome = await queue.commit(() => recordInstance(parts, accepted, placed, actor))
      // Two associations brought the same bytes at the same moment: the other one's file is in the index.
      if (outcome.kind === 'already-had')
        for (const name of [join(folder, file), part.path]) await unlink(name).catch(() => {})
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

/** Few headers are longer than what was kept of the data set's beginning: only then the file is read. */
async function readHeaderOf(part: FilledPart, transferSyntaxUid: string, readAs: ReadAs): Promise<HeaderRead> {
  const read = await readHeader(part.beginning, transferSyntaxUid, undefined, readAs)
  const isAll = part.beginning.length === part.sizeBytes
  if (isAll || (read.kind === 'header' && read.isComplete)) return read
  const file = await open(part.path, 'r')
  try {
    const source = { file, offset: part.dataSetOffset, length: part.sizeBytes }
    return await readHeader(part.beginning, transferSyntaxUid, source, readAs)
  } finally {
    await file.close()
  }
}
