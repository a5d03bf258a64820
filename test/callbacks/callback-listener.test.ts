import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCallbackListener } from '../../electron/station/api/callback-listener.ts'
import { createLog } from '../../electron/station/log.ts'
import { createCloudStatuses } from '../../electron/station/uploads/cloud-status.ts'
import { aimis, expectOk, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { account, callbackBody, knock, post, signed } from './callback-bench.ts'

let rooms: Rooms
let listener: ReturnType<typeof createCallbackListener>
let accession: string

beforeEach(async () => {
  rooms = await openRooms()
  const log = createLog({ write: () => {} })
  const { db, clock, events } = rooms
  const destinations = rooms.destinations.all
  const cloudStatuses = createCloudStatuses({ db, clock, log, audit: rooms.audit.record, events, destinations })
  listener = createCallbackListener({ cloudStatuses, destinations, events, log })
  accession = expectOk(rooms.register()).accessionNumber
  await listener.start()
})
afterEach(async () => {
  await listener.stop()
  rooms.close()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
async function listening() {
  const port = await freePort()
  const { id } = rooms.addDestination(aimis({ ...account, callback: { enabled: true, port } }))
  await listener.settled()
  return { port, id, url: `http://127.0.0.1:${port}/callbacks/aimis/${id}` }
}

test('a port of its own opens with the settings and closes with them', async () => {
  expect(listener.addresses()).toEqual([])
  const { port, id, url } = await listening()
  expect(await post(url, callbackBody(accession), signed(rooms.clock()))).toMatchObject({
    status: 200,
    json: { code: 0, message: '成功' },
  })
  expect(listener.addresses()).toMatchObject([{ address: '127.0.0.1', port }])
  const moved = await freePort()
  expectOk(rooms.destinations.change(id, { settings: { callback: { port: moved } } }, 'admin'))
  await listener.settled()
  await expect(post(url, {}, {})).rejects.toThrow()
  expect((await post(url.replace(String(port), String(moved)), {}, {})).json).toMatchObject({ code: 90002 })
  expectOk(rooms.destinations.change(id, { settings: { callback: { enabled: false } } }, 'admin'))
  await listener.settled()
  expect(listener.addresses()).toEqual([])
})

test('it answers its one path and nothing else', async () => {
  const { port, url } = await listening()
  rooms.addDestination(pacs())
  const at = `http://127.0.0.1:${port}`
  for (const path of [
    '/',
    '/api/health',
    '/callbacks/aimis/',
    '/callbacks/aimis/other',
    '/callbacks/aimis/../x',
    '/index.html',
  ])
    expect(await post(`${at}${path}`, callbackBody(accession), signed(rooms.clock()))).toMatchObject({
      status: 404,
      text: '',
    })
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await fetch(url, { method })).status, method).toBe(404)
  const answer = await fetch(url, { method: 'POST', body: '{}' })
  expect([...answer.headers.keys()].sort()).not.toContain('server')
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test('two destinations may share a port, each with its own secret', async () => {
  const port = await freePort()
  const other = { appId: 'app-2', token: 'another-token-0123456789abcdefgh' }
  const callback = { enabled: true, port }
  const one = rooms.addDestination(aimis({ ...account, callback })).id
  const two = rooms.addDestination({ ...aimis({ ...other, callback }), name: '二' }).id
  await listener.settled()
  const url = (id: string) => `http://127.0.0.1:${port}/callbacks/aimis/${id}`
  const body = callbackBody(accession)
  expect((await post(url(one), body, signed(rooms.clock(), other))).json).toMatchObject({ code: 90002 })
  expect((await post(url(one), body, signed(rooms.clock()))).json).toMatchObject({ code: 0 })
  expect((await post(url(two), body, signed(rooms.clock()))).json).toMatchObject({ code: 90002 })
})

test('a port that is taken is an alarm in words, and another one mends it', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const { id } = rooms.addDestination(aimis({ ...account, callback: { enabled: true, port } }))
  await listener.settled()
  expect(listener.alarms()).toMatchObject([{ code: 'CALLBACK-PORT' }])
  expect(listener.alarms().map((alarm) => saidInBoth(alarm))).toEqual([
    expect.stringContaining(`127.0.0.1:${port}（EADDRINUSE）`),
  ])
  expectOk(rooms.destinations.change(id, { settings: { callback: { port: await freePort() } } }, 'admin'))
  await listener.settled()
  expect(listener.alarms()).toEqual([])
  taken.close()
})

test('too large, too slow, too many and no HTTP at all end soon, and the next good one is taken', async () => {
  const { port, id, url } = await listening()
  expect((await post(url, 'x'.repeat(64 * 1024 + 1), signed(rooms.clock()))).status).toBe(413)
  expect((await post(url, '{"status":', signed(rooms.clock()))).json?.code).toBeGreaterThan(0)
  const head = `POST /callbacks/aimis/${id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
  const [garbage, longHead, ...others] = await Promise.all([
    knock(port, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc'),
    knock(port, `${head}X-Long: ${'a'.repeat(20_000)}\r\n\r\n`),
    knock(port, `${head}Content-Length: 60000\r\n\r\n{`, true),
    knock(port, head),
    ...Array.from({ length: 40 }, () => knock(port, head)),
  ])
  expect(garbage?.ms).toBeLessThan(3000)
  expect(longHead?.text).toContain('431')
  for (const one of others) expect(one.ms).toBeLessThan(13_000)
  // Beyond sixteen at once they are shown out at once.
  expect(others.filter((one) => one.ms < 3000).length).toBeGreaterThanOrEqual(20)
  expect((await post(url, callbackBody(accession), signed(rooms.clock() + 7))).json).toMatchObject({ code: 0 })
}, 40_000)

test('1,000 forged ones over the wire: none is accepted, and the right one is still taken', async () => {
  const { url } = await listening()
  const right = signed(rooms.clock())
  let accepted = 0
  for (let i = 0; i < 1000; i += 8) {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, k) => {
        const forged = signed(rooms.clock() + i + k, { ...account, token: `${i + k}`.padStart(32, 'f') })
        return post(url, callbackBody(accession, { status: 3 }), k % 2 === 0 ? forged : { ...right, signature: `${k}` })
      }),
    )
    accepted += answers.filter((one) => one.json?.code === 0).length
  }
  expect([accepted, rooms.count('cloud_status'), rooms.count('callback_seen')]).toEqual([0, 0, 0])
  expect((await post(url, callbackBody(accession), right)).json).toMatchObject({ code: 0 })
}, 30_000)
