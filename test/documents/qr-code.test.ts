import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { qrMatrix, qrPngOf, readQrPng } from '../../electron/station/documents/qr-code.ts'

async function picture(): Promise<Buffer> {
  const png = await qrPngOf('https://example.cn/')
  if (!png) throw new Error('a picture expected')
  return png
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

describe('a QR code', () => {
  test('has three finders and none for an empty or endless text', () => {
    const matrix = qrMatrix('https://example.cn/')
    const last = (matrix?.size ?? 0) - 1
    expect([matrix?.isDark(0, 0), matrix?.isDark(0, last), matrix?.isDark(last, 0)]).toEqual([true, true, true])
    expect(qrMatrix('')).toBeUndefined()
    expect(qrMatrix('汉'.repeat(778))).toBeUndefined()
    expect(qrMatrix('x'.repeat(2331))?.size).toBe(177)
  })

  test('as PNG it has four modules of white around', async () => {
    const png = await picture()
    const modules = (qrMatrix('https://example.cn/')?.size ?? 0) + 8
    expect(png.readUInt32BE(16)).toBe(modules * 8)
  })
})

describe('the picture that a gateway sends', () => {
  test('is taken unchanged, as Base64, as a data address, with line breaks, or as bytes', async () => {
    const png = await picture()
    const base64 = png.toString('base64')
    const broken = base64.replace(/(.{76})/g, '$1\r\n')
    for (const source of [base64, `data:image/png;base64,${base64}`, broken, png])
      expect(readQrPng(source)).toEqual(png)
  })

  test('is refused when it was cut off anywhere or one byte is another', async () => {
    const png = await picture()
    fc.assert(
      fc.property(fc.nat(png.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        expect(readQrPng(png.subarray(0, place))).toBeUndefined()
        const damaged = Buffer.from(png)
        damaged[place] = (damaged[place] ?? 0) ^ flip
        expect(readQrPng(damaged)).toBeUndefined()
      }),
    )
  })

  test('is refused when it claims more pixels than a QR needs, before anybody unpacks it', () => {
    const header = Buffer.from('0000ea600000ea600100000000', 'hex')
    const bomb = Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(10))),
      chunk('IEND', Buffer.alloc(0)),
    ])
    expect(readQrPng(bomb)).toBeUndefined()
  })

  test.each(['', 'R0lGODlhAQABAAAAACw=', '{"code":30008}', 'AAAA'])('%j is no PNG', (source) => {
    expect(readQrPng(source)).toBeUndefined()
  })
})
