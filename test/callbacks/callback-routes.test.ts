import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { registration } from '../api/fixtures.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { account, callbackBody, post, signed } from './callback-bench.ts'

// The callback at the station's own address: the real program, a simulated cloud that calls it.
let station: StationForTests
let cloud: SimulatedAimis
let examId: string
let accession: string
let id: string

beforeAll(async () => {
  cloud = await startSimulatedAimis(account)
  station = await startStation({ args: ['--training'] })
  const dicom = { aeTitle: 'AIMIS', host: '127.0.0.1', port: 9 }
  const settings = { ...account, gatewayUrl: cloud.url, serviceUrl: cloud.url, dicom }
  id = (await station.api.destinationCreate({ body: { kind: 'aimis', name: '腾讯影像云', settings } })).id
  const identity = { kind: 'resident', number: '11010519491231002X' }
  const patient = { sex: 'F', birthDate: '1949-12-31', phone: '13800138000', identity }
  const exam = await station.api.examRegister({ body: registration('王秀英', patient) })
  examId = exam.id
  accession = exam.accessionNumber
}, 60_000)
afterAll(async () => {
  await station.stop()
  await cloud.stop()
})

const send = (body: unknown, headers: Readonly<Record<string, string>>, to = id) =>
  station.send('POST', `/callbacks/aimis/${to}`, {
    headers: { host: new URL(station.url).host, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('off by default: the address is not there', async () => {
  for (const body of [callbackBody(accession), 'no json']) {
    const answer = await send(body, signed(Date.now()))
    expect([answer.status, errorOf(answer).code]).toEqual([404, 'NOT-FOUND'])
  }
})

test('the cloud tells, and the exam’s page shows it', async () => {
  await station.api.destinationChange({ params: { id }, body: { settings: { callback: { enabled: true } } } })
  for (let tries = 0; tries < 100 && !cloud.ledger.studies[accession]; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50))
  // The images are there by now.
  const study = cloud.ledger.studies[accession]!
  study.body = { ...study.body, studyDate: '2026-11-21 09:31:00' }
  const url = `${station.url}callbacks/aimis/${id}`
  const sent = await cloud.sendCallback({ url, status: 3, studyId: accession, hospitalId: 'H1' })
  expect(sent).toMatchObject({ httpStatus: 200, answer: { code: 0 } })
  const page = await station.api.examRead({ params: { id: examId } })
  expect(page.cloudStatus).toMatchObject([
    {
      destinationId: id,
      status: 3,
      reportUrl: expect.stringMatching(/^https:/),
      imageUrl: expect.stringMatching(/^https:/),
    },
  ])
  const again = await cloud.sendCallback({ url, status: 1, studyId: accession, headers: sent!.headers })
  expect(again).toMatchObject({ httpStatus: 200, answer: { code: 90002 } })
})

test('any Origin may call it, another Host never', async () => {
  const body = callbackBody(accession)
  const origin = { origin: 'https://cloud.invalid', 'sec-fetch-site': 'cross-site' }
  expect((await send(body, { ...signed(Date.now()), ...origin })).json).toMatchObject({ code: 0 })
  for (const host of ['evil.example', `evil.example:${new URL(station.url).port}`, '127.0.0.1']) {
    const answer = await send(body, { ...signed(Date.now() + 5), host })
    expect([answer.status, errorOf(answer).code]).toEqual([403, 'HOST-REFUSED'])
  }
  // The exemption is for this one path.
  const health = await station.send('POST', '/api/session', {
    headers: { host: new URL(station.url).host, ...origin },
    body: '{}',
  })
  expect(errorOf(health).code).toBe('HOST-REFUSED')
})

test('a body that is too large or no JSON is refused in the cloud’s own form', async () => {
  expect((await send('x'.repeat(70_000), signed(Date.now()))).json).toMatchObject({ code: 20030 })
  expect((await send('{', signed(Date.now()))).json).toMatchObject({ code: 20030 })
  expect((await send(callbackBody('NO-SUCH'), signed(Date.now() + 11))).json).toMatchObject({ code: 30002 })
  expect(station.printed.err + station.printed.out).not.toContain('11010519491231002X')
})

test('the small door of its own opens at once, and a port that is taken is an alarm on the health page', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const change = (more: object) =>
    station.api.destinationChange({ params: { id }, body: { settings: { callback: { port, ...more } } } })
  await change({})
  const alarms = async () => (await station.api.health()).alarms?.join() ?? ''
  await until(async () => (await alarms()).includes(`127.0.0.1:${port}`))
  await new Promise((resolve) => taken.close(resolve))
  await change({ host: '127.0.0.1' })
  await until(async () => !(await alarms()).includes(`127.0.0.1:${port}`))
  const sent = await post(
    `http://127.0.0.1:${port}/callbacks/aimis/${id}`,
    callbackBody(accession),
    signed(Date.now() + 23),
  )
  expect(sent).toMatchObject({ status: 200, json: { code: 0 } })
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(404)
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error('it did not come to pass')
}
