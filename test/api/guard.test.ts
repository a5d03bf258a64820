import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyRoute } from '../../shared/api/route.ts'
import { type Routes, routes } from '../../shared/api/routes.ts'
import { errorOf, type Headers, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { everythingOf, registration } from './fixtures.ts'

// Every route over real HTTP. One station: logging in is slow by design.
let station: StationForTests
let before: string
let examId: string
const tokens: Record<string, string> = {}

beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  for (const role of ['registrar', 'technician', 'doctor', 'auditor'] as const) {
    const password = `Password-of-${role}`
    await station.api.accountCreate({ body: { username: role, displayName: role, role, password } })
    tokens[role] = await station.logIn(role, password)
  }
  examId = (await station.api.examRegister({ body: registration() })).id
  before = await everythingOf(station)
}, 60_000)
afterAll(() => station.stop())

const all = Object.entries(routes) as [keyof Routes, AnyRoute][]
/** A body that would be taken, so that only the headers can be the reason of a refusal. */
const bodies: Partial<Record<keyof Routes, unknown>> = {
  setup: { username: 'eve', displayName: 'Eve', password: 'Password-of-eve', mode: 'real' },
  sessionCreate: { username: 'admin', password: 'not the password' },
  accountCreate: { username: 'eve', displayName: 'Eve', role: 'administrator', password: 'Password-of-eve' },
  settingsChange: { reporting: { singleDoctor: true } },
  institutionCreate: { name: 'Eve' },
  deviceCreate: { name: 'Eve', aeTitle: 'EVE' },
  examRegister: registration('Eve'),
  examCancel: { reason: 'Eve' },
  examChange: { exam: { bed: 'Eve' } },
  reportSave: { findings: 'Eve' },
}
const ask = (name: keyof Routes, token: string | undefined, headers: Headers = {}) =>
  station.call(name, {
    ...(token !== undefined && { token }),
    headers,
    params: { id: examId },
    ...(routes[name].method !== 'GET' && { body: bodies[name] ?? {} }),
  })

const port = () => new URL(station.url).port
const hostile: readonly [string, () => Headers][] = [
  ['another Host (DNS rebinding)', () => ({ host: `evil.example:${port()}` })],
  ['the right name on another port', () => ({ host: '127.0.0.1:1' })],
  ['a Host that only begins like ours', () => ({ host: `127.0.0.1:${port()}.evil.example` })],
  ['another Origin', () => ({ origin: 'https://evil.example' })],
  ['the Origin null', () => ({ origin: 'null' })],
  ['our address over https', () => ({ origin: `https://127.0.0.1:${port()}` })],
  ['an Origin on another port', () => ({ origin: 'http://127.0.0.1:1' })],
  ['Sec-Fetch-Site cross-site', () => ({ 'sec-fetch-site': 'cross-site' })],
  ['Sec-Fetch-Site same-site', () => ({ 'sec-fetch-site': 'same-site' })],
  ['cross-site navigation to the API', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })],
]

