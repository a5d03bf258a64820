import { type ElementToWrite, encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { part10Head } from '../../../shared/dicom/part10-head.ts'
import { mediaStorageDirectory } from '../../../shared/dicom/sop-class.ts'
import { explicitVrLittleEndian } from '../../../shared/dicom/transfer-syntax.ts'

/** One record of a directory, PS3.3 F.3.2.2: its keys, the file it names, and what lies below it. */
export type DirectoryRecord = {
  readonly type: 'PATIENT' | 'STUDY' | 'SERIES' | 'IMAGE' | 'ENCAP DOC'
  readonly keys: readonly ElementToWrite[]
  readonly file?: {
    /** Components of at most 8 letters A–Z, digits and _. */
    readonly path: readonly string[]
    readonly sopClassUid: string
    readonly sopInstanceUid: string
    readonly transferSyntaxUid: string
  }
  readonly below?: readonly DirectoryRecord[]
}

const written = { explicitVr: true, text: 'utf-8' } as const
const itemHead = 8

type Placed = {
  readonly record: DirectoryRecord
  readonly next: Placed | undefined
  readonly first: Placed | undefined
  offset: number
}

/**
 * Pure: a DICOMDIR (PS3.10 8.6, PS3.3 F.3) in explicit little endian. Records stand in the order in which one leafs through them; each
 * knows by its offset in the file the next one and the first one below. Text is UTF-8, and says so where it is not plain.
 */
export function encodeDicomdir(
  patients: readonly DirectoryRecord[],
  fileSet: { readonly id: string; readonly uid: string },
): Buffer {
  const head = part10Head({
    sopClassUid: mediaStorageDirectory,
    sopInstanceUid: fileSet.uid,
    transferSyntaxUid: explicitVrLittleEndian,
    sourceAeTitle: 'YINGZHAN',
  })
  const placed: Placed[] = []
  const first = placeAll(patients, placed)
  const fileSetElements = (root: number, last: number): ElementToWrite[] => [
    { tag: 0x00041130, vr: 'CS', value: fileSet.id },
    { tag: 0x00041200, vr: 'UL', value: root },
    { tag: 0x00041202, vr: 'UL', value: last },
    { tag: 0x00041212, vr: 'US', value: 0 },
  ]
  const sequenceHead = Buffer.alloc(12)
  let at = head.length + encodeDataSet(fileSetElements(0, 0), written).length + sequenceHead.length
  const start = at
  for (const one of placed) {
    one.offset = at
    at += itemHead + encodeDataSet(elementsOf(one), written).length
  }
  const lastRoot = placed.filter((one) => patients.includes(one.record)).at(-1)
  sequenceHead.writeUInt16LE(0x0004, 0)
  sequenceHead.writeUInt16LE(0x1220, 2)
  sequenceHead.write('SQ', 4, 'latin1')
  sequenceHead.writeUInt32LE(at - start, 8)
  const items = placed.map((one) => {
    const bytes = encodeDataSet(elementsOf(one), written)
    const item = Buffer.from('feff00e000000000', 'hex')
    item.writeUInt32LE(bytes.length, 4)
    return Buffer.concat([item, bytes])
  })
  const fileSetBytes = encodeDataSet(fileSetElements(first?.offset ?? 0, lastRoot?.offset ?? 0), written)
  return Buffer.concat([head, fileSetBytes, sequenceHead, ...items])
}

/** Depth first; each list is placed from its end, so that a record knows the one after it. Gives the first of the list. */
function placeAll(records: readonly DirectoryRecord[], into: Placed[]): Placed | undefined {
  let next: Placed | undefined
  const lists: Placed[][] = []
  for (const record of [...records].reverse()) {
    const below: Placed[] = []
    const first = placeAll(record.below ?? [], below)
    next = { record, next, first, offset: 0 }
    lists.unshift([next, ...below])
  }
  into.push(...lists.flat())
  return next
}

function elementsOf({ record, next, first }: Placed): ElementToWrite[] {
  const { file } = record
  const isPlain = record.keys.every(({ value }) => typeof value !== 'string' || /^[\x20-\x7e]*$/u.test(value))
  return [
    { tag: 0x00041400, vr: 'UL', value: next?.offset ?? 0 },
    { tag: 0x00041410, vr: 'US', value: 0xffff },
    { tag: 0x00041420, vr: 'UL', value: first?.offset ?? 0 },
    { tag: 0x00041430, vr: 'CS', value: record.type },
    ...(file
      ? [
          { tag: 0x00041500, vr: 'CS', value: file.path.join('\\') },
          { tag: 0x00041510, vr: 'UI', value: file.sopClassUid },
          { tag: 0x00041511, vr: 'UI', value: file.sopInstanceUid },
          { tag: 0x00041512, vr: 'UI', value: file.transferSyntaxUid },
        ]
      : []),
    ...(isPlain ? [] : [{ tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' }]),
    ...record.keys,
  ]
}
