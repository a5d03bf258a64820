import { expect, test } from 'vitest'
import { type HostKind, hostKind } from '../../electron/station/settings/device-host.ts'

const cases: Readonly<Record<HostKind, readonly string[]>> = {
  none: [''],
  address: ['192.168.1.20', '127.0.0.1', 'fe80::1', '::1'],
  name: ['ct-room', 'localhost', 'US_2', 'dr.clinic.lan', 'mr1', '3t-mr', 'no-such-host.invalid', 'pacs.'],
  unusable: [
    '192.168.1.300',
    '192.168.1',
    '192.168.1,20',
    '192。168。1。20',
    'CT 室',
    '20',
    'a..b',
    '-ct',
    'http://ct',
    'ct:104',
  ],
}

test.each(Object.entries(cases))('%s', (kind, hosts) => {
  expect(hosts.map((host) => [host, hostKind(host)])).toEqual(hosts.map((host) => [host, kind]))
})
