import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { alarmMissing } from './alarm-file.ts'
import type { KeepParts } from './archive-parts.ts'
import type { RaisedAlarm, SweepFindings } from './archive-record.ts'
import { type Comparison, compareWithVersion } from './compare-bytes.ts'
import { crcOfFile } from './crc-of-file.ts'
import { type AcceptedObject, judgeObject } from './judge-object.ts'
import { type Part10Beginning, readPart10Beginning } from './part10.ts'
import { firstLook, readHeader } from './read-header.ts'
import { type PlacedFile, recordInstance } from './record-instance.ts'
import type { Kept } from './store-outcome.ts'
import { isCutShort } from './whole-object.ts'

/**
 * After a stop at any moment: a part file was never acknowledged, it goes to quarantine; a file in the store without a row was
 * whole and is indexed; a row without a file is an alarm. Nothing is deleted but a second copy of the same bytes.
 */
export async function sweepArchive(parts: KeepParts): Promise<SweepFindings> {
  const quarantinedParts = await quarantineParts(parts)
  await adoptQuarantined(parts)
  let indexedAgain = 0
  for (const file of await storedFiles(parts.folder)) {
    if (parts.sql.hasFile(file)) continue
    if (await indexAgain(parts, file)) indexedAgain++
  }
  return { quarantinedParts, indexedAgain, missingFiles: alarmAllMissing(parts, await storedFiles(parts.folder)) }
}

async function quarantineParts({ folder, sql, clock, log }: KeepParts): Promise<number> {
  const names = (await readdir(join(folder, 'incoming'))).filter((name) => name.endsWith('.part'))
  for (const name of names) {
    const from = join(folder, 'incoming', name)
    const id = basename(name, '.part')
    const file = `quarantine/${id}.dcm`
    const sizeBytes = (await stat(from)).size
    await rename(from, join(folder, file))
    const problem = { code: 'OBJECT-BROKEN-OFF' } as const
    const unknown = { callingAeTitle: '', sopInstanceUid: '', status: 0 }
    sql.addQuarantined({ id, file, problem, sizeBytes, quarantinedAt: clock(), ...unknown })
    log.warn({ id, sizeBytes }, 'an unfinished object was put into quarantine')
  }
  return names.length
}

/** A file whose row could not be written when it was put aside. */
async function adoptQuarantined({ folder, sql, clock }: KeepParts): Promise<void> {
  for (const name of await readdir(join(folder, 'quarantine'))) {
    const file = `quarantine/${name}`
    if (sql.hasQuarantined(file)) continue
    const sizeBytes = (await stat(join(folder, file))).size
    const unknown = { callingAeTitle: '', sopInstanceUid: '', status: 0 }
    const problem = { code: 'OBJECT-WITHOUT-NOTE' } as const
    sql.addQuarantined({ id: basename(name, '.dcm'), file, problem, sizeBytes, quarantinedAt: clock(), ...unknown })
  }
}

async function storedFiles(folder: string): Promise<Set<string>> {
  const files = new Set<string>()
  for (const day of await readdir(join(folder, 'store'), { withFileTypes: true })) {
    if (!day.isDirectory()) continue
    for (const name of await readdir(join(folder, 'store', day.name))) {
      if (name.endsWith('.dcm')) files.add(`store/${day.name}/${name}`)
    }
  }
  return files
}

async function indexAgain(parts: KeepParts, file: string): Promise<boolean> {
  const path = join(parts.folder, file)
  const versionId = basename(file, '.dcm')
  const handle = await open(path, 'r')
  try {
    const { size, mtimeMs } = await handle.stat()
    const found = await beginningOf(handle)
    if (found) {
      const { object, dataSetOffset, beginning } = found
      const source = { file: handle, offset: dataSetOffset, length: size - dataSetOffset }
      const readAs = parts.readAsOf(object.callingAeTitle)
      const read = await readHeader(beginning, object.transferSyntaxUid, source, readAs)
      const place = { path, offset: dataSetOffset, length: size - dataSetOffset }
      const isShort = read.kind === 'header' && (await isCutShort(read.end, object.transferSyntaxUid, place))
      const accepted = judgeObject(read, object, isShort)
      if (accepted.kind === 'accepted') {
        const { transferSyntaxUid } = object
        const crc32 = await crcOfFile(path, dataSetOffset)
        const sizeBytes = size - dataSetOffset
        const receivedAt = Math.floor(mtimeMs)
        const placed = { versionId, file, dataSetOffset, sizeBytes, crc32, transferSyntaxUid, receivedAt }
        const kind = await recordFile(parts, accepted, placed)
        parts.log.warn({ versionId, kind }, 'a stored file had no row and was indexed again')
        return kind !== 'already-had'
      }
    }
  } finally {
    await handle.close()
  }
  await rename(path, join(parts.folder, 'quarantine', basename(file)))
  await adoptQuarantined(parts)
  return false
}

/** Bytes that another file holds as well are let go; where that file is lost, they take its place. */
async function recordFile(parts: KeepParts, object: AcceptedObject, placed: PlacedFile): Promise<Kept['kind']> {
  const { folder, sql, queue, clock, syncFolder } = parts
  const path = join(folder, placed.file)
  const came = { path, offset: placed.dataSetOffset, length: placed.sizeBytes }
  const compared = new Map<string, Comparison>()
  for (;;) {
    const recorded = await queue.commit(() => recordInstance(parts, object, placed, 'station', compared))
    if (recorded.kind !== 'compare') {
      if (recorded.kind === 'already-had') await rm(path, { force: true })
      return recorded.kind
    }
    const { versionId } = recorded
    const found = await compareWithVersion(parts, came, versionId)
    compared.set(versionId, found === 'lost' ? 'same' : found)
    if (found !== 'lost') continue
    const place = join(folder, sql.versionRow(versionId)!.file)
    await rename(path, place)
    await syncFolder(dirname(place))
    sql.restoreFile(versionId, placed.dataSetOffset, clock())
  }
}

async function beginningOf(
  handle: FileHandle,
): Promise<(Part10Beginning & { readonly beginning: Buffer }) | undefined> {
  const bytes = Buffer.alloc(firstLook)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
  const found = readPart10Beginning(bytes.subarray(0, bytesRead))
  return found && { ...found, beginning: bytes.subarray(found.dataSetOffset, bytesRead) }
}

function alarmAllMissing(parts: KeepParts, files: ReadonlySet<string>): RaisedAlarm[] {
  const { sql, clock } = parts
  const missing: RaisedAlarm[] = []
  for (const row of sql.versionFiles()) {
    if (!files.has(row.file)) missing.push(alarmMissing(parts, row))
    else for (const kind of ['file-missing', 'damaged'] as const) sql.clearAlarm(kind, row.id, clock())
  }
  return missing
}
