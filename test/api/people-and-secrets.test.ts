import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aimis, jilin, jilinSecret, residentNumber } from '../db/rooms-for-tests.ts'
import { aimisToken } from '../stand-ins/clinic-at-clouds.ts'
import { adminPassword, errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

describe('the first start', () => {
  let station: StationForTests
  beforeAll(async () => {
    station = await startStation({ adminPassword: null })
  }, 60_000)
  afterAll(() => station.stop())
  const setup = (username: string) =>
    station.call('setup', {
      body: { username, displayName: '管理员', password: 'Password-1', mode: 'training', institutionName: '晨光' },
    })

  test('asks for an administrator before anybody can log in', async () => {
    expect((await station.call('setupState')).json).toMatchObject({ needed: true })
    const answer = await station.call('sessionCreate', { body: { username: 'admin', password: 'x' } })
    expect(errorOf(answer).code).toBe('SETUP-NEEDED')
  })

  test('refuses a short password and a name of nothing', async () => {
    for (const body of [
      { username: 'a', displayName: 'a', password: 'short', mode: 'real' },
      { username: ' ', displayName: 'a', password: 'Password-1', mode: 'real' },
      { username: 'a', displayName: 'a', password: 'Password-1', mode: 'play' },
    ])
      expect(errorOf(await station.call('setup', { body })).code).toBe('BAD-REQUEST')
    expect((await station.call('setupState')).json).toMatchObject({ needed: true })
  })

  test('of five who set up at once one becomes administrator', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(setup))
    const won = answers.filter((answer) => answer.status === 200)
    expect(won).toHaveLength(1)
    for (const answer of answers.filter((one) => one.status !== 200)) expect(errorOf(answer).code).toBe('SETUP-DONE')
    const admin = station.apiAs(won[0]!.json.token)
    expect((await admin.accountList()).map((account) => account.role)).toEqual(['administrator'])
    expect((await admin.settingsRead()).mode).toBe('training')
    expect((await admin.institutionList()).map((one) => one.name)).toEqual(['晨光'])
  })

  test('happens once, also after a restart', async () => {
    expect(errorOf(await setup('late')).code).toBe('SETUP-DONE')
    await station.end()
    station = await startStation({ adminPassword: null, dataFolder: station.dataFolder })
    expect(errorOf(await setup('late')).code).toBe('SETUP-DONE')
    expect((await station.call('setupState')).json).toMatchObject({ needed: false })
  })

  test('a password in the environment does not make a second administrator, nor change the first', async () => {
    await station.end()
    station = await startStation({
      adminPassword: null,
      dataFolder: station.dataFolder,
      env: { STATION_ADMIN_PASSWORD: 'Intruder-1' },
    })
    const answer = await station.call('sessionCreate', { body: { username: 'admin', password: 'Intruder-1' } })
    expect(errorOf(answer).code).toBe('LOGIN-WRONG')
  })
})

