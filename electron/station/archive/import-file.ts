import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { mediaStorageDirectory } from '../../../shared/dicom/sop-class.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import type { Actor } from '../people/audit-log.ts'
import { type Part10Beginning, readPart10Beginning } from './part10.ts'
import { SourceError } from './peek-stream.ts'
import { firstLook, readHeader } from './read-header.ts'
import type { ImportOutcome, IncomingInstance, ObjectAnnouncement } from './store-outcome.ts'

const notDicom = inBoth(
  '开头既没有 DICM 标记，也读不出影像信息',
  'it has neither the mark DICM nor the elements of an image',
)
const isDicomdir = inBoth(
  '这是光盘目录（DICOMDIR），不是影像',
  'it is the directory of a disc (DICOMDIR), not an image',
)

/**
 * A file that a person brought goes the same way as a received object: its data set's bytes stay as they are, in their transfer
 * syntax; only the file's own head is made anew.
 */
export async function importFile(
  source: string | Readable,
  begin: (object: ObjectAnnouncement, actor: Actor) => IncomingInstance,
  actor: Actor,
): Promise<ImportOutcome> {
  const stream = typeof source === 'string' ? createReadStream(source) : source
  const bytes = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let incoming: IncomingInstance | undefined
  try {
    const beginning = await readBeginning(bytes)
    const found = readPart10Beginning(beginning)
    if (!found) return { kind: 'not-dicom', reason: notDicom }
    if (found.object.sopClassUid === mediaStorageDirectory) {
      return { kind: 'not-dicom', reason: isDicomdir }
    }
    incoming = begin(await announcementOf(found, beginning), actor)
    await incoming.write(beginning.subarray(found.dataSetOffset))
    for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
      await incoming.write(Buffer.from(next.value))
    }
    const ending = incoming
    incoming = undefined
    return await ending.finish()
  } catch (error) {
    const isOfSource = error instanceof SourceError || (error as NodeJS.ErrnoException).code !== undefined
    if (!isOfSource) throw error
    const { message } = error as Error
    return { kind: 'not-dicom', reason: inBoth(`来源中断（${message}）`, `its source broke (${message})`) }
  } finally {
    await incoming?.abandon()
    stream.destroy()
  }
}

async function readBeginning(bytes: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  while (length < firstLook) {
    const { value, done } = await bytes.next()
    if (done) break
    parts.push(Buffer.from(value))
    length += parts.at(-1)!.length
  }
  return Buffer.concat(parts)
}

/** What the file's head says; where it says nothing, what the data set says. */
async function announcementOf(
  { object, dataSetOffset }: Part10Beginning,
  beginning: Buffer,
): Promise<ObjectAnnouncement> {
  const read = await readHeader(beginning.subarray(dataSetOffset), object.transferSyntaxUid)
  const header = read.kind === 'header' ? read.header : undefined
  return {
    callingAeTitle: 'import',
    transferSyntaxUid: object.transferSyntaxUid,
    sopClassUid: header?.sopClassUid || object.sopClassUid,
    sopInstanceUid: header?.sopInstanceUid || object.sopInstanceUid,
  }
}
