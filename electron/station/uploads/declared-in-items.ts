import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'
import {
  type DataSetEncoding,
  dataSetEncodingOf,
  implicitVrLittleEndian,
} from '../../../shared/dicom/transfer-syntax.ts'
import { type ElementSpan, readItems, walkElements } from '../../../shared/dicom/walk-elements.ts'
import { writeElement, writeItem, writeText } from '../../../shared/dicom/write-element.ts'

export type Redeclared = {
  /** The whole sequence, its lengths defined. */
  readonly element: Buffer
  /** What its items declared before, each once. */
  readonly former: readonly string[]
}

const specificCharacterSet = 0x00080005
const deepest = 32

/**
 * A sequence whose items declare a character set of their own (PS3.3 C.12.1.1.2), with `term` in its place at every depth. An item that
 * declares none inherits, and stays. Undefined where no item says otherwise, where it is no sequence, or where it can't be read.
 */
export function redeclareItems(
  bytes: Buffer,
  element: ElementSpan,
  encoding: DataSetEncoding,
  term: string,
): Redeclared | undefined {
  const former = new Set<string>()
  const written = rewritten(bytes, element, encoding, term, former, 0)
  return written && { element: written, former: [...former] }
}

function rewritten(
  bytes: Buffer,
  element: ElementSpan,
  encoding: DataSetEncoding,
  term: string,
  former: Set<string>,
  depth: number,
): Buffer | undefined {
  if (depth > deepest || !isSequence(element)) return undefined
  // A sequence that came as UN is written in implicit little endian and stays in it (PS3.5 6.2.2 note 4).
  const inner = element.vr === 'UN' ? dataSetEncodingOf(implicitVrLittleEndian) : encoding
  const items = readItems(bytes, element, inner)
  if (!items) return undefined
  let isChanged = false
  const contents = items.map((item) => {
    const walk = walkElements(item, inner, 0xffffffff, true)
    if (walk.kind !== 'walked') return item
    const pieces = walk.elements.map((one) => {
      const other = replaced(item, one, inner, term, former, depth)
      if (other) isChanged = true
      return other ?? item.subarray(one.start, one.end)
    })
    return Buffer.concat(pieces)
  })
  if (!isChanged) return undefined
  const written = Buffer.concat(contents.map((content) => writeItem([content], inner)))
  return writeElement(element.tag, element.vr, written, encoding)
}

function replaced(
  item: Buffer,
  element: ElementSpan,
  encoding: DataSetEncoding,
  term: string,
  former: Set<string>,
  depth: number,
): Buffer | undefined {
  if (element.tag !== specificCharacterSet) return rewritten(item, element, encoding, term, former, depth + 1)
  const declared = item
    .subarray(element.valueStart, element.end)
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
  if (declared === term) return undefined
  former.add(declared)
  return writeText(specificCharacterSet, 'CS', term, encoding)
}

/** Without a written VR, the dictionary says it (PS3.6); a private element of undefined length can be nothing else. */
const isSequence = ({ tag, vr, undefinedLength }: ElementSpan) =>
  vr === 'SQ' || (undefinedLength && vr !== 'OB' && vr !== 'OW') || (vr === '' && elementOfTag(tag)?.vr === 'SQ')
