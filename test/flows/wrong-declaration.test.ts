import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { type ImageClinic, openImageClinic } from '../stand-ins/image-clinic.ts'

let clinic: ImageClinic
let pacs: SimulatedGatewayDicom
beforeAll(async () => {
  pacs = await startSimulatedGatewayDicom({ aeTitle: 'PACS' })
  clinic = await openImageClinic()
  const { aeTitle, host, port } = { aeTitle: 'PACS', host: pacs.host, port: pacs.port }
  await clinic.api().destinationCreate({
    body: { kind: 'pacs', name: '院内 PACS', settings: { dicom: { aeTitle, host, port } } },
  })
})
afterAll(async () => {
  await clinic?.close()
  await pacs?.stop()
})

test('the images of a device that staff found to write GB18030 leave the station saying so', async () => {
  await clinic.api().characterSetAccept({ params: { aeTitle: 'DR1' }, body: { readAs: 'gb18030' } })
  const exam = await clinic.register({ name: '张伟' })
  const { dataSet, sopInstanceUid } = smallObject([
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
    { tag: 0x00080050, vr: 'SH', value: exam.accessionNumber },
    { tag: 0x00100010, vr: 'PN', value: '张^伟' },
    { tag: 0x00100020, vr: 'LO', value: exam.patientId },
    { tag: 0x00100030, vr: 'DA', value: '19900307' },
    { tag: 0x0020000d, vr: 'UI', value: exam.studyInstanceUid },
  ])
  await clinic.sendObjects([
    { sopClassUid: ctImageStorage, sopInstanceUid, transferSyntaxUid: explicitLittle, dataSet },
  ])
  await vi.waitFor(() => expect(pacs.receivedInstances()).toHaveLength(1), { timeout: 30_000, interval: 200 })
  const sent = await vi.waitFor(
    async () => {
      const rows = (await clinic.api().auditList()).filter(({ action }) => action === 'send-copy')
      expect(rows).toHaveLength(1)
      return rows[0]!
    },
    { timeout: 10_000, interval: 200 },
  )
  expect((sent.details as { changes: unknown }).changes).toContainEqual({
    element: 'SpecificCharacterSet',
    from: 'ISO_IR 100',
    to: 'GB18030',
  })
}, 60_000)
