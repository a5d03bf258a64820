import { readdirSync, readlinkSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { type DicomWebForTests, part10Of, partsOf, pathOf, startDicomWeb, tokens } from './dicom-web-for-tests.ts'

const jpegBaseline = '1.2.840.10008.1.2.4.50'
const mp4 = '1.2.840.10008.1.2.4.102'
const mebibyte = 1024 * 1024

let web: DicomWebForTests
let large: InstanceFacts
beforeAll(async () => {
  web = await startDicomWeb()
  const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(40 * mebibyte, 0x21) }])
  large = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
})
afterAll(() => web.stop())

/** An object with encapsulated pixel data: an empty offset table, then these fragments (PS3.5 A.4). */
function encapsulated(fragments: readonly Buffer[], transferSyntaxUid: string, study: string): Buffer {
  const { dataSet, sopInstanceUid } = smallObject([
    { tag: 0x0020000d, vr: 'UI', value: study },
    { tag: 0x00280008, vr: 'IS', value: String(fragments.length) },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280100, vr: 'US', value: 8 },
    { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(0) },
  ])
  const item = (bytes: Buffer) => {
    const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
    head.writeUInt32LE(bytes.length, 4)
    return Buffer.concat([head, bytes])
  }
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff])
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  const pixels = [item(Buffer.alloc(0)), ...fragments.map(item), end]
  return part10Of(Buffer.concat([dataSet.subarray(0, -12), head, ...pixels]), sopInstanceUid, transferSyntaxUid)
}

describe('a large answer', () => {
  test('is whole', async () => {
    const [part] = await partsOf(await web.get(pathOf(large)))
    expect(part!.body.subarray(-large.sizeBytes).equals(await storedDataSet(web.archive, large.id))).toBe(true)
  })

  test.skipIf(process.platform !== 'linux')(
    'is read only as far as its client goes, and let go when that one leaves',
    async () => {
      const file = web.archive.fileOf(large.id)!
      const isOpen = () =>
        readdirSync('/proc/self/fd').some((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`) === file
          } catch {
            return false
          }
        })
      const wasOpen = await new Promise<boolean>((resolve, reject) => {
        const headers = { authorization: `Bearer ${tokens.doctor}` }
        const outgoing = request(`${web.root}${pathOf(large)}`, { headers, agent: false }, (answer) => {
          let received = 0
          answer.on('data', (bytes: Buffer) => {
            received += bytes.length
            if (received < mebibyte) return
            answer.removeAllListeners('data').pause()
            const isBeingRead = isOpen()
            outgoing.destroy()
            resolve(isBeingRead)
          })
        })
        outgoing.on('error', reject)
        outgoing.end()
      })
      expect(wasOpen).toBe(true)
      await expect.poll(isOpen).toBe(false)
    },
  )
})

describe('compressed pixel data', () => {
  test('of a film of 2,000 frames is given frame by frame, and by its own name', async () => {
    const frames = Array.from({ length: 2000 }, (_, at) => Buffer.from([0xff, 0xd8, at & 0xff, at >> 8, 0xff, 0xd9]))
    const film = await web.import(encapsulated(frames, jpegBaseline, '2.25.6000'))
    for (const number of [1, 1000, 2000]) {
      const accept = 'multipart/related; type="image/jpeg"'
      const [part] = await partsOf(await web.get(`${pathOf(film)}/frames/${number}`, { accept }))
      expect(part!.headers['content-type']).toBe(`image/jpeg;transfer-syntax=${jpegBaseline}`)
      expect(part!.body).toEqual(frames[number - 1])
    }
    const list = frames.map((_, at) => at + 1).join(',')
    const all = await partsOf(await web.get(`${pathOf(film)}/frames/${list.slice(0, 6000).replace(/,\d*$/, '')}`))
    expect(all.length).toBeGreaterThan(1000)
    expect(all.every(({ body }, at) => body.equals(frames[at]!))).toBe(true)
  })

  test('of a video is given as the video that it is', async () => {
    const pieces = [Buffer.alloc(1000, 1), Buffer.alloc(600, 2)]
    const video = await web.import(encapsulated(pieces, mp4, '2.25.6001'))
    const [json] = await (await web.get(`${pathOf(video)}/metadata`)).json()
    const answer = await web.get(json['7FE00010'].BulkDataURI, { accept: 'video/mp4' })
    expect(answer.headers.get('content-type')).toBe(`video/mp4;transfer-syntax=${mp4}`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.concat(pieces))).toBe(true)
    const [part] = await partsOf(await web.get(`${pathOf(video)}/pixeldata`))
    expect(part!.body.length).toBe(1600)
  })
})
