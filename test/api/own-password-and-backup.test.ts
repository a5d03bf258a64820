import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { csvLine } from '../../electron/station/api/csv-line.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { adminPassword, errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

vi.setConfig({ testTimeout: 60_000 })

let station: StationForTests
const place = mkdtempSync(join(tmpdir(), 'yingzhan-backup-place-'))
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
}, 60_000)
afterAll(async () => {
  await station.stop()
  rmSync(place, { recursive: true, force: true })
})

describe('a password that somebody else chose', () => {
  const wang = { username: 'wang', displayName: '王医生', role: 'doctor' as const, password: 'Given-by-admin-1' }
  let token = ''

  test('must be changed before anything else is allowed', async () => {
    await station.api.accountCreate({ body: { ...wang, mustChangePassword: true } })
    const session = await station.api.sessionCreate({ body: { username: 'wang', password: wang.password } })
    token = session.token
    expect(session.user.mustChangePassword).toBe(true)
    for (const name of ['examList', 'settingsRead', 'accountList'] as const)
      expect(errorOf(await station.call(name, { token })).code).toBe('PASSWORD-CHANGE-NEEDED')
    expect((await station.call('sessionRead', { token })).json.user.username).toBe('wang')
    const web = await station.send('GET', '/dicom-web/studies', { headers: { authorization: `Bearer ${token}` } })
    expect(web.status).toBe(403)
  })

  test('is changed only with the present one, and to another one', async () => {
    const change = (current: string, next: string) => station.call('passwordChange', { token, body: { current, next } })
    expect(errorOf(await change('wrong', 'My-own-password-1')).code).toBe('PASSWORD-WRONG')
    expect(errorOf(await change(wang.password, wang.password)).code).toBe('PASSWORD-SAME')
    expect(errorOf(await change(wang.password, 'short')).code).toBe('BAD-REQUEST')
    expect((await change(wang.password, 'My-own-password-1')).status).toBe(200)
    expect((await station.call('examList', { token })).status).toBe(200)
    const again = await station.api.sessionCreate({ body: { username: 'wang', password: 'My-own-password-1' } })
    expect(again.user.mustChangePassword).toBeUndefined()
  })

  test('unlocking counts wrong passwords as the login does', async () => {
    const unlock = (password: string) => station.call('sessionUnlock', { token, body: { password } })
    expect((await unlock('My-own-password-1')).status).toBe(200)
    for (let count = 0; count < 4; count++) expect((await unlock('wrong')).status).toBe(403)
    expect(errorOf(await unlock('wrong')).code).toBe('LOGIN-LOCKED')
    expect(errorOf(await unlock('My-own-password-1')).code).toBe('LOGIN-LOCKED')
    const logIn = await station.call('sessionCreate', { body: { username: 'wang', password: 'My-own-password-1' } })
    expect(errorOf(logIn).code).toBe('LOGIN-LOCKED')
  })
})

describe('the audit log', () => {
  test('is searched by person, action, day and words, a page at a time', async () => {
    for (let count = 0; count < 3; count++) await station.api.examRegister({ body: registration(`查找${count}`) })
    const all = await station.api.auditSearch({ query: {} })
    expect(all.actors).toContain('admin')
    expect(all.actions).toContain('register-exam')
    const registered = await station.api.auditSearch({ query: { action: 'register-exam', actor: 'admin' } })
    expect(registered.rows).toHaveLength(3)
    expect(registered.next).toBeNull()
    const before = await station.api.auditSearch({ query: { action: 'register-exam', before: registered.rows[1]!.id } })
    expect(before.rows).toEqual(registered.rows.slice(2))
    const number = (registered.rows[0]!.details as { accessionNumber: string }).accessionNumber
    const found = await station.api.auditSearch({ query: { text: number.toLowerCase() } })
    expect(found.rows.map((row) => row.id)).toContain(registered.rows[0]!.id)
    // Also what says nothing of the number itself: all rows about that exam, by number or name.
    const examId = registered.rows[0]!.subjectId
    await station.api.examCancel({ params: { id: examId }, body: { reason: '患者离开' } })
    for (const text of [number, '查找2']) {
      const { rows } = await station.api.auditSearch({ query: { text, action: 'cancel-exam' } })
      expect(rows, text).toMatchObject([{ subjectId: examId, subjectName: `${number} 查找2`, actorName: '管理员' }])
    }
    expect((await station.api.auditSearch({ query: { from: '2099-01-01' } })).rows).toEqual([])
    const nobody = await station.api.auditSearch({ query: { text: "' or 1=1 --%" } })
    expect(nobody.rows).toEqual([])
  })

  test('is exported as a table that a spreadsheet runs no formula of, and the export is in it', async () => {
    const answer = await station.call('auditExport', { query: { action: 'register-exam' } })
    expect(answer.text.startsWith('\ufeff编号,时间,人')).toBe(true)
    expect(answer.text.trim().split('\r\n')).toHaveLength(4)
    expect(answer.text.split('\r\n')[1]).toContain(',register-exam,登记检查,exam,')
    const english = await station.call('auditExport', { query: { action: 'register-exam', language: 'en' } })
    expect(english.text.startsWith('\ufeffNo.,Time,User')).toBe(true)
    expect(english.text).toContain(',register-exam,register exam,exam,')
    const noted = await station.api.auditSearch({ query: { action: 'export-audit' } })
    expect(noted.rows).toHaveLength(2)
    expect(noted.rows[0]!.details).toEqual({ action: 'register-exam' })
    expect(csvLine(['=1+1', '@a', '-2', 'a,"b"\n', '好'])).toBe(`'=1+1,'@a,'-2,"a,""b""\n",好\r\n`)
  })

  test('says of a change of the settings what was changed, and nothing else', async () => {
    await station.api.settingsChange({ body: { dicom: { settleSeconds: 77 } } })
    const { rows } = await station.api.auditSearch({ query: { action: 'change-settings' } })
    expect(rows[0]!.details).toEqual({ 'dicom.settleSeconds': { from: 60, to: 77 } })
    await station.api.settingsChange({ body: { dicom: { settleSeconds: 60 } } })
  })

  test('tells that no row was touched', async () => {
    const check = await station.api.auditCheck()
    expect(check.firstBroken).toBeNull()
    expect(check.rows).toBeGreaterThan(5)
  })

  test('is for administrators', async () => {
    await station.api.accountCreate({
      body: { username: 'reg', displayName: '登记', role: 'registrar', password: 'Registrar-1' },
    })
    const { token } = await station.api.sessionCreate({ body: { username: 'reg', password: 'Registrar-1' } })
    for (const name of ['auditSearch', 'auditExport', 'auditCheck', 'backupNow'] as const)
      expect(errorOf(await station.call(name, { token })).code).toBe('ROLE-NEEDED')
  })
})

