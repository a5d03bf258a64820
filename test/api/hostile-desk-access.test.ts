import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyRoute } from '../../shared/api/route.ts'
import { type Routes, routes } from '../../shared/api/routes.ts'
import { type Role, roleSchema } from '../../shared/models/account.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

// Who may call what, over real HTTP and from the contract alone: both ways, what is refused and what is not.

let station: StationForTests
let examId = ''
const tokens = {} as Record<Role, string>
const accountIds = {} as Record<Role, string>
const passwordOf = (name: string) => `Password-of-${name}`

async function account(username: string, more: object = {}): Promise<string> {
  const body = { username, displayName: username, role: 'doctor' as const, password: passwordOf(username), ...more }
  return (await station.api.accountCreate({ body })).id
}

beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  for (const role of roleSchema.options) {
    accountIds[role] = await account(role, { role })
    tokens[role] = await station.logIn(role, passwordOf(role))
  }
  examId = (await station.api.examRegister({ body: registration() })).id
}, 60_000)
afterAll(() => station.stop())

const all = Object.entries(routes) as [keyof Routes, AnyRoute][]
const isWriting = (route: AnyRoute) => route.method !== 'GET'
/** These end the session that calls them, or answer without end. */
const apart: readonly (keyof Routes)[] = ['sessionEnd', 'events', 'setup', 'sessionCreate']

/** Decided by whose thing it is, see their own test. */
const ownThings: readonly (keyof Routes)[] = ['signatureRead', 'signatureSave', 'signatureRemove']

/** A body that no route takes and ids that nobody has: whoever may call is refused for that, or reads. */
const ask = (name: keyof Routes, token: string, headers: Record<string, string> = {}) =>
  station.call(name, {
    token,
    headers,
    params: Object.fromEntries([...routes[name].path.matchAll(/:(\w+)/g)].map(([, key]) => [key!, 'none'])),
    ...(isWriting(routes[name]) && { body: [] }),
  })

