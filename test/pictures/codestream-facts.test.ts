import { expect, test } from 'vitest'
import { hasColourTransform, isInPlanes } from '../../electron/station/pictures/codestream-facts.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test('a JPEG-LS picture stands in planes when its first scan has one component', () => {
  const frame = 'ffd8 fff7 0014 08 0001 0001 03 01 11 00 02 11 00 03 11 00 0000 00'
  expect(isInPlanes(bytes(`${frame} ffda 0008 01 01 00 00 00 00`))).toBe(true)
  expect(isInPlanes(bytes(`${frame} ffda 000c 03 01 00 02 00 03 00 00 02 00`))).toBe(false)
  expect(isInPlanes(bytes('ffd8 0000 0000 0000'))).toBe(false)
  expect(isInPlanes(bytes('ffd8'))).toBe(false)
})

test('a JPEG 2000 codestream says whether it turned colours, also inside a JP2 file', () => {
  const size = 'ff4f ff51 0004 0000'
  const style = (transform: string) => `ff52 000c 00 00 0001 ${transform} 00 00 00 00 00`
  expect(hasColourTransform(bytes(`${size} ${style('01')}`))).toBe(true)
  expect(hasColourTransform(bytes(`${size} ${style('00')}`))).toBe(false)
  expect(hasColourTransform(bytes(`0000000c6a5020200d0a870a ${size} ${style('01')}`))).toBe(true)
  expect(hasColourTransform(bytes(`${size} ff90 000a 0000 0000 0000 00 01`))).toBe(false)
  expect(hasColourTransform(bytes('ff4f'))).toBe(false)
})
