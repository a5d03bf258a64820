import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { syncFolder } from '../../electron/station/archive/sync-folder.ts'
import { judgeSlip, slipLimits } from '../../electron/station/exams/request-slip-content.ts'
import { createRequestSlips, type RequestSlips } from '../../electron/station/exams/request-slips.ts'
import { codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

let rooms: Rooms
let slips: RequestSlips
let examId: string
beforeEach(async () => {
  rooms = await openRooms()
  slips = createRequestSlips({ ...rooms, folder: join(rooms.folder, 'slips'), syncFolder })
  examId = expectOk(rooms.register()).id
})
afterEach(() => rooms.close())

test('a photo is on the disk byte for byte, and comes back with its size', async () => {
  const bytes = png(640, 480)
  const slip = expectOk(await slips.add(examId, '申请单.png', bytes, 'reg'))
  expect(slip).toMatchObject({ mediaType: 'image/png', width: 640, height: 480, removed: null, addedBy: 'reg' })
  expect(readFileSync(join(rooms.folder, 'slips', slip.id)).equals(bytes)).toBe(true)
  expect(expectOk(await slips.read(slip.id)).bytes.equals(bytes)).toBe(true)
  expect(await readdir(join(rooms.folder, 'slips'))).toEqual([slip.id])
})

test('the same picture twice is one', async () => {
  const [one, two] = [await slips.add(examId, 'a', png(9, 9), 'reg'), await slips.add(examId, 'b', png(9, 9), 'reg')]
  expect(expectOk(two).id).toBe(expectOk(one).id)
  expect(slips.ofExam(examId)).toHaveLength(1)
})

test('what is no whole JPEG or PNG is refused whatever its name says, and leaves nothing behind', async () => {
  const whole = png(20, 20)
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    whole.subarray(0, whole.length - 16),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400)]),
  ])
    expect(codeOf(await slips.add(examId, 'photo.jpg', bytes, 'reg'))).toBe('SLIP-TYPE')
  expect(codeOf(await slips.add(examId, 'big.png', png(slipLimits.pixels + 1, 1), 'reg'))).toBe('SLIP-TOO-LARGE')
  expect(codeOf(await slips.add(examId, 'x', Buffer.alloc(slipLimits.bytes + 1), 'reg'))).toBe('SLIP-TOO-LARGE')
  expect(existsSync(join(rooms.folder, 'slips'))).toBe(false)
})

test('a JPEG is known by its frame header, also behind the data of a camera', () => {
  expect(judgeSlip(jpeg(1200, 800))).toEqual({
    kind: 'picture',
    content: { mediaType: 'image/jpeg', width: 1200, height: 800 },
  })
})

test('a photo that was taken out keeps its file and its reason until it is erased, and the log knows all of it', async () => {
  const slip = expectOk(await slips.add(examId, 'a', png(9, 9), 'reg'))
  const file = join(rooms.folder, 'slips', slip.id)
  expect(codeOf(await slips.erase(slip.id, '不行', 'admin'))).toBe('NOT-FOUND')
  expect(expectOk(slips.remove(slip.id, '拍错了', 'reg')).removed).toMatchObject({ by: 'reg', reason: '拍错了' })
  expect(codeOf(slips.remove(slip.id, '再来', 'reg'))).toBe('NOT-FOUND')
  expect(existsSync(file)).toBe(true)
  expectOk(await slips.erase(slip.id, '患者要求', 'admin'))
  expect(existsSync(file)).toBe(false)
  expect(slips.ofExam(examId)).toEqual([])
  const log = rooms.db
    .prepare<[], { action: string }>("select action from audit where action like '%slip' order by rowid")
    .all()
  expect(log.map(({ action }) => action)).toEqual(['add-request-slip', 'remove-request-slip', 'erase-request-slip'])
})

test('an unknown or cancelled exam takes none, and a file that was lost is said to be gone', async () => {
  expect(codeOf(await slips.add('nobody', 'a', png(9, 9), 'reg'))).toBe('NOT-FOUND')
  const slip = expectOk(await slips.add(examId, 'a', png(9, 9), 'reg'))
  expectOk(rooms.exams.cancel(examId, '不做了', 'reg'))
  expect(codeOf(await slips.add(examId, 'b', png(8, 8), 'reg'))).toBe('EXAM-CANCELLED')
  const lost = createRequestSlips({ ...rooms, folder: join(rooms.folder, 'elsewhere'), syncFolder })
  expect(codeOf(await lost.read(slip.id))).toBe('NOT-FOUND')
})

test('an exam takes twenty at most', async () => {
  for (let i = 1; i <= slipLimits.perExam; i++) expectOk(await slips.add(examId, 'a', png(i, 1), 'reg'))
  expect(codeOf(await slips.add(examId, 'a', png(99, 1), 'reg'))).toBe('SLIP-TOO-MANY')
})

test('a half written file of another time does not stand in the way', async () => {
  const slip = expectOk(await slips.add(examId, 'a', png(9, 9), 'reg'))
  writeFileSync(join(rooms.folder, 'slips', `${slip.id}.part`), 'half')
  expect(expectOk(await slips.read(slip.id)).bytes.equals(png(9, 9))).toBe(true)
})

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const lines = Buffer.alloc((width + 1) * height, 0)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Head and end of a JPEG with an EXIF segment before its frame header. */
function jpeg(width: number, height: number): Buffer {
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0x00, 0x10]), Buffer.from('Exif\0\0camera data')]).subarray(
    0,
    18,
  )
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif, frame, Buffer.from([0xff, 0xd9]), Buffer.alloc(8)])
}
