import { expect, test } from 'vitest'
import {
  dataSetEncodingOf,
  deflatedExplicitVrLittleEndian,
  explicitVrBigEndian,
  explicitVrLittleEndian,
  gePrivateImplicit,
  implicitVrLittleEndian,
  transferSyntaxOf,
} from '../../shared/dicom/transfer-syntax.ts'

const explicit = { explicitVr: true, littleEndian: true, deflated: false }

test.each([
  [implicitVrLittleEndian, { ...explicit, explicitVr: false }],
  [gePrivateImplicit, { ...explicit, explicitVr: false }],
  [explicitVrLittleEndian, explicit],
  [explicitVrBigEndian, { ...explicit, littleEndian: false }],
  [deflatedExplicitVrLittleEndian, { ...explicit, deflated: true }],
  ['1.2.840.10008.1.2.4.95', { ...explicit, deflated: true }],
  ['1.2.840.10008.1.2.4.205', { ...explicit, deflated: true }],
  ['1.2.840.10008.1.2.4.50', explicit],
  ['1.2.3.4.5', explicit],
  ['constructor', explicit],
])('a data set of %s is read as annex A writes it', (uid, encoding) => {
  expect(dataSetEncodingOf(uid)).toEqual(encoding)
})

test('only pixels that are as they are, in the order of the data set, can be written in another syntax', () => {
  const pixels = (uid: string) => transferSyntaxOf(uid).pixels
  expect([implicitVrLittleEndian, explicitVrLittleEndian, explicitVrBigEndian].map(pixels)).toEqual(
    Array(3).fill('native'),
  )
  expect(pixels(gePrivateImplicit)).toBe('swapped')
  expect(pixels('1.2.840.10008.1.2.5')).toBe('encapsulated')
  expect(['94', '95', '204', '205'].map((end) => pixels(`1.2.840.10008.1.2.4.${end}`))).toEqual(
    Array(4).fill('elsewhere'),
  )
})
