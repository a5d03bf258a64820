import { type FileHandle, open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { type ElementValues, valuesOf } from '../../../shared/dicom/element-values.ts'
import { type ElementsRead, readElements } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import { dateTimeOf, dayOfDa } from '../../../shared/text/dicom-values.ts'
import { type CharacterSetSuspicion, suspectCharacterSet } from './suspect-character-set.ts'
import { type HeaderEnd, longestHead } from './whole-object.ts'

/** What a data set says about itself, read from its beginning and decoded for people. Absent elements are ''. */
export type ObjectHeader = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly study: Omit<StudyHeader, 'callingAeTitle'>
  readonly instance: Pick<
    InstanceFacts,
    | 'seriesInstanceUid'
    | 'modality'
    | 'seriesNumber'
    | 'seriesDescription'
    | 'instanceNumber'
    | 'bodyPart'
    | 'protocolName'
    | 'laterality'
    | 'rows'
    | 'columns'
    | 'numberOfFrames'
  >
}

export type HeaderRead =
  | {
      readonly kind: 'header'
      readonly header: ObjectHeader
      readonly isComplete: boolean
      readonly end: HeaderEnd
      /** The text reads better in another character set than the declared one. Never where `readAs` was given. */
      readonly suspicion?: CharacterSetSuspicion
    }
  | { readonly kind: 'cannot'; readonly code: 'OBJECT-TOO-DEEP' | 'OBJECT-UNREADABLE' | 'OBJECT-EMPTY' }

/** The first look, and the most that is ever read of a data set to find its header. */
export const firstLook = 64 * 1024
const longestHeader = 4 * 1024 * 1024
const longestInflated = 1024 * 1024

/**
 * Reads the header of a data set from its first bytes; asks the file for more when the header is longer than that. Values are
 * not looked into, pixel data is never reached, and a deflated data set is inflated to 1 MiB at most. `readAs`: the character set
 * of the device's text, whatever its images declare.
 */
export async function readHeader(
  prefix: Buffer,
  transferSyntaxUid: string,
  more?: { readonly file: FileHandle; readonly offset: number; readonly length: number },
  readAs: ReadAs = 'declared',
): Promise<HeaderRead> {
  const { deflated, ...encoding } = dataSetEncodingOf(transferSyntaxUid)
  let bytes = deflated ? await inflateBeginning(Buffer.from(prefix), longestInflated) : prefix
  let read = readElements(bytes, { ...encoding, deflated })
  if (read.kind === 'truncated' && !deflated && more && more.length > prefix.length) {
    bytes = Buffer.alloc(Math.min(more.length, longestHeader))
    const { bytesRead } = await more.file.read(bytes, 0, bytes.length, more.offset)
    bytes = bytes.subarray(0, bytesRead)
    read = readElements(bytes, { ...encoding, deflated })
  }
  const values = valuesOf(bytes, read.elements, { ...encoding, deflated }, [''], termsReadAs(readAs))
  // The prefix may be lent.
  const next = Buffer.from(bytes.subarray(read.stoppedAt, read.stoppedAt + longestHead))
  const judged = judge(read, values, { kind: read.kind, at: read.stoppedAt, looked: bytes.length, next })
  if (readAs !== 'declared' || judged.kind === 'cannot') return judged
  const suspicion = suspectCharacterSet(values)
  return suspicion ? { ...judged, suspicion } : judged
}

/** The header of what was received; few are longer than the first look, and only then the file is read. */
export async function wholeHeader(
  first: HeaderRead,
  part: { readonly path: string; readonly dataSetOffset: number; readonly sizeBytes: number },
  transferSyntaxUid: string,
  readAs: ReadAs,
): Promise<HeaderRead> {
  if (part.sizeBytes <= firstLook || (first.kind === 'header' && first.isComplete)) return first
  const file = await open(part.path, 'r')
  try {
    const beginning = Buffer.alloc(firstLook)
    await file.read(beginning, 0, firstLook, part.dataSetOffset)
    const source = { file, offset: part.dataSetOffset, length: part.sizeBytes }
    return await readHeader(beginning, transferSyntaxUid, source, readAs)
  } finally {
    await file.close()
  }
}

