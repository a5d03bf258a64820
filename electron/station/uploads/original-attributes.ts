import {
  type DataSetEncoding,
  dataSetEncodingOf,
  implicitVrLittleEndian,
} from '../../../shared/dicom/transfer-syntax.ts'
import type { ElementSpan } from '../../../shared/dicom/walk-elements.ts'
import { evenLength, writeElement, writeItem, writeText } from '../../../shared/dicom/write-element.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'

/** Who changed the copy, and when: the moment the task was made, so that each attempt sends the same bytes. */
export type CoercionStamp = { readonly at: number; readonly system: string }

/** An element as it stood: its value untouched. All of them hold text, which reads the same in every syntax. */
export type PreviousElement = { readonly tag: number; readonly vr: string; readonly value: Buffer }

/**
 * OriginalAttributesSequence (0400,0561) with one item more, PS3.3 C.12.1 'Original Attributes Macro': `previous` are the elements
 * as they stood, an element that was absent with no value. Items that were there stay the same bytes.
 */
export function originalAttributes(
  previous: readonly PreviousElement[],
  stamp: CoercionStamp,
  dataSet: DataSetEncoding,
  bytes: Buffer,
  existing: ElementSpan | undefined,
): Buffer {
  // A sequence that came as UN is written in implicit VR little endian (PS3.5 6.2.2 note 4) and goes on in it.
  const isUnknown = existing?.vr === 'UN'
  const encoding = isUnknown ? dataSetEncodingOf(implicitVrLittleEndian) : dataSet
  const elements = previous.map(({ tag, vr, value }) => writeElement(tag, vr, evenLength(value, vr), encoding))
  const item = writeItem(
    [
      writeElement(0x04000550, 'SQ', writeItem(elements, encoding), encoding),
      writeText(0x04000562, 'DT', `${chinaCompactDay(stamp.at)}${chinaCompactTime(stamp.at)}+0800`, encoding),
      writeText(0x04000563, 'LO', stamp.system, encoding),
      writeText(0x04000564, 'LO', '', encoding),
      writeText(0x04000565, 'CS', 'COERCE', encoding),
    ],
    encoding,
  )
  const delimiter = existing?.undefinedLength ? 8 : 0
  const items = existing ? bytes.subarray(existing.valueStart, existing.end - delimiter) : Buffer.alloc(0)
  return writeElement(0x04000561, isUnknown ? 'UN' : 'SQ', Buffer.concat([items, item]), dataSet)
}
