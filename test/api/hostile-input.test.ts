import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyRoute } from '../../shared/api/route.ts'
import { type Routes, routes } from '../../shared/api/routes.ts'
import { errorSchema } from '../../shared/api/views.ts'
import { cleanLine } from '../../shared/text/clean-text.ts'
import { type Answer, errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

let station: StationForTests
let examId: string
beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  examId = (await station.api.examRegister({ body: registration() })).id
}, 60_000)
afterAll(() => station.stop())

const all = Object.entries(routes) as [keyof Routes, AnyRoute][]
const writing = all.filter(([, route]) => ['POST', 'PUT', 'PATCH'].includes(route.method))
const pathOf = (name: keyof Routes) => routes[name].path.replace(/:(\w+)/g, examId)
const send = (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) =>
  station.send(method, path, {
    headers: { authorization: `Bearer ${station.token}`, ...headers },
    ...(body !== undefined && { body }),
  })

/** 4xx, in the shape and the language that people read. */
function expectRefusal(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
  const parsed = errorSchema.safeParse(answer.json)
  expect(parsed.success, `${what}: ${answer.text.slice(0, 200)}`).toBe(true)
  const { code, message, action } = errorOf(answer)
  expect(code, what).toMatch(/^[A-Z][A-Z0-9-]+$/)
  expect(message, what).toMatch(/\p{Script=Han}/u)
  expect(action, what).toMatch(/\p{Script=Han}/u)
  expect(message + action, `${what}: unfilled`).not.toMatch(/\{(?!n+\})\w+\}/)
}

describe('a body that is not what it should be', () => {
  const broken: readonly [string, string | Buffer][] = [
    ['half a JSON', '{"patient": {'],
    ['no JSON', 'patient=1'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00, 0x01])],
    ['a prototype', '{"__proto__": {"role": "administrator"}}'],
    ['a constructor', '{"constructor": {"prototype": {"role": "administrator"}}}'],
    ['an array', '[]'],
    ['a number', '1'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['deep nesting', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['more than it may be', JSON.stringify({ x: 'x'.repeat(3 * 1024 * 1024) })],
  ]
  test.each(broken)('%s: is answered on every route, never with 500', async (what, body) => {
    for (const [name, route] of writing) {
      // A login that goes on to be checked costs half a second: the shape of its body is checked before.
      const answer = await send(route.method, pathOf(name), body)
      if (answer.status !== 200) expectRefusal(answer, `${name} ${what}`)
      else
        expect(['sessionEnd', 'settingsChange', 'reportAmend', 'reportSubmit'], `${name} took ${what}`).not.toContain(
          '',
        )
    }
    expect(({} as Record<string, unknown>).role).toBeUndefined()
  })

  test('of another content type is refused by name', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'nonsense',
      'multipart/form-data',
    ])
      expectRefusal(await send('POST', '/api/exams', JSON.stringify(registration()), { 'content-type': type }), type)
  })

  test('is named by its code', async () => {
    expect(errorOf(await send('POST', '/api/exams', '{')).code).toBe('NOT-JSON')
    expect(errorOf(await send('POST', '/api/exams', '{"x":1}')).code).toBe('BAD-REQUEST')
    const large = await send('POST', '/api/exams', 'x'.repeat(3 * 1024 * 1024))
    expect([large.status, errorOf(large).code]).toEqual([413, 'TOO-LARGE'])
  })

  test('says for each field what is wrong, in Chinese', async () => {
    const body = {
      patient: { name: '', sex: 'X', birthDate: 'yesterday' },
      exam: { modality: 'DR', itemCode: 'a'.repeat(65) },
    }
    const { fields = {}, message } = errorOf(await send('POST', '/api/exams', JSON.stringify(body)))
    expect(Object.keys(fields).sort()).toEqual([
      'exam.itemCode',
      'exam.itemName',
      'patient.birthDate',
      'patient.name',
      'patient.sex',
    ])
    for (const [field, words] of Object.entries(fields)) expect(words, field).toMatch(/\p{Script=Han}/u)
    expect(message).not.toMatch(/expected|invalid|too small/i)
  })
})

