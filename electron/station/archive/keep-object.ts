import { rm, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { chinaDay } from '../../../shared/text/china-time.ts'
import type { Actor } from '../people/audit-log.ts'
import { alarmMissing } from './alarm-file.ts'
import type { KeepParts } from './archive-parts.ts'
import { type BytesInFile, type Comparison, compareWithVersion } from './compare-bytes.ts'
import { decideVersion } from './decide-version.ts'
import { type AcceptedObject, judgeObject } from './judge-object.ts'
import type { FilledPart } from './part-file.ts'
import type { HeaderRead } from './read-header.ts'
import { type PlacedFile, recordInstance } from './record-instance.ts'
import type { StoreNames } from './store-names.ts'
import type { Kept, ObjectAnnouncement, Refused, StoreOutcome } from './store-outcome.ts'
import { makeDurableFolder } from './sync-folder.ts'
import { isCutShort } from './whole-object.ts'

/** What came, apart from its bytes. */
type Received = {
  readonly object: ObjectAnnouncement
  readonly read: HeaderRead
  readonly actor: Actor
  /** The original is at hand, so that what is cut short is not kept. */
  readonly mustBeWhole: boolean
}

/** An object that is whole, on its way to its place. */
type Arrival = {
  readonly part: FilledPart
  readonly versionId: string
  readonly object: AcceptedObject
  readonly actor: Actor
  readonly transferSyntaxUid: string
  /** Versions with which its bytes were compared. */
  readonly compared: Map<string, Comparison>
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

  /** New bytes get a row and a place; those that were here are let go, or take the place of what was lost. */
  async function keepBytes(arrival: Arrival): Promise<Kept> {
    const { part, object, compared } = arrival
    for (;;) {
      const decision = decideVersion(sql.versionsOf(object.sopInstanceUid), part, compared)
      if (decision.kind === 'already-had') return keepAgain(arrival, decision)
      if (decision.kind !== 'compare') return keepNew(arrival)
      compared.set(decision.versionId, await compareWithVersion(parts, bytesOf(part), decision.versionId))
    }
  }

  async function keepAgain(
    { part, object, actor, compared }: Arrival,
    { versionId, isLost }: { readonly versionId: string; readonly isLost: boolean },
  ): Promise<Kept> {
    const row = sql.versionRow(versionId)!
    if (isLost) {
      await settle(part, join(folder, row.file))
      compared.set(versionId, 'same')
    } else {
      part.close()
      await unlink(part.path)
    }
    const dataSetOffset = isLost ? part.dataSetOffset : row.data_set_offset
    const placed = placedOf({ ...part, dataSetOffset }, versionId, row.file, row.transfer_syntax_uid)
    const outcome = await queue.commit(() => {
      if (isLost) sql.restoreFile(versionId, dataSetOffset, clock())
      return recordInstance(parts, object, placed, actor, compared)
    })
    if (outcome.kind === 'compare') throw new Error('a version that was compared is not there any more')
    if (isLost) {
      log.warn({ versionId, file: row.file }, 'a stored file was lost or damaged, and its bytes came again')
      events.tell({ topic: 'receiver', id: object.study.studyInstanceUid })
    }
    return outcome
  }

  /** Row and bytes at the same time. A disk that fails its sync leaves a row without a file, and staff are told. */
  async function keepNew(arrival: Arrival): Promise<Kept> {
    const { part, versionId, object, actor, compared } = arrival
    const file = await nameInStore(versionId, clock())
    const path = join(folder, file)
    const placed = placedOf(part, versionId, file, arrival.transferSyntaxUid)
    const named = settle(part, path, names.add)
    arriving.add(versionId, part.path, named)
    const [recorded, settled] = await Promise.allSettled([
      queue.commit(() => recordInstance(parts, object, placed, actor, compared)),
      named,
    ])
    if (recorded.status === 'rejected') throw recorded.reason
    const outcome = recorded.value
    if (settled.status === 'rejected') {
      if (outcome.kind !== 'compare') alarmMissing(parts, { id: versionId, file })
      throw settled.reason
    }
    if (outcome.kind !== 'compare') return outcome
    // Two associations brought the same object at the same moment, and the other one's row was first.
    const kept = await keepBytes({ ...arrival, part: alreadyPlaced(part, path) })
    if (kept.kind === 'already-had') await rm(part.path, { force: true })
    return kept
  }

  function placedOf(part: FilledPart, versionId: string, file: string, transferSyntaxUid: string): PlacedFile {
    const { dataSetOffset, sizeBytes, crc32 } = part
    return { versionId, file, dataSetOffset, sizeBytes, crc32, transferSyntaxUid, receivedAt: clock() }
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
        problem: refused.problem,
        callingAeTitle: object.callingAeTitle,
        sopInstanceUid: object.sopInstanceUid,
        sizeBytes: part.sizeBytes,
        quarantinedAt: clock(),
      })
      const details = { status: refused.status, reason: refused.problem.code, sizeBytes: part.sizeBytes }
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
        return { kind: 'refused', status: 0xc000, problem: { code: 'OBJECT-CUT-SHORT' }, isCutShort: true }
      }
      if (accepted.kind === 'refused') return quarantine(part, versionId, accepted, object)
      const outcome = await keepBytes({
        part,
        versionId,
        object: accepted,
        actor,
        transferSyntaxUid: object.transferSyntaxUid,
        compared: new Map(),
      })
      if (outcome.kind === 'new-version') {
        log.warn(
          { sopInstanceUid: accepted.sopInstanceUid },
          'the same SOPInstanceUID came with other bytes; both are kept',
        )
        events.tell({ topic: 'tray', id: accepted.study.studyInstanceUid })
      }
      if (outcome.kind !== 'already-had') events.tell({ topic: 'receiver', id: accepted.study.studyInstanceUid })
      return outcome
    },
  }
}

const bytesOf = ({ path, dataSetOffset, sizeBytes }: FilledPart): BytesInFile => ({
  path,
  offset: dataSetOffset,
  length: sizeBytes,
})

/** A part whose bytes are on the disk under their name in the store. */
const alreadyPlaced = (part: FilledPart, path: string): FilledPart => ({ ...part, path, async sync() {}, close() {} })
