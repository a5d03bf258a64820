import { Readable } from 'node:stream'
import fastify, { type FastifyInstance } from 'fastify'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAnswer } from '../../electron/station/api/answer-route.ts'
import type { ApiRooms } from '../../electron/station/api/api-rooms.ts'
import { answerImages } from '../../electron/station/api/image-routes.ts'
import { isAmong } from '../../electron/station/api/unchanged.ts'
import { createVersionChoice } from '../../electron/station/archive/choose-version.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { createFrameRenderer } from '../../electron/station/pictures/render-frame.ts'
import type { Account } from '../../shared/models/account.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { smallObject } from '../archive/archive-for-tests.ts'
import { expectOk } from '../db/rooms-for-tests.ts'
import { type DicomWebForTests, part10Of, pathOf, startDicomWeb } from './dicom-web-for-tests.ts'

describe('If-None-Match', () => {
  test('names what the asker has, in a list, weakly, or anything at all', () => {
    for (const asked of ['"a"', 'W/"a"', '"x", "a"', '"x",W/"a"', '*', ' * '])
      expect([asked, isAmong('"a"', asked)]).toEqual([asked, true])
    for (const asked of [undefined, '', 'a', '"b"', '"ab"', '"x, a"', '"'])
      expect([asked, isAmong('"a"', asked)]).toEqual([asked, false])
  })
})

let web: DicomWebForTests
let desk: FastifyInstance
let deskRoot: string
let pixels: ReturnType<typeof createPixelReader>
let instance: InstanceFacts
beforeAll(async () => {
  web = await startDicomWeb()
  pixels = createPixelReader(web.archive)
  desk = fastify({ forceCloseConnections: true })
  const doctor = { id: 'd', username: 'd', role: 'doctor' } as unknown as Account
  answerImages(
    createAnswer(desk, () => doctor),
    { archive: web.archive, pixels, renderFrame: createFrameRenderer(pixels) } as unknown as ApiRooms,
  )
  deskRoot = await desk.listen({ host: '127.0.0.1', port: 0 })
  instance = await web.import(imageOf(10))
})
afterAll(async () => {
  await desk.close()
  await pixels.stop()
  await web.stop()
})

/** The same SOP instance with other pixels. */
function imageOf(pixel: number): Buffer {
  const object = smallObject([
    { tag: 0x00080018, vr: 'UI', value: '2.25.4711' },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280100, vr: 'US', value: 8 },
    { tag: 0x00280101, vr: 'US', value: 8 },
    { tag: 0x00281050, vr: 'DS', value: '127.5' },
    { tag: 0x00281051, vr: 'DS', value: '256' },
    { tag: 0x7fe00010, vr: 'OB', value: Buffer.alloc(16, pixel) },
  ])
  return part10Of(object.dataSet, object.sopInstanceUid)
}

const accept = 'application/octet-stream'
const addresses = () => [
  { url: `${web.root}${pathOf(instance)}/rendered`, accept: 'image/png' },
  { url: `${web.root}${pathOf(instance)}/thumbnail`, accept: 'image/png' },
  { url: `${web.root}${pathOf(instance)}/frames/1`, accept },
  { url: `${deskRoot}/api/instances/${instance.id}/frames/0`, accept },
  { url: `${deskRoot}/api/instances/${instance.id}/frames/0/rendered?format=png`, accept: 'image/png' },
]
const ask = (one: { readonly url: string; readonly accept: string }, etag?: string) =>
  fetch(one.url, {
    headers: {
      authorization: 'Bearer token-of-doctor',
      accept: one.accept,
      ...(etag && { 'if-none-match': etag }),
    },
  })

test('a picture that is asked for again is not sent again, and one in another form is', async () => {
  for (const one of addresses()) {
    const first = await ask(one)
    expect([one.url, first.status]).toEqual([one.url, 200])
    expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(0)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    expect(first.headers.get('vary')).toContain('accept')
    const again = await ask(one, first.headers.get('etag')!)
    expect([one.url, again.status, await again.text()]).toEqual([one.url, 304, ''])
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
  }
  const rendered = addresses()[0]!
  const png = await ask(rendered)
  expect((await ask({ ...rendered, accept: 'image/jpeg' }, png.headers.get('etag')!)).status).toBe(200)
})

test('another version that is chosen shows at once', async () => {
  const kept = await Promise.all(
    addresses().map(async (one) => {
      const answer = await ask(one)
      return { one, etag: answer.headers.get('etag')!, bytes: Buffer.from(await answer.arrayBuffer()) }
    }),
  )
  const later = await web.archive.importFile(Readable.from([imageOf(200)]), 'test')
  expect(later.kind).toBe('new-version')
  const choice = createVersionChoice({
    ...web,
    readAsOf: () => 'declared',
    otherPerson: () => [],
    onChosen: () => {},
  })
  const other = web.archive.versionsOf(instance.sopInstanceUid).find(({ isCurrent }) => !isCurrent)!
  expectOk(await choice.choose(other.id, 'li'))
  for (const { one, etag, bytes } of kept) {
    const now = await ask(one, etag)
    expect([one.url, now.status]).toEqual([one.url, 200])
    expect(Buffer.from(await now.arrayBuffer()).equals(bytes)).toBe(false)
  }
  const drawn = await ask(addresses()[0]!)
  expect(PNG.sync.read(Buffer.from(await drawn.arrayBuffer())).data[0]).toBeGreaterThan(150)
})
