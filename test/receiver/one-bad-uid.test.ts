import { expect, test } from 'vitest'
import { commandField } from '../../shared/dicom/command-set.ts'
import { verificationSopClass } from '../../shared/dicom/sop-class.ts'
import { ctImageStorage, explicitLittle } from '../archive/archive-for-tests.ts'
import { openPeer } from './query-retrieve-peer.ts'
import { openReceiver } from './receiver-for-tests.ts'

test('one UID that is none refuses its own context, and the others of the association serve', async () => {
  const station = await openReceiver()
  const contexts = [
    { id: 1, abstractSyntax: '1.2.x', transferSyntaxes: [explicitLittle] },
    { id: 3, abstractSyntax: ctImageStorage, transferSyntaxes: ['not a UID'] },
    { id: 5, abstractSyntax: verificationSopClass, transferSyntaxes: [explicitLittle] },
  ]
  const peer = await openPeer(station, { aeTitle: 'CT1', contexts })
  peer.ask(5, commandField.cFindRq, verificationSopClass, Buffer.alloc(0))
  expect((await peer.message()).command.status).toBe(0x0211)
  peer.ask(1, commandField.cFindRq, '1.2', Buffer.alloc(0))
  await expect(peer.message()).rejects.toThrow('PDU type 7')
  await station.close()
})