describe('text that is too long or strange', () => {
  const long = '长'.repeat(10_000)
  test('10 000 characters in any field are refused, or kept where a report may be long', async () => {
    const cases: readonly [string, string, unknown][] = [
      ['POST', '/api/exams', registration(long)],
      ['POST', '/api/exams', registration('张伟', { phone: long })],
      ['POST', '/api/exams', { ...registration(), exam: { ...registration().exam, bodyPart: long } }],
      ['PATCH', `/api/exams/${examId}`, { exam: { clinicalDiagnosis: long } }],
      ['PATCH', `/api/exams/${examId}`, { patient: { name: long } }],
      ['POST', `/api/exams/${examId}/cancel`, { reason: long }],
      ['POST', '/api/accounts', { username: long, displayName: 'x', role: 'doctor', password: 'x'.repeat(8) }],
      ['POST', '/api/accounts', { username: 'x', displayName: 'x', role: 'doctor', password: long }],
      ['POST', '/api/institutions', { name: long }],
      ['POST', '/api/devices', { name: 'x', aeTitle: 'A'.repeat(17) }],
      ['PUT', '/api/settings', { numbering: { accessionPattern: `{n}${'A'.repeat(10_000)}` } }],
    ]
    for (const [method, path, body] of cases) expectRefusal(await send(method, path, JSON.stringify(body)), path)
    expect((await station.api.examList({ query: { text: long.slice(0, 1000) } })).total).toBe(0)
  })

  test('names of every kind come back as they were given, without what prints nothing', async () => {
    for (const name of [
      '𪚥龘',
      '买买提·吐尔逊',
      "O'Neil <b>",
      '😀',
      '张\u0000伟',
      'a'.repeat(64),
      '{detail}',
      '%s%n',
      '../../x',
    ]) {
      const answer = await send('POST', '/api/exams', JSON.stringify(registration(name)))
      if (answer.status !== 200) {
        expectRefusal(answer, name)
        continue
      }
      const { patient } = await station.api.examRead({ params: { id: answer.json.id } })
      expect(patient.name).toBe(cleanLine(name))
    }
  })

  test('a name in which nothing can be seen is refused at its field, wherever a name is given', async () => {
    const nothing = '\u0000\u200b\u3000\u202e\ufeff'
    const cases: readonly [string, string, unknown, string][] = [
      ['POST', '/api/exams', registration(nothing), 'patient.name'],
      [
        'POST',
        '/api/registrations',
        { patient: registration(nothing).patient, exams: [registration().exam] },
        'patient.name',
      ],
      ['PATCH', `/api/exams/${examId}`, { patient: { name: nothing } }, 'patient.name'],
      ['POST', `/api/exams/${examId}/cancel`, { reason: nothing }, 'reason'],
      ['POST', '/api/institutions', { name: nothing }, 'name'],
      ['POST', '/api/devices', { name: nothing, aeTitle: 'X' }, 'name'],
      [
        'POST',
        '/api/accounts',
        { username: nothing, displayName: 'x', role: 'doctor', password: 'x'.repeat(8) },
        'username',
      ],
    ]
    for (const [method, path, body, field] of cases) {
      const answer = await send(method, path, JSON.stringify(body))
      expectRefusal(answer, path)
      expect(errorOf(answer).fields, path).toEqual({ [field]: '不能为空' })
    }
  })

  test('nothing that can be asked for as a query ends in 500', async () => {
    const strange = [
      '',
      ' ',
      '0',
      '-1',
      '1e9',
      '99999999999999999999',
      'NaN',
      '2026-13-45',
      '%00',
      "'--",
      '\u{1F600}',
      '__proto__',
      'x'.repeat(5000),
    ]
    for (const [name, route] of all) {
      if (route.method !== 'GET' || name === 'events') continue
      for (const key of ['text', 'from', 'to', 'state', 'page', 'subjectKind', 'subjectId', 'preview'])
        for (const value of strange.slice(0, name === 'examList' ? undefined : 2)) {
          const answer = await send('GET', `${pathOf(name)}?${new URLSearchParams({ [key]: value })}`)
          expect(answer.status, `${name} ${key}=${value}`).toBeLessThan(500)
        }
    }
    for (const query of ['text=a&text=b', 'page=1&page=2', 'state[]=x', 'a=%E0%A4%A', '%%%'])
      expect((await send('GET', `/api/exams?${query}`)).status, query).toBeLessThan(500)
  }, 60_000)
})