describe('a request that this computer’s own page did not make', () => {
  test.each(hostile)(
    'with %s is refused on every route, with the administrator’s token too',
    async (_what, headers) => {
      for (const [name] of all) {
        const answer = await ask(name, station.token, headers())
        expect(answer.status, name).toBe(403)
        expect(errorOf(answer).code, name).toBe('HOST-REFUSED')
        expect(answer.headers['access-control-allow-origin'], name).toBeUndefined()
      }
    },
  )

  test.each(hostile)('with %s gets no page and no description either', async (_what, headers) => {
    for (const path of ['/', '/index.html', '/api/openapi.json', '/nowhere']) {
      const isNavigation = headers()['sec-fetch-mode'] === 'navigate'
      const answer = await station.send('GET', path, { headers: headers() })
      // Following a link to the page itself is what a person may do.
      if (!(isNavigation && !path.startsWith('/api/'))) expect(answer.status, path).toBe(403)
    }
  })

  test('a preflight is answered without any leave', async () => {
    const answer = await station.send('OPTIONS', '/api/exams', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('a request without leave', () => {
  const wrong: readonly [string, Headers][] = [
    ['no token', { authorization: '' }],
    ['a made-up token', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['a token as Basic', { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    ['a token of 5000 characters', { authorization: `Bearer ${'A'.repeat(5000)}` }],
  ]
  test.each(wrong)('with %s is refused on every route that needs somebody', async (_what, headers) => {
    for (const [name, route] of all) {
      if (route.access === 'anyone') continue
      const answer = await ask(name, '', headers)
      expect(answer.status, name).toBe(401)
      expect(errorOf(answer), name).toMatchObject({ code: 'LOGIN-NEEDED' })
    }
  })

  test('of another role is refused on every route, and says who may', async () => {
    let refused = 0
    for (const [name, route] of all)
      for (const [role, token] of Object.entries(tokens)) {
        if (!Array.isArray(route.access) || route.access.includes(role)) continue
        const answer = await ask(name, token)
        expect(answer.status, `${role} ${name}`).toBe(403)
        expect(errorOf(answer).code).toBe('ROLE-NEEDED')
        expect(errorOf(answer).action).toContain('管理员')
        refused++
      }
    expect(refused).toBeGreaterThan(60)
  })

  test('nothing of all this had any effect, but for the failed logins in the audit log', async () => {
    const strip = (text: string) => text.replace(/\{[^{}]*"action":"log-in-failed"[^{}]*\{[^{}]*\}[^{}]*\},?/g, '')
    expect(strip(await everythingOf(station))).toBe(strip(before))
  })
})

describe('who may do what', () => {
  /** From the issue: the desk registers, doctors write, auditors audit, administrators set up. */
  const table: readonly [keyof Routes, readonly string[]][] = [
    ['accountCreate', []],
    ['accountChange', []],
    ['auditList', []],
    ['settingsChange', []],
    ['institutionCreate', []],
    ['deviceCreate', []],
    ['destinationCreate', []],
    ['destinationChange', []],
    ['destinationRemove', []],
    ['destinationTest', []],
    ['deliveryCancel', []],
    ['examRegister', ['registrar', 'technician', 'doctor', 'auditor']],
    ['reportSave', ['doctor', 'auditor']],
    ['reportSubmit', ['doctor', 'auditor']],
    ['reportApprove', ['doctor', 'auditor']],
    ['reportRelease', ['doctor', 'auditor']],
    ['trayAttach', ['registrar', 'technician', 'doctor']],
  ]
  test.each(table)('%s: %j and the administrator', async (name, roles) => {
    for (const [role, token] of Object.entries(tokens)) {
      // With nothing in it: what is allowed is refused for its content, what is not for the role.
      const answer = await station.call(name, {
        token,
        params: { id: 'none' },
        body: routes[name].method === 'GET' ? undefined : { x: 1 },
      })
      expect(answer.status === 403, `${role}: ${answer.status}`).toBe(!roles.includes(role))
    }
  })
})

describe('every answer', () => {
  const paths = ['/', '/api/health', '/api/exams', '/api/nowhere', '/nowhere', '/api/openapi.json']
  test.each(paths)('of %s carries the headers that keep a page to itself', async (path) => {
    const answer = await station.send('GET', path)
    const policy = String(answer.headers['content-security-policy'])
    const directives = new Map(policy.split(';').map((one) => [one.trim().split(' ')[0], one.trim()]))
    expect(directives.get('default-src')).toBe("default-src 'none'")
    expect(directives.get('script-src')).toBe("script-src 'self'")
    expect(directives.get('connect-src')).toBe("connect-src 'self'")
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'")
    expect(directives.get('base-uri')).toBe("base-uri 'none'")
    expect(directives.get('script-src')).not.toMatch(/unsafe|http|\*/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['x-powered-by']).toBeUndefined()
  })

  test('with a person’s data is kept by no cache', async () => {
    for (const path of ['/api/exams', `/api/exams/${examId}`, '/api/accounts', '/api/session']) {
      const answer = await station.send('GET', path, { headers: { authorization: `Bearer ${station.token}` } })
      expect([path, answer.status, answer.headers['cache-control']]).toEqual([path, 200, 'no-store'])
    }
  })

  test('our own page and the bare command line are answered', async () => {
    const own = { origin: `http://127.0.0.1:${port()}`, 'sec-fetch-site': 'same-origin' }
    expect((await ask('examList', station.token, own)).status).toBe(200)
    expect((await ask('examList', station.token, { host: `localhost:${port()}` })).status).toBe(200)
    expect((await ask('examList', station.token)).status).toBe(200)
  })
})

test('health says only that it is well to a stranger, and everything to who is logged in', async () => {
  expect((await station.call('health', { token: '' })).json).toEqual({ ok: true })
  const health = await station.api.health()
  expect(health).toMatchObject({ ok: true, mode: 'training', receiver: { listening: true, aeTitle: 'YINGZHAN' } })
  expect(health.queue).toEqual({ waiting: 0, sending: 0, blocked: 0 })
})

test('the station listens on 127.0.0.1 alone', async () => {
  const { networkInterfaces } = await import('node:os')
  const { connect } = await import('node:net')
  const others = Object.values(networkInterfaces()).flatMap((list) => list?.filter((one) => !one.internal) ?? [])
  for (const { address, family } of [...others, { address: '::1', family: 'IPv6' }]) {
    if (address.startsWith('fe80')) continue
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: address, port: Number(port()), family: family === 'IPv6' ? 6 : 4 })
      socket.once('connect', () => {
        socket.destroy()
        resolve(false)
      })
      socket.once('error', () => resolve(true))
    })
    expect(refused, address).toBe(true)
  }
})

test('the description names every route', async () => {
  const { json } = await station.send('GET', '/api/openapi.json')
  for (const [name, route] of all)
    expect(json.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()], name).toBeDefined()
})
