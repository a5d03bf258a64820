import dimse from 'dcmjs-dimse'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'

let gateway: SimulatedGatewayDicom
afterEach(() => gateway.stop())

const { CStoreRequest, CEchoRequest } = dimse.requests

const dataset = (instanceUid: string) =>
  new dimse.Dataset(
    {
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
      SOPInstanceUID: instanceUid,
      StudyInstanceUID: '1.2.3',
      SeriesInstanceUID: '1.2.3.1',
      AccessionNumber: 'DX2603050001',
      PatientID: 'P26000001',
      PatientName: 'WANG^XIUYING',
      Modality: 'OT',
    },
    '1.2.840.10008.1.2.1',
  )

function send(
  requests: InstanceType<typeof CStoreRequest>[] | InstanceType<typeof CEchoRequest>[],
  calledAeTitle = 'AIMIS',
) {
  const statuses: number[] = []
  const { promise, resolve } = Promise.withResolvers<readonly number[] | 'rejected'>()
  const client = new dimse.Client()
  for (const request of requests) {
    request.on('response', (response: { getStatus(): number }) => statuses.push(response.getStatus()))
    client.addRequest(request)
  }
  client.on('associationRejected', () => resolve('rejected'))
  client.on('closed', () => resolve(statuses))
  client.on('networkError', () => resolve(statuses))
  client.send(gateway.host, gateway.port, 'YINGZHAN', calledAeTitle)
  return promise
}

describe('the DICOM side of the simulated gateway', () => {
  it('remembers header fields, transfer syntax and a hash, and counts how often an instance came', async () => {
    gateway = await startSimulatedGatewayDicom()
    const statuses = await send(['1.2.3.1.1', '1.2.3.1.2', '1.2.3.1.1'].map((uid) => new CStoreRequest(dataset(uid))))
    expect(statuses).toEqual([0, 0, 0])
    expect(gateway.receivedInstances()).toMatchObject([
      {
        sopInstanceUid: '1.2.3.1.1',
        studyInstanceUid: '1.2.3',
        accessionNumber: 'DX2603050001',
        patientId: 'P26000001',
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        callingAeTitle: 'YINGZHAN',
        received: 2,
      },
      { sopInstanceUid: '1.2.3.1.2', received: 1 },
    ])
  })

  it('answers C-ECHO and refuses another called AE title', async () => {
    gateway = await startSimulatedGatewayDicom({ aeTitle: 'GATE' })
    expect(await send([new CEchoRequest()], 'GATE')).toEqual([0])
    expect(await send([new CEchoRequest()], 'OTHER')).toBe('rejected')
  })

  it('fails as often as it is told to, without remembering what it refused', async () => {
    gateway = await startSimulatedGatewayDicom()
    gateway.failNext(1, 0xa700)
    expect(await send([new CStoreRequest(dataset('1.2.3.1.1'))])).toEqual([0xa700])
    expect(gateway.receivedInstances()).toEqual([])
    expect(await send([new CStoreRequest(dataset('1.2.3.1.1'))])).toEqual([0])
  })
})
