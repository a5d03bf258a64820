import { expect, test } from 'vitest'
import { commandField } from '../../shared/dicom/command-set.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { openPeer } from './query-retrieve-peer.ts'
import { openReceiver } from './receiver-for-tests.ts'

test('an object that names another class than its context is refused, and the association goes on', async () => {
  const station = await openReceiver()
  const contexts = [{ id: 1, abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }]
  const peer = await openPeer(station, { aeTitle: 'CT1', contexts })
  const { dataSet, sopInstanceUid } = smallObject()
  const uid = { tag: 0x00001000, vr: 'UI', value: sopInstanceUid }
  peer.ask(1, commandField.cStoreRq, '1.2.840.10008.5.1.4.1.1.4', dataSet, [uid])
  expect((await peer.message()).command.status).toBe(0x0122)
  expect(station.archive.counts().instances).toBe(0)
  peer.ask(1, commandField.cStoreRq, ctImageStorage, dataSet, [uid])
  expect((await peer.message()).command.status).toBe(0)
  expect(station.archive.counts().instances).toBe(1)
  await peer.release()
  await station.close()
})
