import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { viewOfDestination } from '../../electron/station/settings/destinations.ts'
import { aimis, codeOf, expectOk, jilin, jilinSecret, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'
import { aimisToken } from '../stand-ins/clinic-at-clouds.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const badSignature = {
  reason: '签名不符',
  reasonInEnglish: 'The signature does not fit',
  action: '核对密钥',
  actionInEnglish: 'Compare the key',
}

describe('a destination', () => {
  test('has its secrets within the station and never in what is shown', () => {
    const kept = [rooms.addDestination(aimis()), rooms.addDestination(jilin()), rooms.addDestination(pacs())]
    expect(kept.map((one) => one.settings)).toMatchObject([{ token: aimisToken }, { appSecret: jilinSecret }, {}])
    const shown = kept.map(viewOfDestination)
    expect(shown.map((one) => one.secretsSet)).toEqual([['token'], ['appSecret'], []])
    expect(JSON.stringify(shown)).not.toContain(aimisToken)
    expect(JSON.stringify(shown)).not.toContain(jilinSecret)
  })

  test('has its secrets nowhere in clear: not in the database, its log or the audit rows', () => {
    const destination = rooms.addDestination(aimis())
    rooms.addDestination(jilin())
    const other = 'another-token-of-32-characters-x'
    expectOk(rooms.destinations.change(destination.id, { settings: { token: other } }, 'admin'))
    rooms.sealedState.write('jilin-token', { token: 'bearer-of-the-province' })
    const onDisk = [rooms.file, `${rooms.file}-wal`].map((file) => readFileSync(file).toString('latin1')).join('')
    for (const secret of [aimisToken, jilinSecret, other, 'bearer-of-the-province']) {
      expect(onDisk.includes(secret), secret).toBe(false)
      expect(JSON.stringify(rooms.audit.newest(50))).not.toContain(secret)
    }
    expect(onDisk).toContain('save-destination')
    expect(rooms.sealedState.read('jilin-token')).toEqual({ token: 'bearer-of-the-province' })
  })

  test('merges what it is given and keeps the secret that is not given', () => {
    const { id } = rooms.addDestination(aimis())
    expectOk(rooms.destinations.change(id, { name: '新名字', settings: { appId: 'app-2' } }, 'admin'))
    expect(rooms.destinations.get(id)).toMatchObject({
      kind: 'aimis',
      name: '新名字',
      settings: { appId: 'app-2', token: aimisToken, hospitalId: 'H1' },
    })
  })

  test('keeps its kind and its id whatever it is given', () => {
    const { id } = rooms.addDestination(aimis())
    expectOk(rooms.destinations.change(id, { kind: 'pacs', id: 'other', paused: null }, 'admin'))
    expect(rooms.destinations.all().map((one) => [one.id, one.kind])).toEqual([[id, 'aimis']])
  })

  test('refuses settings that cannot work, says where, and does not repeat the secret', () => {
    const { id } = rooms.addDestination(aimis())
    const refused = rooms.destinations.change(id, { settings: { token: 'short-secret' } }, 'admin')
    expect(codeOf(refused)).toBe('BAD-REQUEST')
    expect(refused.ok ? {} : Object.keys(refused.problem.fields ?? {})).toEqual(['settings.token'])
    expect(JSON.stringify(refused)).not.toContain('short-secret')
    for (const settings of [
      { gatewayUrl: 'file:///etc/passwd' },
      { gatewayUrl: 'x' },
      { dicom: { port: 0 } },
      { token: null },
    ])
      expect(codeOf(rooms.destinations.change(id, { settings }, 'admin')), JSON.stringify(settings)).toBe('BAD-REQUEST')
    expect(rooms.destinations.get(id)?.settings).toMatchObject({ token: aimisToken })
  })

  test('that was paused goes on once its settings were changed, or a person says so', () => {
    const { id } = rooms.addDestination(aimis())
    rooms.destinations.pause(id, badSignature)
    expect(rooms.destinations.get(id)?.paused).toMatchObject(badSignature)
    expect(viewOfDestination(rooms.destinations.get(id)!).paused?.reason).toBe('签名不符')
    expectOk(rooms.destinations.change(id, {}, 'admin'))
    expect(rooms.destinations.get(id)?.paused).toBeUndefined()
    rooms.destinations.pause(id, badSignature)
    rooms.destinations.resume(id)
    expect(rooms.destinations.get(id)?.paused).toBeUndefined()
  })

  test('every change leaves an audit row', () => {
    const { id } = rooms.addDestination(pacs())
    expectOk(rooms.destinations.change(id, { enabled: false }, 'li'))
    expectOk(rooms.destinations.remove(id, 'li'))
    expect(codeOf(rooms.destinations.remove(id, 'li'))).toBe('NOT-FOUND')
    expect(rooms.audit.about('settings', id).map((row) => [row.actor, row.action])).toEqual([
      ['li', 'remove-destination'],
      ['li', 'save-destination'],
      ['admin', 'save-destination'],
    ])
  })
})
