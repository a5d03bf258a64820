import { valuesOf } from './element-values.ts'
import { abortReason, PeerViolation } from './pdu.ts'
import { readElements } from './read-elements.ts'
import { dataSetEncodingOf, implicitVrLittleEndian } from './transfer-syntax.ts'

/** CommandField (0000,0100), PS3.7 E.1. */
export const commandField = { cStoreRq: 0x0001, cFindRq: 0x0020, cEchoRq: 0x0030, cCancelRq: 0x0fff } as const

/** The elements of a command set (PS3.7 6.3.1) that decide what is done. */
export type CommandSet = {
  readonly field: number
  readonly messageId: number
  readonly hasDataSet: boolean
  readonly affectedSopClassUid: string
  readonly affectedSopInstanceUid: string
  readonly status: number | undefined
}

const encoding = dataSetEncodingOf(implicitVrLittleEndian)
const noDataSet = 0x0101

/** Command sets are implicit VR little endian, all of group 0000. */
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
  const field = number(0x00000100)
  if (field === undefined) throw new PeerViolation(abortReason.invalidParameter, 'a command set without CommandField')
  return {
    field,
    messageId: number(0x00000110) ?? number(0x00000120) ?? 0,
    hasDataSet: (number(0x00000800) ?? noDataSet) !== noDataSet,
    affectedSopClassUid: values.text(0x00000002),
    affectedSopInstanceUid: values.text(0x00001000),
    status: number(0x00000900),
  }
}
