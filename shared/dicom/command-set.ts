import { type ElementToWrite, encodeGroup } from './data-set-writer.ts'
import { valuesOf } from './element-values.ts'
import { abortReason, PeerViolation } from './pdu.ts'
import { readElements } from './read-elements.ts'
import { dataSetEncodingOf, implicitVrLittleEndian } from './transfer-syntax.ts'

/** CommandField (0000,0100), PS3.7 E.1. A response is its request with the highest bit set. */
export const commandField = {
  cStoreRq: 0x0001,
  cGetRq: 0x0010,
  cFindRq: 0x0020,
  cMoveRq: 0x0021,
  cEchoRq: 0x0030,
  nEventReportRq: 0x0100,
  nSetRq: 0x0120,
  nActionRq: 0x0130,
  nCreateRq: 0x0140,
  cCancelRq: 0x0fff,
} as const
export const isResponse = (field: number): boolean => (field & 0x8000) !== 0

/** The elements of a command set (PS3.7 6.3.1 and E.1) that decide what is done. Text that is absent is ''. */
export type CommandSet = {
  readonly field: number
  /** MessageID of a request, MessageIDBeingRespondedTo of a response and of a C-CANCEL-RQ. */
  readonly messageId: number
  readonly hasDataSet: boolean
  readonly affectedSopClassUid: string
  readonly affectedSopInstanceUid: string
  readonly requestedSopClassUid: string
  readonly requestedSopInstanceUid: string
  /** 0 medium, 1 high, 2 low. */
  readonly priority: number
  /** AE title to which a C-MOVE sends. */
  readonly moveDestination: string
  readonly eventTypeId: number | undefined
  readonly actionTypeId: number | undefined
  /** Tags that an N-GET asks for. */
  readonly attributeIdentifierList: readonly number[]
  readonly status: number | undefined
  readonly errorComment: string
}

const encoding = dataSetEncodingOf(implicitVrLittleEndian)
/** CommandDataSetType (0000,0800): this one value says that none follows. */
const noDataSet = 0x0101
const someDataSet = 0x0001

/** Command sets are implicit VR little endian, all of group 0000 (PS3.7 6.3.1). Throws PeerViolation for bytes that are none. */
export function readCommandSet(bytes: Buffer): CommandSet {
  const read = readElements(bytes, encoding)
  if (read.kind !== 'whole' || [...read.elements.keys()].some((tag) => tag >= 0x10000)) {
    throw new PeerViolation(abortReason.invalidParameter, 'a command set cannot be read')
  }
  const values = valuesOf(bytes, read.elements, encoding)
  const number = (tag: number): number | undefined => {
    const element = read.elements.get(tag)
    return element?.length === 2 ? bytes.readUInt16LE(element.offset) : undefined
  }
  const tags = (tag: number): readonly number[] => {
    const element = read.elements.get(tag)
    return Array.from({ length: Math.floor((element?.length ?? 0) / 4) }, (_, index) => {
      const at = element!.offset + index * 4
      return bytes.readUInt16LE(at) * 0x10000 + bytes.readUInt16LE(at + 2)
    })
  }
  const field = number(0x00000100)
  if (field === undefined) throw new PeerViolation(abortReason.invalidParameter, 'a command set without CommandField')
  return {
    field,
    messageId: number(0x00000110) ?? number(0x00000120) ?? 0,
    hasDataSet: (number(0x00000800) ?? noDataSet) !== noDataSet,
    affectedSopClassUid: values.text(0x00000002),
    affectedSopInstanceUid: values.text(0x00001000),
    requestedSopClassUid: values.text(0x00000003),
    requestedSopInstanceUid: values.text(0x00001001),
    priority: number(0x00000700) ?? 0,
    moveDestination: values.text(0x00000600),
    eventTypeId: number(0x00001002),
    actionTypeId: number(0x00001008),
    attributeIdentifierList: tags(0x00001005),
    status: number(0x00000900),
    errorComment: values.text(0x00000902),
  }
}

export type CommandToWrite = Pick<CommandSet, 'field' | 'messageId' | 'hasDataSet'> &
  Partial<Omit<CommandSet, 'attributeIdentifierList'>> & {
    /** Further elements of group 0000; one that stands above is replaced. */
    readonly elements?: readonly ElementToWrite[]
  }

/** The same in bytes, with CommandGroupLength (0000,0000) before them. What is absent or '' is left out. */
export function writeCommandSet(command: CommandToWrite): Buffer {
  const { field } = command
  const number = (tag: number, value: number | undefined): ElementToWrite[] =>
    value === undefined ? [] : [{ tag, vr: 'US', value }]
  const text = (tag: number, vr: string, value = ''): ElementToWrite[] => (value === '' ? [] : [{ tag, vr, value }])
  const elements = [
    ...text(0x00000002, 'UI', command.affectedSopClassUid),
    ...text(0x00000003, 'UI', command.requestedSopClassUid),
    ...number(0x00000100, field),
    ...number(isResponse(field) || field === commandField.cCancelRq ? 0x00000120 : 0x00000110, command.messageId),
    ...text(0x00000600, 'AE', command.moveDestination),
    ...number(0x00000700, command.priority),
    ...number(0x00000800, command.hasDataSet ? someDataSet : noDataSet),
    ...number(0x00000900, command.status),
    ...text(0x00000902, 'LO', command.errorComment),
    ...text(0x00001000, 'UI', command.affectedSopInstanceUid),
    ...text(0x00001001, 'UI', command.requestedSopInstanceUid),
    ...number(0x00001002, command.eventTypeId),
    ...number(0x00001008, command.actionTypeId),
    ...(command.elements ?? []),
  ]
  const each = new Map(elements.map((element) => [element.tag, element]))
  return encodeGroup([...each.values()], { explicitVr: false, text: 'ascii' })
}
