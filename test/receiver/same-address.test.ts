import { expect, test } from 'vitest'
import { isSameAddress } from '../../electron/station/receiver/same-address.ts'

test.each([
  ['192.168.1.20', '192.168.1.20', true],
  ['192.168.1.20', '::ffff:192.168.1.20', true],
  ['192.168.1.20', '::FFFF:C0A8:0114', true],
  ['192.168.1.20', '192.168.1.21', false],
  ['fd00::20', 'FD00:0:0:0:0:0:0:0020', true],
  ['fd00::20', 'fd00::21', false],
  ['fe80::1', 'fe80::1%eth0', true],
  ['::1', '0:0:0:0:0:0:0:1', true],
  ['', '192.168.1.20', false],
])('%j and %j are the same: %s', (one, other, same) => {
  expect([isSameAddress(one, other), isSameAddress(other, one)]).toEqual([same, same])
})
