import {
  type DataSetEncoding,
  dataSetEncodingOf,
  explicitVrLittleEndian,
  implicitVrLittleEndian,
  transferSyntaxOf,
} from '../../../shared/dicom/transfer-syntax.ts'
import { type ElementSpan, readItems, walkElements } from '../../../shared/dicom/walk-elements.ts'
import { writeElement, writeItem } from '../../../shared/dicom/write-element.ts'

/**
 * The syntaxes in which a peer may be offered what it won't take as received, best first. Only uncompressed data sets whose VRs are
 * known: every peer must take implicit little endian (PS3.5 10.1), and compressed pixels are never decoded.
 */
export function fallbackSyntaxes(transferSyntaxUid: string): readonly string[] {
  const { pixels, explicitVr } = transferSyntaxOf(transferSyntaxUid)
  if (pixels !== 'native' || !explicitVr) return []
  return [explicitVrLittleEndian, implicitVrLittleEndian].filter((uid) => uid !== transferSyntaxUid)
}

/**
 * The same elements in another uncompressed syntax, PS3.5 7 and 10: values of more than one byte are turned from big to little
 * endian by their VR, lengths of sequences are written anew, no value changes. `bytes` are not deflated.
 * Undefined where the data set can't be read to its end.
 */
export function transcode(bytes: Buffer, from: DataSetEncoding, to: DataSetEncoding): Buffer | undefined {
  return transcodeLevel(bytes, from, to, 0)
}

const deepest = 32

function transcodeLevel(bytes: Buffer, from: DataSetEncoding, to: DataSetEncoding, depth: number): Buffer | undefined {
  if (depth > deepest) return undefined
  const walk = walkElements(bytes, from, 0xffffffff, true)
  if (walk.kind !== 'walked') return undefined
  const written: Buffer[] = []
  for (const element of walk.elements) {
    // Group lengths would be wrong in the other syntax; they are retired (PS3.5 7.2).
    if (element.tag % 0x10000 === 0) continue
    const one = transcodeElement(bytes, element, from, to, depth)
    if (!one) return undefined
    written.push(one)
  }
  return Buffer.concat(written)
}

function transcodeElement(
  bytes: Buffer,
  element: ElementSpan,
  from: DataSetEncoding,
  to: DataSetEncoding,
  depth: number,
): Buffer | undefined {
  const { tag, vr } = element
  const isSequence = vr === 'SQ' || (vr === 'UN' && element.undefinedLength)
  // Fragments of undefined length are compressed pixels, which an uncompressed syntax has no place for.
  if (!isSequence && element.undefinedLength) return undefined
  if (!isSequence)
    return writeElement(tag, vr, littleEndian(bytes.subarray(element.valueStart, element.end), vr, from), to)
  // A sequence that came as UN is in implicit little endian already and stays in it (PS3.5 6.2.2 note 4).
  const isUnknown = vr === 'UN'
  const inner = isUnknown ? dataSetEncodingOf(implicitVrLittleEndian) : from
  const items = readItems(bytes, element, inner)
  if (!items) return undefined
  const written: Buffer[] = []
  for (const item of items) {
    const content = transcodeLevel(item, inner, isUnknown ? inner : to, depth + 1)
    if (!content) return undefined
    written.push(writeItem([content], isUnknown ? inner : to))
  }
  return writeElement(tag, vr, Buffer.concat(written), to)
}

const wordBytes: Readonly<Record<string, 2 | 4 | 8>> = {
  US: 2,
  SS: 2,
  OW: 2,
  AT: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  OF: 4,
  OL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
}

function littleEndian(value: Buffer, vr: string, from: DataSetEncoding): Buffer {
  const size = wordBytes[vr]
  if (from.littleEndian || size === undefined || value.length % size !== 0) return value
  const turned = Buffer.from(value)
  if (size === 2) return turned.swap16()
  return size === 4 ? turned.swap32() : turned.swap64()
}
