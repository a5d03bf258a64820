import type { CommandSet } from './command-set.ts'
import { type ElementToWrite, encodeDataSet } from './data-set-writer.ts'
import { dataSetEncodingOf, implicitVrLittleEndian } from './transfer-syntax.ts'
import { walkElements } from './walk-elements.ts'
import { writeElement, writeText } from './write-element.ts'

/** Command sets are always implicit VR little endian, PS3.7 6.3.1. */
const encoding = dataSetEncodingOf(implicitVrLittleEndian)
const noDataSet = 0x0101
const hasDataSet = 0x0001

export const verificationSopClass = '1.2.840.10008.1.1'

/** Who asked for a C-STORE by a C-MOVE, and the MessageID of that C-MOVE. */
export type MoveOriginator = { readonly aeTitle: string; readonly messageId: number }

/** C-STORE-RQ, PS3.7 9.3.1.1. Priority medium. */
export function encodeStoreRq(
  messageId: number,
  sopClassUid: string,
  sopInstanceUid: string,
  originator?: MoveOriginator,
): Buffer {
  return command([
    writeText(0x00000002, 'UI', sopClassUid, encoding),
    short(0x00000100, 0x0001),
    short(0x00000110, messageId),
    short(0x00000700, 0x0000),
    short(0x00000800, hasDataSet),
    writeText(0x00001000, 'UI', sopInstanceUid, encoding),
    ...(originator
      ? [writeText(0x00001030, 'AE', originator.aeTitle, encoding), short(0x00001031, originator.messageId)]
      : []),
  ])
}

/** C-ECHO-RQ, PS3.7 9.3.5.1. */
export function encodeEchoRq(messageId: number): Buffer {
  return command([
    writeText(0x00000002, 'UI', verificationSopClass, encoding),
    short(0x00000100, 0x0030),
    short(0x00000110, messageId),
    short(0x00000800, noDataSet),
  ])
}

/** N-EVENT-REPORT-RQ with a data set, PS3.7 10.3.1.1. */
export function encodeEventReportRq(
  messageId: number,
  sopClassUid: string,
  sopInstanceUid: string,
  eventTypeId: number,
): Buffer {
  return command([
    writeText(0x00000002, 'UI', sopClassUid, encoding),
    short(0x00000100, 0x0100),
    short(0x00000110, messageId),
    short(0x00000800, hasDataSet),
    writeText(0x00001000, 'UI', sopInstanceUid, encoding),
    short(0x00001002, eventTypeId),
  ])
}

/** What a response says beside what it repeats of its request. */
export type ResponseToWrite = {
  readonly status: number
  /** ErrorComment (0000,0902): cut to 64 characters of the default repertoire. */
  readonly comment?: string
  readonly hasDataSet?: boolean
  /** Further elements of group 0000, as the counts of sub-operations; one that is repeated from the request is replaced. */
  readonly elements?: readonly ElementToWrite[]
}

/** The response to a request, PS3.7 9.3 and 10.3: its class and instance, its MessageID and ids come back as they were asked. */
export function encodeResponse(request: CommandSet, response: ResponseToWrite): Buffer {
  const number = (tag: number, value: number | undefined): ElementToWrite[] =>
    value === undefined ? [] : [{ tag, vr: 'US', value }]
  const text = (tag: number, vr: string, value: string): ElementToWrite[] => (value === '' ? [] : [{ tag, vr, value }])
  const elements = new Map(
    [
      ...text(0x00000002, 'UI', request.affectedSopClassUid || request.requestedSopClassUid),
      ...number(0x00000100, request.field | 0x8000),
      ...number(0x00000120, request.messageId),
      ...number(0x00000800, response.hasDataSet ? hasDataSet : noDataSet),
      ...number(0x00000900, response.status),
      ...text(0x00000902, 'LO', (response.comment ?? '').slice(0, 64)),
      ...text(0x00001000, 'UI', request.affectedSopInstanceUid || request.requestedSopInstanceUid),
      ...number(0x00001002, request.eventTypeId),
      ...number(0x00001008, request.actionTypeId),
      ...(response.elements ?? []),
    ].map((element) => [element.tag, element]),
  )
  return command([encodeDataSet([...elements.values()], { explicitVr: false, text: 'ascii' })])
}

export type DimseAnswer = {
  readonly messageId: number
  /** Status (0000,0900), PS3.7 annex C. */
  readonly status: number
  /** ErrorComment (0000,0902), as the peer wrote it. */
  readonly comment: string
}

/** A response command; undefined where the bytes are no response. */
export function decodeAnswer(bytes: Buffer): DimseAnswer | undefined {
  const walk = walkElements(bytes, encoding, 0x0000ffff, true)
  if (walk.kind !== 'walked') return undefined
  const value = (tag: number) => {
    const span = walk.elements.find((element) => element.tag === tag)
    return span && bytes.subarray(span.valueStart, span.end)
  }
  const number = (tag: number) => {
    const found = value(tag)
    return found?.length === 2 ? found.readUInt16LE(0) : undefined
  }
  const [field, messageId, status] = [number(0x00000100), number(0x00000120), number(0x00000900)]
  if (field === undefined || (field & 0x8000) === 0 || messageId === undefined || status === undefined) return undefined
  return { messageId, status, comment: (value(0x00000902)?.toString('latin1') ?? '').replace(/[\0 ]+$/, '') }
}

function command(elements: readonly Buffer[]): Buffer {
  const rest = Buffer.concat(elements)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(rest.length)
  return Buffer.concat([writeElement(0x00000000, 'UL', length, encoding), rest])
}

function short(tag: number, value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return writeElement(tag, 'US', bytes, encoding)
}