describe('secrets and identity numbers', () => {
  let station: StationForTests
  const number = residentNumber()
  const passport = 'E87654321'
  const newToken = 'another-token-of-32-characters-x'
  const seen: string[] = []
  beforeAll(async () => {
    station = await startStation()
  }, 60_000)
  afterAll(() => station.stop())

  test('of a destination are written and never read back, and PUT keeps what is not given', async () => {
    const created = await station.call('destinationCreate', { body: { ...aimis(), enabled: false } })
    const province = await station.call('destinationCreate', { body: { ...jilin(), enabled: false } })
    expect([created.status, province.status]).toEqual([200, 200])
    const { id } = created.json
    expect(created.json).toMatchObject({ secretsSet: ['token'], settings: { appId: 'app-1' } })
    expect(created.json.settings.token).toBeUndefined()
    const changed = await station.call('destinationChange', { params: { id }, body: { settings: { appId: 'app-2' } } })
    expect(changed.json).toMatchObject({ secretsSet: ['token'], settings: { appId: 'app-2', hospitalId: 'H1' } })
    const renewed = await station.call('destinationChange', { params: { id }, body: { settings: { token: newToken } } })
    const list = await station.call('destinationList')
    expect(list.json).toHaveLength(2)
    const refused = await station.call('destinationChange', {
      params: { id },
      body: { settings: { token: `${newToken}y` } },
    })
    expect(refused.status).toBe(400)
    seen.push(...[created, province, changed, renewed, list, refused].map((answer) => answer.text))
  })

  test('of a person are masked in every answer', async () => {
    const resident = { identity: { kind: 'resident', number } }
    const registered = await station.call('examRegister', { body: registration('张伟', resident) })
    expect(registered.status).toBe(200)
    const params = { id: registered.json.id }
    const other = await station.call('examRegister', {
      body: registration('李娜', { sex: 'F', identity: { kind: 'passport', number: passport } }),
    })
    const page = await station.call('examRead', { params })
    expect(page.json.patient.identity).toEqual({
      kind: 'resident',
      number: `${number.slice(0, 3)}***********${number.slice(-4)}`,
    })
    const wrong = `${number.slice(0, 17)}${number.endsWith('1') ? '2' : '1'}`
    const refused = await station.call('examRegister', {
      body: registration('张伟', { identity: { kind: 'resident', number: wrong } }),
    })
    expect([refused.status, errorOf(refused).code]).toEqual([400, 'IDENTITY-CHECK'])
    expect(refused.text).not.toContain(wrong)
    seen.push(
      registered.text,
      other.text,
      page.text,
      (await station.call('examChange', { params, body: { patient: { phone: '13800001234' } } })).text,
      (await station.call('examList')).text,
      (await station.call('auditList')).text,
      (await station.call('auditList', { query: { subjectKind: 'exam', subjectId: params.id } })).text,
      (await station.call('deliveryList')).text,
    )
  })

  test('a wrong login, with the name and the password mixed up, tells nobody', async () => {
    const answer = await station.call('sessionCreate', { body: { username: adminPassword, password: 'admin' } })
    expect(errorOf(answer).code).toBe('LOGIN-WRONG')
    seen.push(answer.text)
  })

  test('are in clear in no answer, no log line and no file', async () => {
    const secrets = [aimisToken, newToken, jilinSecret, number, passport, adminPassword, station.token]
    // The station runs: what is in the -wal is looked at too. Then again after it has ended.
    const files = () =>
      readdirSync(station.dataFolder, { recursive: true, encoding: 'utf8' })
        .map((file) => join(station.dataFolder, file))
        .filter((file) => /station\.db/.test(file) || /\.(json|log|txt)$/.test(file))
    const look = () => {
      const found = files()
      expect(found.some((file) => file.endsWith('station.db'))).toBe(true)
      const bytes = found.map((file) => readFileSync(file).toString('latin1')).join('\n')
      expect(bytes).toContain('register-exam')
      for (const secret of secrets) {
        expect(bytes.includes(secret), 'in a file').toBe(false)
        expect(seen.join('\n').includes(secret), 'in an answer').toBe(false)
        expect((station.printed.out + station.printed.err).includes(secret), 'in the log').toBe(false)
      }
    }
    look()
    expect(await station.end()).toBe(0)
    look()
  })
})

describe('an account over HTTP', () => {
  let station: StationForTests
  beforeAll(async () => {
    station = await startStation()
    await station.api.accountCreate({
      body: { username: 'wang', displayName: '王', role: 'doctor', password: 'Password-1' },
    })
  }, 60_000)
  afterAll(() => station.stop())
  const logIn = (password: string) => station.call('sessionCreate', { body: { username: 'wang', password } })

  test('is locked after five wrong passwords, says for how long, and the others are not', async () => {
    for (let i = 0; i < 4; i++) expect((await logIn('wrong')).status).toBe(401)
    const fifth = await logIn('wrong')
    expect([fifth.status, errorOf(fifth).code]).toEqual([401, 'LOGIN-NOW-LOCKED'])
    expect(errorOf(fifth).message).toMatch(/锁定到 \d\d:\d\d/)
    const locked = await logIn('Password-1')
    expect([locked.status, errorOf(locked).code]).toEqual([429, 'LOGIN-LOCKED'])
    expect(errorOf(locked).action).toContain('15 分钟')
    expect((await station.call('sessionRead')).status).toBe(200)
  })

  test('is opened by a new password; its sessions end with it, and with logging out', async () => {
    const [{ id } = { id: '' }] = (await station.api.accountList()).filter((account) => account.username === 'wang')
    await station.api.accountChange({ params: { id }, body: { password: 'Password-2' } })
    const first = (await logIn('Password-2')).json.token
    expect((await station.call('sessionRead', { token: first })).json.user.username).toBe('wang')
    await station.apiAs(first).sessionEnd()
    expect((await station.call('sessionRead', { token: first })).status).toBe(401)
    const second = (await logIn('Password-2')).json.token
    await station.api.accountChange({ params: { id }, body: { disabled: true } })
    expect((await station.call('sessionRead', { token: second })).status).toBe(401)
    expect(errorOf(await logIn('Password-2')).code).toBe('LOGIN-WRONG')
  })

  test('the last administrator stays', async () => {
    const [{ id } = { id: '' }] = (await station.api.accountList()).filter(
      (account) => account.role === 'administrator',
    )
    const answer = await station.call('accountChange', { params: { id }, body: { role: 'doctor' } })
    expect(errorOf(answer).code).toBe('LAST-ADMINISTRATOR')
  })
})
