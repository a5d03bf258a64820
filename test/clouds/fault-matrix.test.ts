import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../electron/training/fault-script.ts'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { newStudy } from '../../electron/training/simulated-aimis-ledger.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { aimisCountsOf, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import type { JilinCall } from '../../shared/clouds/jilin/answers.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import {
  aimisAccount,
  aimisRuns,
  jilinAccount,
  jilinClient,
  jilinRuns,
  personal,
  sm2Keys,
  tokensInMemory,
} from './every-call.ts'
import { exampleDossier } from './example-dossier.ts'

type Expected = {
  readonly kind: CloudOutcome['kind']
  /** Of a retry: may the cloud have it already? 'either' where it depends on the moment of the break. */
  readonly maybe?: boolean | 'either'
}

/** What goes wrong, and what must come of it for every call. `change`: a state of the cloud instead of a fault of one answer. */
type Row = {
  readonly name: string
  readonly fault?: Fault
  readonly aimis: Expected
  readonly jilin: Expected
  readonly except?: Readonly<Record<string, Expected>>
  readonly changeAimis?: (aimis: SimulatedAimis) => void
  readonly changeJilin?: (jilin: SimulatedJilin) => void
  /** Where the call goes instead. */
  readonly address?: 'tls-to-plain' | 'nobody' | 'silent'
}

const done: Expected = { kind: 'done' }
const safeRetry: Expected = { kind: 'retry', maybe: false }
const maybeRetry: Expected = { kind: 'retry', maybe: true }
const unknown: Expected = { kind: 'unknown' }
const settings: Expected = { kind: 'fix-settings' }
const wait: Expected = { kind: 'wait-until' }
const both = (name: string, fault: Fault, expected: Expected, except?: Row['except']): Row => ({
  name,
  fault,
  aimis: expected,
  jilin: expected,
  ...(except ? { except } : {}),
})
const status = (code: number, expected: Expected) =>
  both(`HTTP ${code}`, { kind: 'http-status', status: code }, expected)

let trap = { url: '', visits: 0, stop: () => {} }
let plain = { port: 0, requests: 0, stop: () => {} }
const redirect = (code: 301 | 302 | 303 | 307 | 308): Row =>
  both(`redirect ${code}`, { kind: 'redirect', location: 'http://trap.invalid/', status: code }, safeRetry)

const rows: readonly Row[] = [
  both('a login page, HTTP 200', { kind: 'html' }, safeRetry),
  both('a proxy’s page, HTTP 502', { kind: 'html', status: 502 }, maybeRetry),
  status(500, maybeRetry),
  status(503, safeRetry),
  status(504, maybeRetry),
  status(408, safeRetry),
  status(429, safeRetry),
  both('HTTP 429 with Retry-After', { kind: 'http-status', status: 429, retryAfterSeconds: 30 }, wait),
  status(413, unknown),
  status(204, unknown),
  status(202, unknown),
  status(404, unknown),
  status(401, settings),
  // The provincial cloud’s way of refusing a token: renewed once, then done; of getToken itself: a wrong secret.
  { ...status(403, settings), jilin: done, except: { getToken: settings } },
  ...([301, 302, 303, 307, 308] as const).map(redirect),
  both('half an answer', { kind: 'cut-json' }, maybeRetry),
  both('an empty answer', { kind: 'empty-body' }, maybeRetry),
  both('an answer with a byte order mark', { kind: 'odd-answer', how: 'bom' }, done),
  both('an answer in GBK', { kind: 'odd-answer', how: 'gbk' }, done),
  both('an answer that contradicts itself', { kind: 'odd-answer', how: 'duplicate-keys' }, maybeRetry),
  both('an answer that calls itself a page', { kind: 'odd-answer', how: 'content-type' }, done),
  both('a reset before the body', { kind: 'reset-before-body' }, { kind: 'retry', maybe: 'either' }),
  both('a reset after the body', { kind: 'reset-after-processing' }, maybeRetry),
  both('an answer that comes too late', { kind: 'slow', ms: 400 }, maybeRetry),
  both('an answer that stops half way', { kind: 'slow-body', ms: 400 }, maybeRetry),
  both('a code that is in no table', { kind: 'answer-code', code: 424_242, message: '王秀英的检查有误' }, unknown),
  { name: 'TLS to a server that has none', address: 'tls-to-plain', aimis: safeRetry, jilin: safeRetry },
  { name: 'nobody at the door', address: 'nobody', aimis: safeRetry, jilin: safeRetry },
  { name: 'somebody who says nothing', address: 'silent', aimis: maybeRetry, jilin: maybeRetry },
  {
    name: 'a server’s clock an hour ahead',
    aimis: done,
    jilin: done,
    changeAimis: (cloud) => cloud.setClock({ offsetMs: 3_600_000 }),
    changeJilin: (cloud) => cloud.setClock({ offsetMs: 3_600_000 }),
  },
  {
    name: 'a Date header a year behind',
    aimis: done,
    jilin: done,
    changeAimis: (cloud) => cloud.setClock({ dateOffsetMs: -365 * 86_400_000 }),
    changeJilin: (cloud) => cloud.setClock({ dateOffsetMs: -365 * 86_400_000 }),
  },
  {
    name: 'a token revoked',
    aimis: settings,
    jilin: done,
    changeAimis: (cloud) => refuseAll(cloud, 90_001, '无效 token'),
    changeJilin: (cloud) => cloud.revokeTokens(),
  },
  {
    name: 'the quota used up',
    aimis: wait,
    jilin: wait,
    changeAimis: (cloud) => refuseAll(cloud, 90_003, '超出最大获取次数'),
    changeJilin: (cloud) => {
      cloud.revokeTokens()
      cloud.useUpQuota()
    },
  },
  {
    name: 'the account locked',
    aimis: settings,
    jilin: wait,
    changeAimis: (cloud) => refuseAll(cloud, 20_010, '用户被禁用'),
    changeJilin: (cloud) => {
      cloud.revokeTokens()
      cloud.lockOut()
    },
  },
]

