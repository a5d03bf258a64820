import dicomParser from 'dicom-parser'
import { part10Head } from '../../shared/dicom/part10-head.ts'
import { type Syntax, syntaxes } from './synthetic-data-set.ts'

export type ReadElement = { readonly vr: string | undefined; readonly bytes: string }

/** Tag to value of the top level in file order, read by dicom-parser: 'x00100010' → bytes as hexadecimal. Deflated data come inflated. */
export function readBack(bytes: Buffer, syntax: Syntax): ReadonlyMap<string, ReadElement> {
  const { byteArray, elements } = parse(bytes, syntax)
  const found = Object.entries(elements).filter(([tag]) => !tag.startsWith('x0002'))
  return new Map(
    found.map(([tag, { vr, dataOffset, length }]) => [
      tag,
      { vr, bytes: Buffer.from(byteArray.subarray(dataOffset, dataOffset + length)).toString('hex') },
    ]),
  )
}

/** The first item of a sequence within the last item of another, as tag → text. */
export function innerTexts(
  bytes: Buffer,
  syntax: Syntax,
  outer: string,
  inner: string,
): Readonly<Record<string, string>> {
  const set = parse(bytes, syntax).elements[outer]?.items?.at(-1)?.dataSet?.elements[inner]?.items?.[0]?.dataSet
  return Object.fromEntries(Object.keys(set?.elements ?? {}).map((tag) => [tag, set?.string(tag) ?? '']))
}

function parse(bytes: Buffer, syntax: Syntax) {
  return dicomParser.parseDicom(asFile(bytes, syntax === 'deflated' ? 'explicit' : syntax))
}

/** The data set as a file, PS3.10. */
export function asFile(bytes: Buffer, syntax: Syntax): Buffer {
  const head = part10Head({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
    sopInstanceUid: '1.2.3.4.5.6.7',
    transferSyntaxUid: syntaxes[syntax],
    sourceAeTitle: 'TEST',
  })
  return Buffer.concat([head, bytes])
}
