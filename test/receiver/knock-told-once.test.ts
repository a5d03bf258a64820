import { expect, test } from 'vitest'
import { createKnocks } from '../../electron/station/receiver/knocks.ts'
import { verificationSopClass } from '../../shared/dicom/sop-class.ts'
import { explicitLittle } from '../archive/archive-for-tests.ts'
import { openPeer } from './query-retrieve-peer.ts'
import { openReceiver } from './receiver-for-tests.ts'

test('a knock is told once, by who keeps it', async () => {
  const station = await openReceiver({ devices: [] })
  const told: unknown[] = []
  station.events.watch((event) => {
    if (event.topic === 'knock') told.push(event)
  })
  const contexts = [{ id: 1, abstractSyntax: verificationSopClass, transferSyntaxes: [explicitLittle] }]
  await expect(openPeer(station, { aeTitle: 'STRANGER', contexts })).rejects.toThrow('not accepted')
  expect(told).toEqual([])
  createKnocks(station.events).add(station.knocks[0]!)
  expect(told).toEqual([{ topic: 'knock', id: 'STRANGER' }])
  await station.close()
})
