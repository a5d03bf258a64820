import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mergeDeep } from '../../electron/station/settings/merge-deep.ts'
import { codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

describe('the settings of the station', () => {
  test('have the defaults that the interfaces name', () => {
    expect(rooms.settings.read()).toMatchObject({
      mode: 'real',
      dicom: { settleSeconds: 60 },
      reporting: { singleDoctor: false },
    })
  })

  test('merge what they are given and keep the rest', () => {
    expectOk(rooms.settings.change({ reporting: { singleDoctor: true } }, 'admin'))
    expectOk(rooms.settings.change({ dicom: { settleSeconds: 5 } }, 'admin'))
    expect(rooms.settings.read()).toMatchObject({
      dicom: { settleSeconds: 5 },
      reporting: { singleDoctor: true },
      paper: { report: 'A4' },
    })
    expect(rooms.told).toContainEqual({ topic: 'settings' })
  })

  test.each([
    [{ dicom: { settleSeconds: 0 } }],
    [{ dicom: { settleSeconds: '60' } }],
    [{ dicom: 'x' }],
    [{ paper: { report: 'A3' } }],
    [{ mode: 'play' }],
    [{ numbering: { accessionPattern: 'no running number' } }],
  ])('refuse %j and change nothing', (change) => {
    const before = rooms.settings.read()
    const rows = rooms.count('audit')
    expect(codeOf(rooms.settings.change(change, 'admin'))).not.toBe('ok')
    expect(rooms.settings.read()).toEqual(before)
    expect(rooms.count('audit')).toBe(rows)
  })

  test('every change leaves an audit row, and a key that nobody knows is neither kept nor written down', () => {
    expectOk(
      rooms.settings.change({ appSecret: 'left-by-mistake', dicom: { settleSeconds: 7, token: 'too' } }, 'admin'),
    )
    expect(rooms.audit.about('settings', 'station')).toHaveLength(1)
    expect(JSON.stringify([rooms.settings.read(), rooms.audit.newest(10)])).not.toMatch(/left-by-mistake|"too"/)
  })

  test('keys that reach for prototypes change nothing', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"dicom":{"__proto__":{"polluted":true}}}',
    )
    expectOk(rooms.settings.change(hostile, 'admin'))
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect((mergeDeep({}, hostile) as Record<string, unknown>).polluted).toBeUndefined()
    expect((mergeDeep({ dicom: {} }, hostile) as { dicom: Record<string, unknown> }).dicom.polluted).toBeUndefined()
  })
})

describe('devices that may connect', () => {
  test('are kept, changed and removed, each with an audit row', () => {
    const device = expectOk(
      rooms.settings.saveDevice(
        { name: 'CT', aeTitle: 'CT1', host: '', modality: 'CT', characterSet: 'gb18030', readAs: 'declared' },
        'admin',
      ),
    )
    expectOk(rooms.settings.saveDevice({ ...device, host: '10.0.0.5' }, 'admin', device.id))
    expect(rooms.settings.devices()).toEqual([{ ...device, host: '10.0.0.5' }])
    expectOk(rooms.settings.removeDevice(device.id, 'admin'))
    expect(rooms.settings.devices()).toEqual([])
    expect(codeOf(rooms.settings.removeDevice(device.id, 'admin'))).toBe('NOT-FOUND')
    expect(rooms.audit.about('settings', device.id).map((row) => row.action)).toEqual([
      'remove-device',
      'save-device',
      'save-device',
    ])
  })

  test('an AE title belongs to one device', () => {
    const input = {
      name: 'CT',
      aeTitle: 'CT1',
      host: '',
      modality: 'CT',
      characterSet: 'gb18030',
      readAs: 'declared',
    } as const
    expectOk(rooms.settings.saveDevice(input, 'admin'))
    expect(codeOf(rooms.settings.saveDevice({ ...input, name: 'other' }, 'admin'))).toBe('AE-TITLE-TAKEN')
    expect(rooms.settings.devices()).toHaveLength(1)
  })
})
