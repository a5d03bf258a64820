import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { type CareBench, minute, openCareBench } from '../clouds-care/care-bench.ts'

// A cloud gave addresses for the films, and later does not know them any more.
let bench: CareBench
let after: Server | undefined
beforeEach(async () => {
  bench = await openCareBench({ jilin: 1 })
}, 60_000)
afterEach(async () => {
  after?.closeAllConnections()
  after?.close()
  await bench.close()
})

type Kind = 'card' | 'report'
const prepare = (kind: Kind, examIds: string[], paper?: 'a4-8up') =>
  bench.doctor.call(routes.printPrepare, { body: { kind, examIds, ...(paper ? { paper } : {}) } })
const done = (kind: Kind, ticket: string) =>
  bench.doctor.call(routes.printDone, { body: { kind, ticket, how: 'silent', printer: 'L' } })
const reprints = async () =>
  (await bench.doctor.call(routes.reprintList)).map(({ examId, state }) => `${examId} ${state}`).sort()

test('the QR of an address that is gone is not printed, waits in the list, and is printed again once it answers', async () => {
  const examIds: string[] = []
  for (const name of ['张一', '张二']) {
    const exam = await bench.register({ name })
    await bench.image(exam)
    await bench.release(exam.id)
    await bench.delivered(exam.id)
    examIds.push(exam.id)
  }
  const [first = ''] = examIds
  expect(await prepare('card', examIds, 'a4-8up')).toMatchObject({ withoutQr: 0, notices: [] })
  const whole = await prepare('report', [first])
  expect(whole.notices).toEqual([])

  const film = new URL((await bench.admin.call(routes.examRead, { params: { id: first } })).filmUrl ?? '')
  await bench.jilin[0]?.stop()
  let status = 404
  after = createServer((_request, response) => response.writeHead(status).end())
  await once(after.listen(Number(film.port), film.hostname), 'listening')
  await bench.advance(11 * minute)

  const cards = await prepare('card', examIds, 'a4-8up')
  const dead = { kind: 'unusable-qr', reason: 'dead' }
  expect(cards).toMatchObject({ withoutQr: 2, notices: [dead, dead] })
  await done('card', cards.ticket)
  expect(await reprints()).toEqual(examIds.map((id) => `${id} dead`).sort())
  const [newest] = await bench.doctor.call(routes.printHistory, { params: { id: first } })
  expect(newest).toMatchObject({ kind: 'card', withQr: false })
  const report = await prepare('report', [first])
  expect(report.notices).toEqual([dead])
  expect(report.pdf).not.toBe(whole.pdf)
  const told = bench
    .logged()
    .split('\n')
    .filter((line) => line.includes('the address of a QR'))
  expect(told).toHaveLength(2)
  for (const line of told) {
    expect(line).toContain(film.host)
    expect(line).not.toMatch(/Info|film\//)
  }

  status = 200
  await bench.advance(3 * minute)
  await expect.poll(reprints, { timeout: 20_000 }).toEqual(examIds.map((id) => `${id} ready`).sort())
  expect((await prepare('report', [first])).pdf, 'the same paper as before').toBe(whole.pdf)
  const again = await prepare('card', examIds, 'a4-8up')
  expect(again).toMatchObject({ withoutQr: 0, notices: [] })
  await done('card', again.ticket)
  expect(await reprints()).toEqual([])
}, 90_000)

test('without a way to the cloud the QR is printed: what cannot be tried from here is not dead', async () => {
  const exam = await bench.register({ name: '张三' })
  await bench.image(exam)
  await bench.release(exam.id)
  await bench.delivered(exam.id)
  await bench.jilin[0]?.stop()
  expect(await prepare('card', [exam.id])).toMatchObject({ withoutQr: 0, notices: [] })
}, 60_000)
