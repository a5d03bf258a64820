import { type Elements, itemsOf } from '../../../shared/dicom/read-elements.ts'
import type { DataSetEncoding } from '../../../shared/dicom/transfer-syntax.ts'

/** A Modality LUT or VOI LUT (PS3.3 C.11.1 and C.11.2): `first` is the value that the first entry stands for. */
export type LookupTable = { readonly first: number; readonly bits: number; readonly entries: Uint16Array }

const lutDescriptor = 0x00283002
const lutData = 0x00283006

/** The first table of a ModalityLUTSequence (0028,3000) or VOILUTSequence (0028,3010); undefined where there is none or it is cut off. */
export function lookupTable(
  bytes: Buffer,
  elements: Elements,
  sequence: number,
  encoding: DataSetEncoding,
  isSigned: boolean,
): LookupTable | undefined {
  const parent = elements.get(sequence)
  const item = itemsOf(bytes, parent, encoding)[0]
  const data = item?.get(lutData)
  const described = item?.get(lutDescriptor)
  if (!item || !data || !described || !parent) return undefined
  const inner = { ...encoding, explicitVr: parent.explicitVr }
  // Its VR is US or SS, and an implicit data set does not say which: three words in any case.
  const words = bytes.subarray(described.offset, described.end)
  if (words.length < 6) return undefined
  const word = (buffer: Buffer, at: number) => (inner.littleEndian ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at))
  const isSignedFirst = described.vr === 'SS' || (described.vr === '' && isSigned)
  const first = isSignedFirst ? (word(words, 2) << 16) >> 16 : word(words, 2)
  const bits = word(words, 4)
  const count = word(words, 0) || 65536
  const value = bytes.subarray(data.offset, data.end)
  if (bits < 1 || bits > 16) return undefined
  if (value.length < count) return undefined
  const isWide = value.length >= count * 2
  const entries = Uint16Array.from({ length: count }, (_, at) => (isWide ? word(value, at * 2) : value[at]!))
  // Some devices declare fewer bits than their entries have.
  return { first, bits: Math.max(bits, bitsOf(entries)), entries }
}

function bitsOf(entries: Uint16Array): number {
  let every = 0
  for (const entry of entries) every |= entry
  return 32 - Math.clz32(every)
}

/** What stands for a value; values beyond either end take the end's entry (PS3.3 C.11.1.1.1). */
export function lookUp({ first, entries }: LookupTable, value: number): number {
  const at = Math.round(value) - first
  return entries[Math.min(entries.length - 1, Math.max(0, at))]!
}