const refuseAll = (cloud: SimulatedAimis, code: number, message: string) =>
  cloud.faults.add({ call: '*', times: 99, fault: { kind: 'answer-code', code, message } })

beforeAll(async () => {
  const server = createServer((_, response) => {
    trap.visits += 1
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  trap = { url: `http://127.0.0.1:${port}/`, visits: 0, stop: () => server.close() }
  const silent = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => {
      plain.requests += 1
    })
  })
  silent.listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  plain = { port: (silent.address() as AddressInfo).port, requests: 0, stop: () => silent.close() }
})
afterAll(() => {
  expect(trap.visits).toBe(0)
  trap.stop()
  plain.stop()
})

const waiting = (ms: number) =>
  createHttpTransport({
    clock: Date.now,
    timeouts: { connectMs: 5000, headersMs: ms, noProgressMs: 5000, answerMs: ms },
  })

/** Patient, so that a busy computer is no fault; short only where the row is about waiting. */
const transportFor = (row: Row) => {
  const isAboutWaiting = row.address === 'silent' || row.fault?.kind === 'slow' || row.fault?.kind === 'slow-body'
  return waiting(isAboutWaiting ? 150 : 10_000)
}

/** The real address, or the one that the row wants. */
function addressOf(row: Row, url: string): string {
  switch (row.address) {
    case 'tls-to-plain':
      return url.replace('http:', 'https:')
    case 'nobody':
      return 'http://127.0.0.1:9'
    case 'silent':
      return `http://127.0.0.1:${plain.port}`
    default:
      return url
  }
}

/** The fault with the trap's real address in it. */
const faultOf = ({ fault }: Row): Fault | undefined =>
  fault?.kind === 'redirect' ? { ...fault, location: trap.url } : fault

function expectOutcome(outcome: CloudOutcome, expected: Expected, what: string): void {
  expect([what, outcome.kind]).toEqual([what, expected.kind])
  if (outcome.kind === 'done') return
  if (outcome.kind === 'retry' && expected.maybe !== 'either') {
    expect([what, outcome.maybeReceived ?? false]).toEqual([what, expected.maybe ?? false])
  }
  const words = JSON.stringify(outcome)
  for (const secret of personal) expect([what, words.includes(secret)]).toEqual([what, false])
  for (const part of [outcome.reason.message, outcome.reason.action]) expect(part).toMatch(/\p{Script=Han}{4}/u)
  expect(trap.visits).toBe(0)
}

describe('every fault of every call', () => {
  it('are at least 480 cases', () => {
    const calls = Object.keys(aimisRuns).length + Object.keys(jilinRuns).length
    expect(calls).toBe(19)
    expect(rows.length * calls).toBeGreaterThanOrEqual(480)
  })

  it.each(rows)('AIMIS: $name', async (row) => {
    const counts = aimisCountsOf(exampleDossier, false)
    const body = mapStudyAdd(exampleDossier, 'final', counts)
    const receivedInstances = exampleDossier.instances.map((one) => ({
      ...one,
      sha256: '',
      accessionNumber: 'DX2603050001',
      patientId: 'P26000001',
      callingAeTitle: 'YINGZHAN',
      received: 1,
    }))
    for (const [name, run] of Object.entries(aimisRuns)) {
      const aimis = await startSimulatedAimis({ ...aimisAccount, receivedInstances: () => receivedInstances })
      aimis.ledger.studies.DX2603050001 = { ...newStudy(body), reports: { R: { body: {}, received: 1 } } }
      row.changeAimis?.(aimis)
      const fault = faultOf(row)
      if (fault) aimis.faults.add({ call: name, times: 1, fault })
      const outcome = await run({ url: addressOf(row, aimis.url), transport: transportFor(row), clock: Date.now })
      await aimis.stop()
      expectOutcome(outcome, row.aimis, `${row.name}, ${name}`)
    }
  })

  it.each(rows)('the provincial cloud: $name', async (row) => {
    const index = mapPatientExam(exampleDossier)
    for (const name of Object.keys(jilinRuns) as JilinCall[]) {
      const jilin = await startSimulatedJilin({ ...jilinAccount, keyPair: sm2Keys })
      jilin.ledger.exams['SAF2313/DX2603050001'] = { examId: '1', body: index, received: 1, pdf: undefined, images: {} }
      const tokens = tokensInMemory()
      const site = { url: addressOf(row, jilin.url), clock: Date.now }
      const patient = jilinClient({ ...site, transport: waiting(10_000) }, tokens)
      const isSilent = row.address !== undefined
      // All calls but getToken begin with a good token, so that the fault meets the call itself.
      if (name !== 'getToken' && !isSilent) expect((await patient.getToken()).kind).toBe('done')
      row.changeJilin?.(jilin)
      const fault = faultOf(row)
      if (fault) jilin.faults.add({ call: name, times: 1, fault })
      const outcome = await jilinRuns[name](jilinClient({ ...site, transport: transportFor(row) }, tokens))
      await jilin.stop()
      expectOutcome(
        outcome,
        row.except?.[name] ?? (isSilent ? withoutToken(name, row) : row.jilin),
        `${row.name}, ${name}`,
      )
    }
  })
})

/** Where not even a token could be had, the call itself was never sent. */
const withoutToken = (name: JilinCall, row: Row): Expected =>
  name === 'getToken' ? row.jilin : { ...row.jilin, maybe: false }
