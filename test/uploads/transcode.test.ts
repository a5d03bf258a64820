import { expect, test } from 'vitest'
import { fallbackSyntaxes, transcode } from '../../electron/station/uploads/transcode.ts'
import { dataSetEncodingOf } from '../../shared/dicom/transfer-syntax.ts'
import { dataSet, imageElements, type Syntax, short, syntaxes, type TestElement } from './synthetic-data-set.ts'

/** Nested sequences of both kinds of length, numbers of each width. */
function elements(syntax: Syntax, undefinedLength: boolean): readonly TestElement[] {
  const number = (little: string) => {
    const bytes = Buffer.from(little, 'hex')
    return syntax === 'bigEndian' ? bytes.reverse() : bytes
  }
  const inner: TestElement = { tag: 0x00280010, vr: 'US', value: short(7, syntax) }
  const middle: TestElement = { tag: 0x00400260, vr: 'SQ', value: [[inner], []], undefinedLength }
  const pixels = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')
  return imageElements(syntax, [
    { tag: 0x00189337, vr: 'UL', value: number('01020304') },
    { tag: 0x00189089, vr: 'FD', value: number('0102030405060708') },
    { tag: 0x00400275, vr: 'SQ', value: [[middle], [inner]], undefinedLength },
    { tag: 0x7fe00010, vr: 'OW', value: syntax === 'bigEndian' ? Buffer.from(pixels).swap16() : pixels },
  ])
}

test.each([
  ['explicit', 'implicit'],
  ['bigEndian', 'explicit'],
  ['bigEndian', 'implicit'],
] as const)('%s becomes %s with the same values, down to those in sequences', (from, to) => {
  for (const undefinedLength of [true, false]) {
    const given = dataSet(elements(from, undefinedLength), from)
    const expected = dataSet(elements(to, false), to)
    const written = transcode(given, dataSetEncodingOf(syntaxes[from]), dataSetEncodingOf(syntaxes[to]))
    expect(written?.equals(expected)).toBe(true)
  }
})

test('compressed pixels and data without VRs have no other syntax', () => {
  expect(fallbackSyntaxes(syntaxes.jpeg)).toEqual([])
  expect(fallbackSyntaxes(syntaxes.implicit)).toEqual([])
  expect(fallbackSyntaxes(syntaxes.explicit)).toEqual([syntaxes.implicit])
  expect(fallbackSyntaxes(syntaxes.deflated)).toEqual([syntaxes.explicit, syntaxes.implicit])
  const compressed = dataSet(imageElements('jpeg'), 'jpeg')
  expect(
    transcode(compressed, dataSetEncodingOf(syntaxes.explicit), dataSetEncodingOf(syntaxes.implicit)),
  ).toBeUndefined()
})

test('a data set that is cut is not written anew', () => {
  const given = dataSet(imageElements('explicit'), 'explicit').subarray(0, -5)
  expect(transcode(given, dataSetEncodingOf(syntaxes.explicit), dataSetEncodingOf(syntaxes.implicit))).toBeUndefined()
})
