import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Routes } from '../../shared/api/routes.ts'
import { aimis, jilin } from '../db/rooms-for-tests.ts'
import { adminPassword, errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

let station: StationForTests
let adminId: string
let destinationId: string
let deviceId: string
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  adminId = (await station.api.accountList())[0]!.id
  destinationId = (await station.api.destinationCreate({ body: aimis() })).id
  deviceId = (await station.api.deviceCreate({ body: { name: 'DR', aeTitle: 'DR1' } })).id
  await station.api.deviceCreate({ body: { name: 'CT', aeTitle: 'CT1' } })
}, 60_000)
afterAll(() => station.stop())

const properNames =
  /AppId|Token|DICOM|AE|SM2|PEM|BEGIN CERTIFICATE|END CERTIFICATE|BEGIN PRIVATE KEY|END PRIVATE KEY|nnnn|CT1|https?|pfx|der|openssl|localhost|admin|--data/g

/** What was refused: the status, and the fields with their words. All of it is in Chinese, with what to do; the words at fields in English too. */
async function refused(name: keyof Routes, body: unknown, params: Record<string, string> = {}) {
  const answer = await station.call(name, { body, params })
  expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
  expect(answer.status, answer.text).toBeLessThan(500)
  const { code, message, action, fields = {}, fieldsInEnglish = {} } = errorOf(answer)
  for (const words of [message, action, ...Object.values(fields)]) {
    expect(words).toMatch(/\p{Script=Han}/u)
    expect(words.replaceAll(properNames, '')).not.toMatch(/[a-z]{4}/)
  }
  expect(Object.keys(fieldsInEnglish)).toEqual(Object.keys(fields))
  for (const words of Object.values(fieldsInEnglish)) expect(words.replace('P号', '')).not.toMatch(/\p{Script=Han}/u)
  return { code, fields: Object.keys(fields) }
}

