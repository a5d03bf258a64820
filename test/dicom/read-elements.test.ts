import { expect, test } from 'vitest'
import { itemsOf, readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf, explicitVrBigEndian, explicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'
import { readItems, walkElements } from '../../shared/dicom/walk-elements.ts'

const hex = (...parts: readonly string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')
const little = dataSetEncodingOf(explicitVrLittleEndian)
const big = dataSetEncodingOf(explicitVrBigEndian)

/** (0008,1140) as UN of undefined length with one item, written in implicit little endian (PS3.5 6.2.2 note 4). */
const unknown = hex(
  '0008 1140 554e 0000 ffffffff',
  'feff 00e0 ffffffff 0800 5011 04000000 312e3200 feff 0de0 00000000',
  'feff dde0 00000000',
)
const behind = hex('0010 0020 4c4f 0002 4131')

test('a sequence that came as UN in a big endian data set is read in little endian, and what stands behind it too', () => {
  const bytes = Buffer.concat([unknown, behind])
  const read = readElements(bytes, big)
  expect([read.kind, ...read.elements.keys()]).toEqual(['whole', 0x00081140, 0x00100020])
  const [item] = itemsOf(bytes, read.elements.get(0x00081140), big)
  expect([...item!.keys()]).toEqual([0x00081150])
  const walk = walkElements(bytes, big, 0xffffffff, true)
  expect(walk.kind === 'walked' && walk.elements.map(({ tag }) => tag)).toEqual([0x00081140, 0x00100020])
})

test('a copy is made only of what is written as it must be; a header is read from anything', () => {
  const noVr = hex('0800 6000 02000000 4354', '1000 2000 4c4f 0200 4131')
  expect([...readElements(noVr, little).elements.keys()]).toEqual([0x00080060, 0x00100020])
  expect(walkElements(noVr, little, 0xffffffff, true)).toEqual({
    kind: 'malformed',
    what: '(0008,0060) cannot be read',
  })
  const backwards = hex('1000 2000 4c4f 0200 4131', '0800 6000 4353 0200 4354')
  expect(walkElements(backwards, little, 0xffffffff, true).kind).toBe('malformed')
  expect(walkElements(backwards, little, 0x00100020, true).kind).toBe('malformed')
})

test('bytes that end early are asked for again as long as there may be more', () => {
  const bytes = hex(
    '0800 4011 5351 0000 ffffffff feff 00e0 ffffffff 0800 5011 5549 0400 312e3200 feff 0de0 00000000 feff dde0 00000000',
  )
  for (let length = 1; length < bytes.length; length++) {
    expect(walkElements(bytes.subarray(0, length), little, 0xffffffff, false)).toEqual({ kind: 'needs-more' })
    expect(walkElements(bytes.subarray(0, length), little, 0xffffffff, true).kind).toBe('malformed')
  }
  const walk = walkElements(bytes, little, 0xffffffff, true)
  if (walk.kind !== 'walked') throw new Error(walk.kind)
  expect(readItems(bytes, walk.elements[0]!, little)?.map((item) => item.length)).toEqual([12])
})

test('what stands behind the last tag that is asked for is not looked at', () => {
  const bytes = Buffer.concat([hex('0800 6000 4353 0200 4354'), hex('e07f 1000 00')])
  expect(walkElements(bytes, little, 0x04000561, false)).toMatchObject({ kind: 'walked', rest: 10 })
})
