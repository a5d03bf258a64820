import { afterEach, expect, test } from 'vitest'
import { pdu, pduType } from '../../shared/dicom/pdu.ts'
import { verificationSopClass } from '../../shared/dicom/sop-class.ts'
import { explicitLittle } from '../archive/archive-for-tests.ts'
import { openPeer } from './query-retrieve-peer.ts'
import { device, openReceiver, type TestReceiver, until } from './receiver-for-tests.ts'

let station: TestReceiver
afterEach(() => station.close())

test('a peer that keeps its connection after the release is let go without a word', async () => {
  station = await openReceiver({ devices: [device('CT1')], limits: { associateWithin: 100 } })
  const contexts = [{ id: 1, abstractSyntax: verificationSopClass, transferSyntaxes: [explicitLittle] }]
  const peer = await openPeer(station, { aeTitle: 'CT1', contexts })
  peer.socket.write(pdu(pduType.releaseRq, Buffer.alloc(4)))
  await until(() => station.receiver.status().sockets === 0)
  expect(station.lines.filter((line) => line.includes('too slow'))).toEqual([])
})
