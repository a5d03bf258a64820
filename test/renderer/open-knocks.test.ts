import { expect, test } from 'vitest'
import { openKnocks } from '../../renderer/features/settings/open-knocks.ts'
import type { Knock } from '../../shared/api/views.ts'
import type { Device } from '../../shared/models/settings.ts'

const knock = (more: Partial<Knock> = {}) =>
  ({ callingAeTitle: 'DR1', address: '192.168.1.20', kind: 'unknown-calling-ae', ...more }) as Knock
const device = (host: string, aeTitle = 'DR1') => ({ aeTitle, host }) as Device

test('a knock is open until the device may connect from where it knocked', () => {
  expect(openKnocks([knock()], [])).toHaveLength(1)
  expect(openKnocks([knock()], [device('192.168.1.20', 'DR2')])).toHaveLength(1)
  expect(openKnocks([knock({ kind: 'wrong-address' })], [device('192.168.1.9')])).toHaveLength(1)
  for (const host of ['192.168.1.20', '', 'dr-room.clinic.lan'])
    expect(openKnocks([knock()], [device(host)])).toEqual([])
  expect(openKnocks([knock({ kind: 'wrong-address' })], [device('dr-room.clinic.lan')])).toHaveLength(1)
  expect(openKnocks([knock({ kind: 'wrong-address' })], [device('')])).toEqual([])
})

test('a device that asks for another AE title is not helped by letting it in', () => {
  expect(openKnocks([knock({ kind: 'wrong-called-ae' })], [device('192.168.1.20')])).toHaveLength(1)
})