describe('by its contract, each route', () => {
  test.each(roleSchema.options)(
    'answers %s as `access` says',
    async (role) => {
      const wrong: string[] = []
      for (const [name, route] of all) {
        if (apart.includes(name) || ownThings.includes(name)) continue
        const mayCall = typeof route.access === 'string' || role === 'administrator' || route.access.includes(role)
        const { status, json } = await ask(name, tokens[role])
        const isRefused = status === 401 || (status === 403 && json?.error?.code === 'ROLE-NEEDED')
        if (isRefused === mayCall || status >= 500) wrong.push(`${name}: ${status} ${json?.error?.code}`)
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )

  test('answers nobody with 401, but for what is for anyone', async () => {
    const wrong: string[] = []
    for (const [name, route] of all) {
      if (apart.includes(name) && route.access === 'anyone') continue
      const { status } = await ask(name, '')
      if ((status === 401) === (route.access === 'anyone')) wrong.push(`${name}: ${status}`)
    }
    expect(wrong).toEqual([])
  })

  test('that writes names roles, but for what people do with their own', () => {
    const own = all.filter(([, route]) => isWriting(route) && typeof route.access === 'string').map(([name]) => name)
    expect(own.sort()).toEqual([
      'filterSave',
      'passwordChange',
      'sessionCreate',
      'sessionEnd',
      'sessionUnlock',
      'setup',
      'signatureRemove',
      'signatureSave',
    ])
  })

  test('of signatures is for the person and the administrator', async () => {
    const id = accountIds.auditor
    const body = { picture: 'iVBORw0KGgo=' }
    for (const name of ['signatureRead', 'signatureSave', 'signatureRemove'] as const) {
      const given = { params: { id }, ...(name === 'signatureSave' && { body }) }
      expect((await station.call(name, { token: tokens.doctor, ...given })).status, name).toBe(403)
      expect((await station.call(name, { token: tokens.auditor, ...given })).status, name).not.toBe(403)
    }
  })

  test('sets the station up once only', async () => {
    const body = { username: 'eve', displayName: 'Eve', password: passwordOf('eve'), mode: 'real' }
    for (const token of ['', tokens.administrator]) {
      const answer = await station.call('setup', { token, body })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }
    expect((await station.api.accountList()).map(({ username }) => username)).not.toContain('eve')
  })
})

describe('whose password was chosen by somebody else', () => {
  test('can do nothing but find out who they are, change it, and leave', async () => {
    await account('newcomer', { role: 'administrator', mustChangePassword: true })
    const token = await station.logIn('newcomer', passwordOf('newcomer'))
    const open: string[] = []
    for (const [name, route] of all) {
      if (route.access === 'anyone' || name === 'sessionEnd') continue
      const { json } = await ask(name, token)
      if (json?.error?.code !== 'PASSWORD-CHANGE-NEEDED') open.push(name)
    }
    expect(open.sort()).toEqual(['passwordChange', 'sessionRead'])
    const health = await station.call('health', { token })
    expect(health.json, 'health tells such a person no more than a stranger').toEqual({ ok: true })
    const qido = await station.send('GET', '/dicom-web/studies', { headers: { authorization: `Bearer ${token}` } })
    expect(qido.status).toBe(403)
    const change = { current: passwordOf('newcomer'), next: passwordOf('newcomer') }
    expect(errorOf(await station.call('passwordChange', { token, body: change })).code).toBe('PASSWORD-SAME')
    const next = passwordOf('newcomer-2')
    await station.apiAs(token).passwordChange({ body: { ...change, next } })
    expect((await station.call('accountList', { token })).status).toBe(200)
  }, 30_000)
})

describe('an account that was tried with five wrong passwords', () => {
  test('lets nobody in with the right one, names the minutes, and leaves who is in alone', async () => {
    await account('tried')
    const token = await station.logIn('tried', passwordOf('tried'))
    const tryOnce = (password: string) => station.call('sessionCreate', { body: { username: 'tried', password } })
    for (let times = 0; times < 5; times++) expect((await tryOnce('wrong-password')).status).toBe(401)
    const answer = await tryOnce(passwordOf('tried'))
    expect([answer.status < 500, errorOf(answer).code]).toEqual([true, 'LOGIN-LOCKED'])
    expect(errorOf(answer).message + errorOf(answer).action).toMatch(/1[45]/)
    expect((await station.call('sessionRead', { token })).status).toBe(200)
    const unlock = await station.call('sessionUnlock', { token, body: { password: passwordOf('tried') } })
    expect(errorOf(unlock).code).toBe('LOGIN-LOCKED')
    expect(
      (await station.call('sessionCreate', { body: { username: 'TRIED', password: passwordOf('tried') } })).status,
    ).toBeGreaterThanOrEqual(400)
  }, 30_000)
})

describe('a session', () => {
  test('that was ended, or whose account was disabled or given another password, opens nothing', async () => {
    await account('leaver')
    const left = await station.logIn('leaver', passwordOf('leaver'))
    await station.apiAs(left).sessionEnd()
    expect((await station.call('examList', { token: left })).status).toBe(401)

    const id = await account('dismissed')
    const token = await station.logIn('dismissed', passwordOf('dismissed'))
    expect((await station.call('examList', { token })).status).toBe(200)
    await station.api.accountChange({ params: { id }, body: { password: passwordOf('other') } })
    expect((await station.call('examList', { token })).status, 'after another password').toBe(401)
    const again = await station.logIn('dismissed', passwordOf('other'))
    await station.api.accountChange({ params: { id }, body: { disabled: true } })
    expect((await station.call('examList', { token: again })).status, 'after it was disabled').toBe(401)
  }, 30_000)

  test('loses what its role may do as soon as the role is another', async () => {
    const id = await account('moved', { role: 'administrator' })
    const token = await station.logIn('moved', passwordOf('moved'))
    expect((await station.call('auditList', { token })).status).toBe(200)
    await station.api.accountChange({ params: { id }, body: { role: 'registrar' } })
    expect((await station.call('auditList', { token })).status).not.toBe(200)
  }, 30_000)

  test('is known by its header alone: not by an address, a cookie, a body or another scheme', async () => {
    const token = tokens.administrator
    const ways: readonly (readonly [string, Record<string, string>])[] = [
      [`/api/exams?token=${token}`, {}],
      [`/api/exams?access_token=${token}`, {}],
      [`/api/exams?authorization=Bearer%20${token}`, {}],
      ['/api/exams', { cookie: `token=${token}; session=${token}` }],
      ['/api/exams', { authorization: token }],
      ['/api/exams', { authorization: `Basic ${Buffer.from(`administrator:${token}`).toString('base64')}` }],
      ['/api/exams', { 'x-auth-token': token }],
      ['/api/exams', { authorization: `Bearer ${token}x` }],
      ['/api/exams', { authorization: `Bearer ${token.slice(0, -1)}` }],
      ['/api/exams', { authorization: `Bearer ${token},${token}` }],
      [`/api/events?token=${token}`, {}],
      [`/api/exams/${examId}/documents/card.pdf?token=${token}`, {}],
      [`/dicom-web/studies?token=${token}`, {}],
    ]
    for (const [path, headers] of ways)
      expect((await station.send('GET', path, { headers })).status, `${path} ${JSON.stringify(headers)}`).toBe(401)
  })

  test('with its token is of no use to a page from elsewhere', async () => {
    const { port } = new URL(station.url)
    const elsewhere: readonly Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1.evil.example:${port}` },
      { origin: `http://localhost.evil.example:${port}` },
      { origin: 'file://' },
      { host: 'evil.example' },
      { host: `127.0.0.1:${port}@evil.example` },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ]
    const paths = ['/api/exams', `/api/exams/${examId}`, `/api/exams/${examId}/documents/card.pdf`, '/api/events']
    for (const path of paths)
      for (const headers of elsewhere) {
        const answer = await station.send('GET', path, {
          headers: { authorization: `Bearer ${tokens.administrator}`, ...headers },
        })
        expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403)
        expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      }
  })

  test('does nothing by a form or a simple request that needs no leave', async () => {
    const before = (await station.api.examList()).total
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(
        (
          await station.send('POST', '/api/exams', {
            headers: { authorization: `Bearer ${tokens.administrator}`, 'content-type': type },
            body: JSON.stringify(registration('Eve')),
          })
        ).status,
        type,
      ).toBeGreaterThanOrEqual(400)
    expect((await station.api.examList()).total).toBe(before)
  })

  test('by another method than the contract’s reaches nothing', async () => {
    for (const headers of [{ 'x-http-method-override': 'DELETE' }, { 'x-method-override': 'PUT' }] as Record<
      string,
      string
    >[])
      expect(
        (
          await station.send('POST', `/api/devices/none`, {
            headers: { authorization: `Bearer ${tokens.administrator}`, ...headers },
            body: '{}',
          })
        ).status,
      ).toBe(405)
  })
})

test('after all this the station runs and its log names no error that nobody expected', async () => {
  expect((await station.api.health()).ok).toBe(true)
  expect(station.printed.err).not.toMatch(/nobody expected|uncaught|unhandled/)
})