describe('what is refused names its field', () => {
  test.each<[string, unknown, string, string]>([
    [
      'a pattern without a running number',
      { numbering: { accessionPattern: 'DR{YY}' } },
      'BAD-REQUEST',
      'numbering.accessionPattern',
    ],
    [
      'a pattern that is too long',
      { numbering: { accessionPattern: 'ABCDEFGHIJ{YYYY}{nnnn}' } },
      'NUMBER-PATTERN',
      'numbering.accessionPattern',
    ],
    [
      'patient numbers of other letters',
      { numbering: { patientPattern: 'P号{nnnn}' } },
      'NUMBER-PATTERN',
      'numbering.patientPattern',
    ],
    ['seconds below one', { dicom: { settleSeconds: 0 } }, 'BAD-REQUEST', 'dicom.settleSeconds'],
    [
      'minutes that are no number',
      { security: { idleLockMinutes: 'long' } },
      'BAD-REQUEST',
      'security.idleLockMinutes',
    ],
    [
      'an origin elsewhere',
      { dicomWeb: { viewerOrigins: ['http://localhost:1', 'https://example.org'] } },
      'BAD-REQUEST',
      'dicomWeb.viewerOrigins.1',
    ],
    [
      'a forbidden word of nothing',
      { reporting: { forbiddenWords: [' '] } },
      'BAD-REQUEST',
      'reporting.forbiddenWords.0',
    ],
    [
      'a label of nothing',
      { reporting: { labels: { DR: { findings: '', impression: '印象' } } } },
      'BAD-REQUEST',
      'reporting.labels.DR.findings',
    ],
    [
      'a department of six characters',
      { lookups: { department: { name: '放射影像中心' } } },
      'BAD-REQUEST',
      'lookups.department.name',
    ],
    ['ten copies', { printing: { card: { copies: 10 } } }, 'BAD-REQUEST', 'printing.card.copies'],
    ['a paper that nobody has', { paper: { card: 'a3' } }, 'BAD-REQUEST', 'paper.card'],
  ])('settings: %s', async (_what, body, code, field) => {
    expect(await refused('settingsChange', body)).toEqual({ code, fields: [field] })
  })

  test('the mode, once there are exams', async () => {
    await station.api.examRegister({ body: registration() })
    expect(await refused('settingsChange', { mode: 'training' })).toEqual({ code: 'MODE-FIXED', fields: ['mode'] })
  })

  test('institutions and devices', async () => {
    expect(await refused('institutionCreate', { name: '', phone: '1'.repeat(31) })).toEqual({
      code: 'BAD-REQUEST',
      fields: ['name', 'phone'],
    })
    const device = { name: 'DR', aeTitle: 'DR1' }
    const id = { id: deviceId }
    expect((await refused('deviceChange', { ...device, host: '192.168.1.' }, id)).fields).toEqual(['host'])
    expect((await refused('deviceChange', { ...device, aeTitle: 'CT1' }, id)).fields).toEqual(['aeTitle'])
    expect((await refused('deviceChange', { ...device, aeTitle: 'A\\B' }, id)).fields).toEqual(['aeTitle'])
    expect((await refused('deviceChange', { ...device, port: 0 }, id)).fields).toEqual(['port'])
  })

  test('destinations, at creation and at a change', async () => {
    const { settings, ...head } = aimis()
    const bad = { ...head, settings: { ...settings, token: 'short', gatewayUrl: 'gateway' } }
    const fields = ['settings.gatewayUrl', 'settings.token']
    expect((await refused('destinationCreate', bad)).fields.sort()).toEqual(fields)
    expect(
      (await refused('destinationChange', { settings: bad.settings }, { id: destinationId })).fields.sort(),
    ).toEqual(fields)
    const key = { ...jilin(), settings: { ...jilin().settings, sm2PublicKey: '04' } }
    expect((await refused('destinationCreate', key)).fields).toEqual(['settings.sm2PublicKey'])
    const pacs = { kind: 'pacs', name: 'PACS', settings: {} }
    expect((await refused('destinationCreate', pacs)).fields).toEqual(['settings.dicom'])
    expect((await refused('destinationCreate', { kind: 'ftp', name: 'x', settings: {} })).fields).toEqual(['kind'])
  })

  test('people and their passwords', async () => {
    const input = { username: 'admin', displayName: '李', role: 'doctor', password: 'Password-of-li' }
    expect(await refused('accountCreate', input)).toEqual({ code: 'ACCOUNT-EXISTS', fields: ['username'] })
    expect((await refused('accountCreate', { ...input, password: 'short', role: 'king' })).fields.sort()).toEqual([
      'password',
      'role',
    ])
    const id = { id: adminId }
    expect(await refused('accountChange', { role: 'doctor' }, id)).toEqual({
      code: 'LAST-ADMINISTRATOR',
      fields: ['role'],
    })
    expect((await refused('accountChange', { disabled: true }, id)).fields).toEqual(['disabled'])
    expect((await refused('passwordChange', { current: 'wrong', next: 'Password-of-li' })).fields).toEqual(['current'])
    expect((await refused('passwordChange', { current: adminPassword, next: adminPassword })).fields).toEqual(['next'])
    expect((await refused('sessionUnlock', { password: 'wrong' })).fields).toEqual(['password'])
  })

  test('DICOM over TLS', async () => {
    expect(await refused('dicomTlsChange', { enabled: true })).toEqual({
      code: 'DICOM-TLS-CERTIFICATE-MISSING',
      fields: ['certificate'],
    })
    expect((await refused('dicomTlsChange', { certificate: 'none' })).fields).toEqual(['certificate'])
    expect((await refused('dicomTlsChange', { authorities: 'none' })).fields).toEqual(['authorities'])
    expect((await refused('dicomTlsChange', { privateKey: 'none' })).fields).toEqual(['privateKey'])
    expect((await refused('dicomTlsChange', { port: 70_000 })).fields).toEqual(['port'])
  })
})
