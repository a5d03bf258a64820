import { afterEach, expect, test } from 'vitest'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { explicitLittle, smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { openReceiver, type TestReceiver } from './receiver-for-tests.ts'

let station: TestReceiver
afterEach(() => station.close())

const dicom = '1.2.840.10008.'

async function send(sopClassUid: string, transferSyntaxUid: string, dataSet?: Buffer, sopInstanceUid?: string) {
  const object = smallObject([{ tag: 0x00080016, vr: 'UI', value: sopClassUid }], sopInstanceUid)
  const bytes = dataSet ?? object.dataSet
  const [sent] = await createSimulatedModality({ aeTitle: 'CT1', station: station.station }).sendObjects([
    { sopClassUid, sopInstanceUid: object.sopInstanceUid, transferSyntaxUid, dataSet: bytes },
  ])
  const instance = station.archive.instanceByUid(object.sopInstanceUid)
  const isKept = instance !== undefined && (await storedDataSet(station.archive, instance.id)).equals(bytes)
  return { status: sent?.status, isKept }
}

test.each([
  ['RT Beams Delivery Instruction', `${dicom}5.1.4.34.7`],
  ['Hardcopy Grayscale Image, retired', `${dicom}5.1.1.29`],
  ['Standalone Curve, retired', `${dicom}5.1.4.1.1.9`],
  ['Protocol Approval', `${dicom}5.1.4.1.1.200.3`],
  ['a class newer than this program', `${dicom}5.1.4.1.1.999.7`],
  ['a private class', '1.2.840.113619.4.26'],
])('%s is stored bit for bit', async (_, sopClassUid) => {
  station = await openReceiver()
  expect(await send(sopClassUid, explicitLittle)).toEqual({ status: 0, isKept: true })
})

test.each([
  ['Hanging Protocol', `${dicom}5.1.4.38.1`],
  ['Color Palette', `${dicom}5.1.4.39.1`],
  ['Generic Implant Template', `${dicom}5.1.4.43.1`],
])('%s, which belongs to no patient and no study, is stored bit for bit', async (_, sopClassUid) => {
  station = await openReceiver()
  const sopInstanceUid = '2.25.4242'
  const elements = [
    { tag: 0x00080016, vr: 'UI', value: sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
  ] as const
  const dataSet = encodeDataSet([...elements], { explicitVr: true, text: 'ascii' })
  expect(await send(sopClassUid, explicitLittle, dataSet, sopInstanceUid)).toEqual({ status: 0, isKept: true })
})

test.each([
  ['JPEG-LS', `${dicom}1.2.4.80`],
  ['JPEG 2000', `${dicom}1.2.4.91`],
  ['HTJ2K', `${dicom}1.2.4.202`],
  ['MPEG2', `${dicom}1.2.4.100`],
  ['H.264', `${dicom}1.2.4.102`],
  ['H.265', `${dicom}1.2.4.107`],
  ['JPEG XL', `${dicom}1.2.4.110`],
  ['one newer than this program', `${dicom}1.2.4.999`],
  ['a private one', '1.3.46.670589.33.1.4.1'],
])('what came in the transfer syntax %s is stored bit for bit', async (_, transferSyntaxUid) => {
  station = await openReceiver()
  expect(await send(`${dicom}5.1.4.1.1.2`, transferSyntaxUid)).toEqual({ status: 0, isKept: true })
})
