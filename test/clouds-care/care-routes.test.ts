import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudCareRoutes } from '../../shared/api/cloud-care-routes.ts'
import type { AnyRoute } from '../../shared/api/route.ts'
import { everythingOf, registration } from '../api/fixtures.ts'
import { aimis, jilin } from '../db/rooms-for-tests.ts'
import { errorOf, type Headers, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

// Every route by which staff care for what was sent, asked by every role, with every wrong header and with nonsense. In real mode.
let station: StationForTests
let examId: string
let destinationId: string
let mappingId: string
let before: string
const tokens: Record<string, string> = {}
type Name = keyof typeof cloudCareRoutes
const all = Object.entries(cloudCareRoutes) as [Name, AnyRoute][]

const everything = async () =>
  JSON.stringify([
    await everythingOf(station),
    await station.api.itemMappingList(),
    await station.api.retractionList({ params: { id: examId } }),
    await station.api.trainingCloudsRead(),
  ])

beforeAll(async () => {
  station = await startStation()
  for (const role of ['registrar', 'technician', 'doctor', 'auditor'] as const) {
    const password = `Password-of-${role}`
    await station.api.accountCreate({ body: { username: role, displayName: role, role, password } })
    tokens[role] = await station.logIn(role, password)
  }
  examId = (await station.api.examRegister({ body: registration() })).id
  destinationId = (await station.api.destinationCreate({ body: { ...jilin(), enabled: false } })).id
  await station.api.destinationCreate({ body: { ...aimis(), enabled: false } })
  const [institution] = await station.api.institutionList()
  mappingId = (await station.api.itemMappingSave({ body: mapping(institution!.id) })).id
  before = await everything()
}, 60_000)
afterAll(() => station.stop())

const mapping = (institutionId: string) => ({
  institutionId,
  itemCode: 'DR001',
  itemName: '胸部正位',
  type: '3' as const,
  standardItems: [],
})
/** A body that would be taken, so that only headers and role can be the reason of a refusal. */
const bodyOf = (name: Name): unknown =>
  ({
    sendNow: { destinationId },
    correctionLetter: { destinationId, reason: 'Eve' },
    correctionLetterPrint: { destinationId, reason: 'Eve' },
    retractionPropose: { destinationId, reason: 'Eve' },
    itemMappingSave: { ...mapping('Eve'), itemName: 'Eve' },
    itemMappingImport: { csv: 'Eve' },
    destinationSm2: { name: '张伟', identityNumber: '110105199003070017' },
    trainingCloudsTurn: { on: true },
  })[name as string] ?? {}
const ask = (name: Name, token: string, headers: Headers = {}, body: unknown = bodyOf(name)) => {
  const { method, path } = cloudCareRoutes[name]
  const id = path.startsWith('/api/exams') ? examId : path.startsWith('/api/item') ? mappingId : destinationId
  return station.call(name, {
    token,
    headers,
    params: { id, retractionId: 'none' },
    ...(method !== 'GET' && method !== 'DELETE' && { body }),
  })
}

describe('who may do what', () => {
  const everyone = ['registrar', 'technician', 'doctor', 'auditor']
  /** From the brief of each route; the administrator may everything. */
  const table: Readonly<Record<Name, readonly string[]>> = {
    preflight: everyone,
    sendNow: ['registrar', 'doctor', 'auditor'],
    correctionLetter: ['doctor', 'auditor'],
    correctionLetterPrint: ['doctor', 'auditor'],
    retractionList: everyone,
    retractionPropose: ['doctor', 'auditor'],
    retractionConfirm: ['doctor', 'auditor'],
    retractionWithdraw: ['doctor', 'auditor'],
    itemMappingList: everyone,
    itemMappingSave: [],
    itemMappingRemove: [],
    itemMappingExport: everyone,
    itemMappingImport: [],
    destinationCertificate: [],
    destinationToken: everyone,
    destinationSm2: [],
    trainingCloudsRead: everyone,
    trainingCloudsTurn: [],
    trainingPatients: everyone,
    trainingImages: everyone,
  }

  test('names every route', () => {
    expect(Object.keys(table).sort()).toEqual(all.map(([name]) => name).sort())
  })

  test.each(Object.entries(table) as [Name, readonly string[]][])(
    '%s: %j and the administrator',
    async (name, roles) => {
      for (const [role, token] of Object.entries(tokens)) {
        const answer = await ask(name, token)
        const isRefused = answer.status === 403
        expect(isRefused, `${role}: ${answer.status} ${answer.text.slice(0, 100)}`).toBe(!roles.includes(role))
        if (isRefused) expect(errorOf(answer).code).toBe('ROLE-NEEDED')
        expect(answer.status, `${role}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
      }
      const stranger = await ask(name, '')
      expect([stranger.status, errorOf(stranger).code]).toEqual([401, 'LOGIN-NEEDED'])
    },
  )

  test('and nothing of all this changed anything', async () => {
    expect(await everything()).toBe(before)
  })
})

describe('a request that this computer’s own page did not make', () => {
  const port = () => new URL(station.url).port
  const hostile: readonly [string, () => Headers][] = [
    ['another Host (DNS rebinding)', () => ({ host: `evil.example:${port()}` })],
    ['another Origin', () => ({ origin: 'https://evil.example' })],
    ['the Origin null', () => ({ origin: 'null' })],
    ['Sec-Fetch-Site cross-site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a cross-site download', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })],
  ]
  test.each(hostile)(
    'with %s is refused on every route, with the administrator’s token too',
    async (_what, headers) => {
      for (const [name] of all) {
        const answer = await ask(name, station.token, headers())
        expect([name, answer.status, errorOf(answer).code]).toEqual([name, 403, 'HOST-REFUSED'])
      }
    },
  )
})

describe('nonsense from an administrator', () => {
  const bodies: readonly [string, unknown][] = [
    ['nothing', {}],
    ['a list', []],
    ['other types', { destinationId: 1, reason: {}, csv: [], on: 'yes', name: 1, identityNumber: 1, institutionId: 0 }],
    ['a prototype', JSON.parse('{"__proto__":{"on":true},"constructor":{"csv":"x"}}')],
    ['a reason of blanks', { destinationId: 'x', reason: '   ' }],
    ['long text', { destinationId: 'x'.repeat(9999), reason: 'x'.repeat(9999), csv: '"'.repeat(9999), on: 1 }],
  ]
  test.each(bodies)('%s: refused in Chinese, never an error of ours, and nothing is kept', async (_what, body) => {
    for (const [name, route] of all) {
      if (route.method === 'GET' || route.method === 'DELETE') continue
      if (name === 'destinationCertificate') continue // takes no body: it asks the destination's address
      const answer = await ask(name, station.token, {}, body)
      expect(answer.status, `${name}: ${answer.text.slice(0, 200)}`).toBeGreaterThanOrEqual(400)
      expect(answer.status, `${name}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
      expect(errorOf(answer).message, name).toMatch(/\p{Script=Han}/u)
      expect(errorOf(answer).action, name).toMatch(/\p{Script=Han}/u)
    }
    expect(await everything()).toBe(before)
  })

  test('of an exam or a destination that is not there is 404', async () => {
    const elsewhere: readonly [Name, unknown][] = [
      ['preflight', undefined],
      ['sendNow', { destinationId }],
      ['correctionLetter', { destinationId, reason: 'x' }],
      ['retractionList', undefined],
      ['retractionPropose', { destinationId, reason: 'x' }],
      ['retractionConfirm', {}],
      ['retractionWithdraw', {}],
      ['itemMappingRemove', undefined],
      ['destinationToken', undefined],
      ['destinationCertificate', {}],
    ]
    for (const [name, body] of elsewhere) {
      const params = { id: 'none', retractionId: 'none' }
      const answer = await station.call(name, { token: station.token, params, ...(body !== undefined && { body }) })
      expect([name, answer.status, answer.json?.error?.code]).toEqual([name, 404, 'NOT-FOUND'])
    }
  })
})

describe('the simulated clouds of training mode, asked for in real mode', () => {
  test('are not started, and no destination appears: their deliveries would be worth nothing', async () => {
    for (const on of [true, false]) {
      const answer = await ask('trainingCloudsTurn', station.token, {}, { on })
      expect([answer.status, errorOf(answer).code]).toEqual([409, 'NOT-TRAINING'])
    }
    expect(await station.api.trainingCloudsRead()).toEqual([])
    expect(await everything()).toBe(before)
  })

  test('nor by the setting that remembers them', async () => {
    await station.call('settingsChange', { token: station.token, body: { training: { clouds: true } } })
    expect(await station.api.trainingCloudsRead()).toEqual([])
    expect(await station.api.destinationList()).toHaveLength(2)
  })
})

test('the mappings are downloaded as a file that Excel opens in Chinese', async () => {
  const answer = await ask('itemMappingExport', tokens.registrar!)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(String(answer.headers['content-disposition'])).toMatch(/^attachment; filename=/)
  expect([...answer.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const csv = answer.bytes.toString('utf8')
  const imported = await ask('itemMappingImport', station.token, {}, { csv })
  expect([imported.status, imported.json]).toEqual([200, { saved: 1 }])
})
