import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { viewOfDestination } from '../../electron/station/settings/destinations.ts'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import { readStowAnswer } from '../../electron/station/uploads/stow-answer.ts'
import { destinationInputSchema, pacsSettingsSchema } from '../../shared/models/destination.ts'
import { expectOk, openRooms } from '../db/rooms-for-tests.ts'
import { completeDossier, createBench, deliveredBefore, taskOf } from './delivery-bench.ts'

type Request = { readonly head: IncomingMessage; readonly body: Buffer; readonly parts: number }
type Reply = (request: Request, response: ServerResponse) => void

let bench: ReturnType<typeof createBench>
let server: Server
let requests: Request[]
let reply: Reply

beforeEach(async () => {
  bench = createBench()
  requests = []
  server = createServer(async (head, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of head as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const boundary = /boundary=(\S+)$/.exec(head.headers['content-type'] ?? '')?.[1] ?? ''
    const request = { head, body, parts: body.toString('latin1').split(`--${boundary}\r\n`).length - 1 }
    requests.push(request)
    reply(request, response)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterEach(() => {
  bench.stop()
  server.close()
  server.closeAllConnections()
})

const destination = (more: object = {}): DestinationOf<'pacs'> => ({
  kind: 'pacs',
  id: 'destination-1',
  name: 'PACS',
  enabled: true,
  paused: undefined,
  settings: pacsSettingsSchema.parse({
    dicomWebUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rs/`,
    ...more,
  }),
})

async function send(count: number, change: (dossier: typeof completeDossier) => typeof completeDossier = (d) => d) {
  const instances = Array.from({ length: count }, (_, i) => bench.image(i + 1))
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const dossier = change({ ...completeDossier, instances })
  const outcomes = await createPacsDelivery(bench.deps).deliverImages(tasks, dossier, destination())
  return tasks.map((task) => outcomes.get(task.id)!)
}

type Verdict = { readonly uid: string; readonly failed?: number; readonly warning?: number }
const json = (verdicts: readonly Verdict[]) => {
  const us = (tag: string, value: number | undefined) =>
    value === undefined ? {} : { [tag]: { vr: 'US', Value: [value] } }
  const item = ({ uid, failed, warning }: Verdict) => ({
    '00081150': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.7'] },
    '00081155': { vr: 'UI', Value: [uid] },
    ...us('00081197', failed),
    ...us('00081196', warning),
  })
  return JSON.stringify({
    '00081198': { vr: 'SQ', Value: verdicts.filter((one) => one.failed !== undefined).map(item) },
    '00081199': { vr: 'SQ', Value: verdicts.filter((one) => one.failed === undefined).map(item) },
  })
}
const xml = (verdicts: readonly Verdict[]) => {
  const attribute = (tag: string, vr: string, value: unknown) =>
    value === undefined
      ? ''
      : `<DicomAttribute tag="${tag}" vr="${vr}"><Value number="1">${value}</Value></DicomAttribute>`
  const item = ({ uid, failed, warning }: Verdict, i: number) =>
    `<Item number="${i + 1}">${attribute('00081155', 'UI', uid)}${attribute('00081197', 'US', failed)}${attribute('00081196', 'US', warning)}</Item>`
  const sequence = (tag: string, of: readonly Verdict[]) =>
    `<DicomAttribute tag="${tag}" vr="SQ" keyword="X">${of.map(item).join('\n')}</DicomAttribute>`
  return `<?xml version="1.0" encoding="UTF-8"?><NativeDicomModel xml:space="preserve">${sequence(
    '00081198',
    verdicts.filter((one) => one.failed !== undefined),
  )}${sequence(
    '00081199',
    verdicts.filter((one) => one.failed === undefined),
  )}</NativeDicomModel>`
}
const answerWith =
  (status: number, body: string, contentType = 'application/dicom+json'): Reply =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': contentType }).end(body)
  }

const mixed: readonly Verdict[] = [
  { uid: '1.2.3.1' },
  { uid: '1.2.3.2', failed: 0xa700 },
  { uid: '1.2.3.3', failed: 0xc122 },
  { uid: '1.2.3.4', failed: 0x0110 },
  { uid: '1.2.3.5', warning: 0xb000 },
  { uid: '1.2.3.6', failed: 0x0124 },
  { uid: '1.2.3.7', failed: 0xa900 },
]

describe('STOW-RS', () => {
  test.each([
    ['JSON', 202, json(mixed), 'application/dicom+json'],
    ['XML', 202, xml(mixed), 'application/dicom+xml'],
    ['JSON with 409', 409, json(mixed), 'application/dicom+json; charset=utf-8'],
    ['JSON in a list', 202, `[${json(mixed)}]`, 'application/json'],
  ])('each instance gets its own outcome from an answer in %s', async (_, status, body, contentType) => {
    reply = answerWith(status, body, contentType)
    const outcomes = await send(8)
    expect(outcomes.map((one) => one.kind)).toEqual([
      'done',
      'retry',
      'fix-exam',
      'retry',
      'done',
      'fix-settings',
      'fix-exam',
      'unknown',
    ])
    expect(outcomes[4]).toMatchObject({
      note: { chinese: expect.stringContaining('B000'), english: expect.stringContaining('B000') },
    })
    expect(outcomes[1]).toMatchObject({ reason: { code: 'DICOM-A700' } })
  })

  test('the request is what the standard says: type, exact length, whole DICOM files, the same in each attempt', async () => {
    reply = answerWith(200, '')
    expect((await send(3)).map((one) => one.kind)).toEqual(['done', 'done', 'done'])
    expect((await send(3)).map((one) => one.kind)).toEqual(['done', 'done', 'done'])
    const [first, second] = requests
    expect(first?.head.url).toBe('/rs/studies')
    expect(first?.head.headers).toMatchObject({
      accept: 'application/dicom+json',
      'content-length': String(first?.body.length),
      'content-type': expect.stringMatching(/^multipart\/related; type="application\/dicom"; boundary=/),
    })
    expect(first?.head.headers.authorization).toBeUndefined()
    expect(first?.parts).toBe(3)
    const files = (body: Buffer | undefined) =>
      (body?.toString('latin1') ?? '').split(/--yingzhan-[\w-]+(?:--)?\r\n/).filter((part) => part !== '')
    expect(files(first?.body)).toEqual(files(second?.body))
    for (const file of files(first?.body))
      expect(file.slice('Content-Type: application/dicom\r\n\r\n'.length + 128).slice(0, 4)).toBe('DICM')
  })

  test('the password goes with each request, as UTF-8, and into no log', async () => {
    reply = answerWith(200, '')
    const instances = [bench.image(1)]
    const at = destination({ username: '诊所', password: '密码:1' })
    const delivery = createPacsDelivery(bench.deps)
    await delivery.deliver(taskOf('image', 'instance-1'), { ...completeDossier, instances }, at)
    const [, encoded = ''] = requests[0]?.head.headers.authorization?.split(' ') ?? []
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('诊所:密码:1')
    expect(JSON.stringify([bench.logged, bench.audit])).not.toContain('密码')
  })

  test('no more than sixteen go together, and what is too large together goes alone', async () => {
    reply = answerWith(200, '')
    await send(40)
    expect(requests.map((one) => one.parts)).toEqual([16, 16, 8])
    requests.length = 0
    reply = (request, response) => {
      response.writeHead(request.parts > 1 ? 413 : 200).end()
    }
    expect((await send(3)).map((one) => one.kind)).toEqual(['done', 'done', 'done'])
    expect(requests.map((one) => one.parts)).toEqual([3, 1, 1, 1])
    reply = answerWith(413, '')
    expect(await send(1)).toMatchObject([{ kind: 'fix-exam', reason: { code: 'STOW-HTTP-413' } }])
  })

  test.each([
    [200, '<html>请先登录网络</html>', 'text/html', 'retry', 'CLOUD-HTML'],
    [200, '<html>no content type</html>', 'application/octet-stream', 'retry', 'CLOUD-HTML'],
    [200, '{"00081199": {"vr": "SQ", "Va', 'application/dicom+json', 'retry', 'CLOUD-JSON'],
    [302, '', 'text/plain', 'retry', 'CLOUD-REDIRECT'],
    [400, '{"Message":"Bad"}', 'application/json', 'unknown', 'STOW-400'],
    [401, '', 'text/plain', 'fix-settings', 'STOW-HTTP-401'],
    [403, '', 'text/plain', 'fix-settings', 'STOW-HTTP-403'],
    [404, '', 'text/plain', 'fix-settings', 'STOW-HTTP-404'],
    [405, '', 'text/plain', 'fix-settings', 'STOW-HTTP-405'],
    [409, '', 'text/plain', 'unknown', 'STOW-409'],
    [409, 'Conflict', 'text/plain', 'unknown', 'CLOUD-HTTP-409'],
    [415, '', 'text/plain', 'fix-exam', 'DICOM-NOT-ACCEPTED'],
    [429, '', 'text/plain', 'retry', 'CLOUD-HTTP-429'],
    [500, 'oops', 'text/plain', 'retry', 'CLOUD-HTTP-500'],
    [503, '', 'text/plain', 'retry', 'CLOUD-HTTP-503'],
  ])('HTTP %i with %j is %s, with words and a code', async (status, body, contentType, kind, code) => {
    reply = answerWith(status, body, contentType)
    expect(await send(1)).toMatchObject([{ kind, reason: { code, message: expect.stringMatching(/\p{sc=Han}/u) } }])
  })

  test('once the peer is gone, the rest is not attempted', async () => {
    reply = (request) => request.head.socket.destroy()
    const outcomes = await send(20)
    expect(requests).toHaveLength(1)
    expect(outcomes.slice(0, 16)).toEqual(
      Array(16).fill(expect.objectContaining({ kind: 'retry', maybeReceived: true })),
    )
    for (const rest of outcomes.slice(16)) expect(rest).not.toHaveProperty('maybeReceived')
  })

  test('a peer that keeps the uncorrected image after a correction is no success', async () => {
    reply = answerWith(409, json([{ uid: '1.2.3.1', failed: 0x0111 }]))
    const before = (dossier: typeof completeDossier) => deliveredBefore(dossier, 'image', { sha256: 'x' }, 'instance-1')
    expect(await send(1, before)).toMatchObject([{ kind: 'fix-exam', reason: { code: 'DICOM-0111-CORRECTION' } }])
    expect(await send(1)).toMatchObject([{ kind: 'done' }])
  })

  test('an answer is read whatever stands in it, and never throws', () => {
    for (const text of [
      '',
      '{}',
      '[]',
      'null',
      '1',
      '"x"',
      '{"00081199":null}',
      '{"00081199":{"Value":[1,null,{}]}}',
      '<',
      '<a/>',
    ])
      expect(() => readStowAnswer(text)).not.toThrow()
    expect(readStowAnswer('<a/>')).toBeUndefined()
    expect(readStowAnswer('')).toEqual({ stored: new Map(), failed: new Map() })
  })
})

test('the password is kept sealed and never shown', async () => {
  const rooms = await openRooms()
  const settings = { dicomWebUrl: 'https://pacs.example/rs', username: 'clinic', password: 'a-very-secret-word' }
  const kept = rooms.addDestination(destinationInputSchema.parse({ kind: 'pacs', name: 'PACS', settings }))
  expect(viewOfDestination(kept)).toMatchObject({ secretsSet: ['password'], settings: { username: 'clinic' } })
  expect(JSON.stringify([viewOfDestination(kept), rooms.audit.newest(50)])).not.toContain('a-very-secret-word')
  expect(readFileSync(rooms.file).includes('a-very-secret-word')).toBe(false)
  // From STOW-RS to C-STORE: what is taken away is named as null.
  const dicom = { aeTitle: 'PACS', host: '127.0.0.1', port: 104 }
  const changed = rooms.destinations.change(kept.id, { settings: { dicom, dicomWebUrl: null } }, 'admin')
  expect(expectOk(changed).settings).toMatchObject({ dicom })
  rooms.close()
})

test('the settings want one way, C-STORE or STOW-RS', () => {
  const parse = (settings: object) => destinationInputSchema.safeParse({ kind: 'pacs', name: 'PACS', settings }).success
  const dicom = { aeTitle: 'PACS', host: '127.0.0.1', port: 104 }
  expect(parse({ dicom })).toBe(true)
  expect(parse({ dicomWebUrl: 'https://pacs.example/rs' })).toBe(true)
  expect(parse({})).toBe(false)
  expect(parse({ dicom, dicomWebUrl: 'https://pacs.example/rs' })).toBe(false)
  expect(parse({ dicomWebUrl: 'ftp://pacs.example' })).toBe(false)
  expect(parse({ dicomWebUrl: 'https://pacs.example/rs', username: 'a:b' })).toBe(false)
})