function judge(read: ElementsRead, values: ElementValues, end: HeaderEnd): HeaderRead {
  if (read.kind === 'too-deep') return { kind: 'cannot', code: 'OBJECT-TOO-DEEP' }
  const header = headerOf(values)
  const saysWhatItIs = header.sopInstanceUid !== '' || header.study.studyInstanceUid !== ''
  if (read.kind === 'malformed' && !saysWhatItIs) return { kind: 'cannot', code: 'OBJECT-UNREADABLE' }
  if (read.elements.size === 0) return { kind: 'cannot', code: 'OBJECT-EMPTY' }
  return { kind: 'header', header, isComplete: read.kind === 'whole' || read.kind === 'reached', end }
}

/** Pure: elements by their keywords in PS3.6. */
export function headerOf(values: ElementValues): ObjectHeader {
  const request = values.items(0x00400275)[0] // RequestAttributesSequence
  const modality = values.text(0x00080060)
  return {
    sopClassUid: values.text(0x00080016),
    sopInstanceUid: values.text(0x00080018),
    study: {
      studyInstanceUid: values.text(0x0020000d),
      patientId: values.text(0x00100020),
      patientName: values.personName(0x00100010),
      patientSex: values.text(0x00100040),
      patientBirthDate: dayOfDa(values.text(0x00100030)),
      patientAge: values.text(0x00101010),
      accessionNumber: values.text(0x00080050) || (request?.text(0x00080050) ?? ''),
      modality,
      studyDateTime: studyDateTimeOf(values),
      studyDescription: values.text(0x00081030),
      bodyPart: values.text(0x00180015),
      requestedProcedureId: values.text(0x00401001) || (request?.text(0x00401001) ?? ''),
      scheduledProcedureStepId: request?.text(0x00400009) ?? '',
      studyId: values.text(0x00200010),
      referringPhysician: values.personName(0x00080090),
    },
    instance: {
      seriesInstanceUid: values.text(0x0020000e),
      modality,
      seriesNumber: wholeNumber(values.number(0x00200011)),
      seriesDescription: values.text(0x0008103e),
      instanceNumber: wholeNumber(values.number(0x00200013)),
      bodyPart: values.text(0x00180015),
      protocolName: values.text(0x00181030),
      laterality: values.text(0x00200062) || values.text(0x00200060),
      rows: values.number(0x00280010) ?? 0,
      columns: values.number(0x00280011) ?? 0,
      numberOfFrames: Math.max(1, wholeNumber(values.number(0x00280008)) ?? 1),
    },
  }
}

/** StudyDate and StudyTime; where a device leaves them out, what comes nearest: series, acquisition, content. */
function studyDateTimeOf(values: ElementValues): string {
  for (const [date, time] of [
    [0x00080020, 0x00080030],
    [0x00080021, 0x00080031],
    [0x00080022, 0x00080032],
    [0x00080023, 0x00080033],
  ] as const) {
    const found = dateTimeOf(values.text(date), values.text(time))
    if (found) return found
  }
  return ''
}

function wholeNumber(value: number | undefined): number | null {
  return value !== undefined && Number.isSafeInteger(value) ? value : null
}

/** Deflated Explicit VR Little Endian (PS3.5 A.5): the beginning only, so that a bomb stays small. */
export async function inflateBeginning(deflated: Buffer, most: number): Promise<Buffer> {
  const inflate = createInflateRaw()
  inflate.on('error', () => {}) // the prefix ends in mid-stream: what came out before is what is wanted
  inflate.end(deflated)
  const parts: Buffer[] = []
  let length = 0
  try {
    for await (const part of inflate) {
      parts.push(part)
      length += part.length
      if (length >= most) break
    }
  } catch {
    // the same: an unfinished stream is normal here
  }
  return Buffer.concat(parts).subarray(0, most)
}