describe('the backup', () => {
  const to = join(place, 'yingzhan-backup')
  const now = () => station.api.backupNow()
  const choose = (folder: string) => station.api.settingsChange({ body: { backup: { folder } } })

  test('says in words why a place cannot be used, and makes no folder there', async () => {
    await choose(join(place, 'no-stick'))
    expect((await now()).problem?.code).toBe('BACKUP-PLACE')
    expect(readdirSync(place)).toEqual([])
    await choose('backup')
    expect((await now()).problem?.code).toBe('BACKUP-PLACE')
    await choose(join(station.dataFolder, 'images'))
    const inside = await now()
    expect(inside.problem?.code).toBe('BACKUP-INSIDE')
    expect((await station.api.health()).alarms!.join()).toContain('备份没有成功')
  })

  test('is made while work goes on, read back, and a station goes on from it on another computer', async () => {
    const exam = await station.api.examRegister({
      body: registration('备份人', { identity: { kind: 'passport', number: 'E12345678' } }),
    })
    const device = createSimulatedModality({ aeTitle: 'DR1', station: station.dicom })
    await device.sendStudy({
      instances: 2,
      studyInstanceUid: exam.studyInstanceUid,
      accessionNumber: exam.accessionNumber,
    })
    await choose(place)
    const [made] = await Promise.all([now(), station.api.examRegister({ body: registration('备份时') })])
    expect(made.problem).toBeNull()
    expect(made.lastGood!.files).toBeGreaterThanOrEqual(2)

    const elsewhere = mkdtempSync(join(tmpdir(), 'yingzhan-restored-'))
    cpSync(to, elsewhere, { recursive: true })
    const restored = await startStation({ dataFolder: elsewhere })
    try {
      const api = restored.apiAs(await restored.logIn('admin', adminPassword))
      const page = await api.examRead({ params: { id: exam.id } })
      expect(page.imageCount).toBe(2)
      expect(page.patient.name).toBe('备份人')
      const health = await api.health()
      expect(health.alarms!.filter((alarm) => alarm.includes('缺失') || alarm.includes('gone'))).toEqual([])
      expect((await api.auditCheck()).firstBroken).toBeNull()
    } finally {
      await restored.stop()
    }
  })

  test('copies a file again whose copy has another length, keeps earlier databases, and copies nothing twice', async () => {
    const stored = readdirSync(join(to, 'images', 'store'), { recursive: true, withFileTypes: true }).find((one) =>
      one.name.endsWith('.dcm'),
    )!
    const copy = join(stored.parentPath, stored.name)
    const whole = readFileSync(copy)
    writeFileSync(copy, whole.subarray(0, 100))
    expect((await now()).problem).toBeNull()
    expect(readFileSync(copy).equals(whole)).toBe(true)
    expect(readdirSync(to).filter((name) => /^station-.+\.db$/.test(name)).length).toBeGreaterThanOrEqual(1)
    expect((await now()).lastGood!.files).toBeGreaterThanOrEqual(2)
    const rows = await station.api.auditSearch({ query: { action: 'make-backup' } })
    expect((rows.rows[0]!.details as { copied: number }).copied).toBe(0)
    expect((rows.rows[1]!.details as { copied: number }).copied).toBe(1)
  })
})
