import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArchive } from '../../electron/station/archive/archive.ts'
import type { ArchiveParts } from '../../electron/station/archive/archive-parts.ts'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createEvents, type StationEvent } from '../../electron/station/events.ts'
import { createLog } from '../../electron/station/log.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import type { InstanceFacts, StudyHeader } from '../../shared/models/study.ts'
import { newUid } from '../../shared/text/dicom-values.ts'

export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2'
export const explicitLittle = '1.2.840.10008.1.2.1'

export type ClaimedStudy = { readonly study: StudyHeader; readonly instance: InstanceFacts; readonly actor: string }
export type TestArchive = Awaited<ReturnType<typeof openArchive>>

/** A real archive on a real database in a temporary folder. */
export async function openArchive(given: Partial<ArchiveParts> & { readonly keepFolder?: string } = {}) {
  const folder = given.keepFolder ?? mkdtempSync(join(tmpdir(), 'yingzhan-archive-'))
  const db = await openDatabase(join(folder, 'station.db'))
  const clock = given.clock ?? Date.now
  const lines: string[] = []
  const log = createLog({ write: (line) => lines.push(line) }, 'info')
  const events = createEvents()
  const told: StationEvent[] = []
  events.watch((event) => told.push(event))
  const claimed: ClaimedStudy[] = []
  const audit = createAuditLog(db, clock)
  const onStored = (study: StudyHeader, instance: InstanceFacts, actor: string) =>
    claimed.push({ study, instance, actor })
  const archive = await createArchive({ db, folder, clock, audit, log, events, onStored, ...given })
  return {
    archive,
    db,
    folder,
    clock,
    audit,
    log,
    lines,
    events,
    told,
    claimed,
    close(): void {
      db.close()
      if (!given.keepFolder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The files in incoming/ that hold bytes and are not in the store as well; the empty ones are there for objects to come. */
export function unfinishedIn(folder: string): string[] {
  const names = readdirSync(join(folder, 'incoming')).filter((name) => name.endsWith('.part'))
  return names.filter((name) => {
    const found = statSync(join(folder, 'incoming', name), { throwIfNoEntry: false })
    return found !== undefined && found.size > 0 && found.nlink === 1
  })
}

/** Settles when no file has two names any more. */
export async function singleNames(folder: string): Promise<void> {
  const incoming = join(folder, 'incoming')
  while (
    readdirSync(incoming).some((name) => (statSync(join(incoming, name), { throwIfNoEntry: false })?.nlink ?? 1) > 1)
  )
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** The received bytes as they lie in the store. */
export async function storedDataSet(archive: TestArchive['archive'], id: string): Promise<Buffer> {
  const stored = archive.dataSetOf(id)
  if (!stored) throw new Error(`no data set of ${id}`)
  const file = await readFile(stored.path)
  return file.subarray(stored.offset, stored.offset + stored.length)
}

export type SmallObject = { readonly sopInstanceUid: string; readonly dataSet: Buffer }

/** A data set of a few elements; `more` replaces elements of the same tag. */
export function smallObject(more: readonly ElementToWrite[] = [], sopInstanceUid = newUid()): SmallObject {
  const elements = new Map<number, ElementToWrite>(
    [
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00080016, vr: 'UI', value: ctImageStorage },
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00080020, vr: 'DA', value: '20261121' },
      { tag: 0x00080030, vr: 'TM', value: '093015.120000' },
      { tag: 0x00080050, vr: 'SH', value: 'CT2611210001' },
      { tag: 0x00080060, vr: 'CS', value: 'CT' },
      { tag: 0x00081030, vr: 'LO', value: '胸部平扫' },
      { tag: 0x00100010, vr: 'PN', value: 'ZHANG^SAN=张^三' },
      { tag: 0x00100020, vr: 'LO', value: 'P26000001' },
      { tag: 0x00100030, vr: 'DA', value: '19880305' },
      { tag: 0x00100040, vr: 'CS', value: 'M' },
      { tag: 0x0020000d, vr: 'UI', value: '2.25.100' },
      { tag: 0x0020000e, vr: 'UI', value: '2.25.101' },
      { tag: 0x00200011, vr: 'IS', value: '2' },
      { tag: 0x00200013, vr: 'IS', value: '7' },
      { tag: 0x00280010, vr: 'US', value: 4 },
      { tag: 0x00280011, vr: 'US', value: 4 },
      { tag: 0x7fe00010, vr: 'OW', value: Buffer.from(Array.from({ length: 32 }, (_, at) => at)) },
    ].map((element) => [element.tag, element]),
  )
  for (const element of more) elements.set(element.tag, element)
  return { sopInstanceUid, dataSet: encodeDataSet([...elements.values()], { explicitVr: true, text: 'gb18030' }) }
}

/** Gives an object to the archive as a C-STORE would, in pieces. */
export async function give(
  { archive }: TestArchive,
  object: SmallObject,
  announced: {
    callingAeTitle?: string
    sopClassUid?: string
    sopInstanceUid?: string
    transferSyntaxUid?: string
  } = {},
) {
  const incoming = archive.begin({
    callingAeTitle: 'CT1',
    sopClassUid: ctImageStorage,
    sopInstanceUid: object.sopInstanceUid,
    transferSyntaxUid: explicitLittle,
    ...announced,
  })
  const half = Math.floor(object.dataSet.length / 2)
  await incoming.write(object.dataSet.subarray(0, half))
  await incoming.write(object.dataSet.subarray(half))
  return incoming.finish()
}