describe('what is not there', () => {
  const ids = [
    'none',
    '00000000-0000-0000-0000-000000000000',
    '__proto__',
    'constructor',
    '..%2F..%2Fetc%2Fpasswd',
    "'%20or%201=1--",
    '%00',
    '1.2.3',
    '%F0%9F%98%80',
  ]
  test('is 404 on every route with an id, with words, and nothing happens', async () => {
    const before = (await station.api.auditList()).length
    for (const [name, route] of all) {
      if (!route.path.includes(':')) continue
      for (const id of ids) {
        const path = route.path.replace(/:(\w+)/g, id)
        const body = {
          displayName: 'x',
          name: 'x',
          aeTitle: 'X',
          reason: 'x',
          findings: '',
          examId: 'x',
          studyInstanceUid: '1.2',
        }
        const answer = await send(
          route.method,
          path,
          route.method === 'GET' || route.method === 'DELETE' ? undefined : JSON.stringify(body),
        )
        expect(answer.status, `${name} ${id}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
        expectRefusal(answer, `${name} ${id}`)
      }
    }
    expect((await station.api.auditList()).length).toBe(before)
  })

  test('the deliveries of an exam that is not there are not an empty list', async () => {
    expect((await send('GET', '/api/exams/none/deliveries')).status).toBe(404)
  })

  test('an address that nobody serves, and a method that nobody takes, are refused in words', async () => {
    for (const [method, path] of [
      ['GET', '/api/nowhere'],
      ['POST', '/nowhere'],
      ['DELETE', '/api/exams'],
      ['PUT', '/api/health'],
      ['GET', '/api/exams/'],
      ['GET', '/../../../etc/passwd'],
      ['GET', '/%2e%2e/%2e%2e/etc/passwd'],
      ['GET', `/${'a'.repeat(8000)}`],
    ] as const)
      expectRefusal(await send(method, path), `${method} ${path.slice(0, 50)}`)
  })

  test('an address that cannot be decoded is refused in words', async () => {
    for (const path of ['/api/exams/%E0%A4%A', '/%', '/api/exams/%zz/cancel'])
      expectRefusal(await send('GET', path), path)
  })
})

describe('bytes that are no HTTP', () => {
  const talk = async (text: string | Buffer) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(station.url).port) })
    await once(socket, 'connect')
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.end(text)
    await once(socket, 'close')
    return Buffer.concat(chunks).toString('latin1')
  }
  test('end that connection and nothing else', async () => {
    const pieces = [
      Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00]), // TLS
      Buffer.from([0x01, 0x00, 0x00, 0x00, 0x00, 0xcd, 0x00, 0x01]), // A-ASSOCIATE-RQ
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      `GET /api/exams HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(5000)}\r\n`,
      'POST /api/exams HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET /api/exams HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    ]
    for (const piece of pieces) expect(await talk(piece)).not.toMatch(/^HTTP\/1\.[01] (200|5)/)
    expect((await station.api.health()).ok).toBe(true)
  })

  test('without a Host, or with an empty one, get nothing', async () => {
    for (const head of [
      'GET /api/health HTTP/1.0\r\n',
      'GET /api/health HTTP/1.1\r\nHost:\r\n',
      'GET /api/health HTTP/1.1\r\n',
    ])
      expect(await talk(`${head}Connection: close\r\n\r\n`)).not.toMatch(/^HTTP\/1\.[01] 200/)
  })
})

test('no generated body makes the station fail', async () => {
  const targets = writing.filter(
    ([name]) => !['setup', 'sessionCreate', 'accountCreate', 'accountChange', 'destinationTest'].includes(name),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...targets), fc.json({ maxDepth: 3 }), async ([name, route], body) => {
      const answer = await send(route.method, pathOf(name), body)
      expect(answer.status, `${name} ${body}`).toBeLessThan(500)
    }),
    { numRuns: 200 },
  )
}, 60_000)

test('after all this the station runs, and its log holds no error that nobody expected', async () => {
  expect(station.child.exitCode).toBeNull()
  expect((await station.api.health()).ok).toBe(true)
  expect(station.printed.err).not.toMatch(/nobody expected|uncaught|unhandled/)
})
