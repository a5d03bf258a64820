import { describe, expect, test } from 'vitest'
import { boundaryOf, PartsViolation, readContentType, readParts } from '../../electron/station/api/dicom-web-parts.ts'

const limits = { preamble: 1000, headers: 500, parts: 5, partBytes: 10_000 }

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(body: string | Buffer, size = 7, boundary = 'b') {
  const parts: { headers: Record<string, string>; body: string }[] = []
  for await (const part of readParts(cut(Buffer.from(body as string), size), boundary, limits)) {
    const pieces: Buffer[] = []
    for await (const piece of part.body) pieces.push(piece)
    parts.push({ headers: Object.fromEntries(part.headers), body: Buffer.concat(pieces).toString('latin1') })
  }
  return parts
}

const kindOf = (body: string | Buffer, size?: number) =>
  read(body, size).then(
    () => 'read',
    (error: unknown) => (error instanceof PartsViolation ? error.kind : error),
  )

describe('the parts of a body', () => {
  const two =
    '--b\r\nContent-Type: application/dicom\r\n\r\none\r\n--b\r\nContent-Type: x\r\nContent-Location: y\r\n\r\n\r\n--b--'

  test('are the same however the bytes come', async () => {
    for (let size = 1; size < two.length + 1; size++) {
      expect([size, await read(two, size)]).toEqual([
        size,
        [
          { headers: { 'content-type': 'application/dicom' }, body: 'one' },
          { headers: { 'content-type': 'x', 'content-location': 'y' }, body: '' },
        ],
      ])
    }
  })

  test('may hold line ends and what almost is a boundary', async () => {
    const body = '\r\n--a\r\n\r\n-\r\n--\r\n'
    expect(await read(`--b\r\n\r\n${body}\r\n--b--\r\nepilogue`)).toEqual([{ headers: {}, body }])
  })

  test('may stand behind a preamble, with blanks after the boundary', async () => {
    expect(await read('hello\r\n--b \t\r\nA: 1\r\n\r\nx\r\n--b--')).toEqual([{ headers: { a: '1' }, body: 'x' }])
  })

  test('that a reader leaves unread are stepped over', async () => {
    const seen: string[] = []
    for await (const part of readParts(cut(Buffer.from(two), 3), 'b', limits))
      seen.push([...part.headers.keys()].join())
    expect(seen).toEqual(['content-type', 'content-type,content-location'])
  })

  test('without end, without line ends, without any boundary are malformed', async () => {
    for (const body of ['', 'x', '--b', '--b\r\nA: 1', '--b\r\n\r\nx', '--bx\r\n\r\ny\r\n--b--', '--b\r\n\r\nx\r\n--b'])
      expect([body, await kindOf(body)]).toEqual([body, 'malformed'])
  })

  test('beyond the limits end the reading', async () => {
    expect(await kindOf('p'.repeat(2000), 100)).toBe('too-large')
    expect(await kindOf(`--b\r\nA: ${'h'.repeat(2000)}`, 100)).toBe('too-large')
    expect(await kindOf(`--b\r\n\r\n${'x'.repeat(20_000)}\r\n--b--`, 100)).toBe('too-large')
    expect(await kindOf(`${'--b\r\n\r\nx\r\n'.repeat(6)}--b--`)).toBe('too-large')
  })

  test('of a header that never ends are not gathered', async () => {
    let given = 0
    const endless = (async function* () {
      yield Buffer.from('--b\r\n')
      for (;;) {
        given += 1000
        yield Buffer.alloc(1000, 0x41)
      }
    })()
    const reading = (async () => {
      for await (const _ of readParts(endless, 'b', limits)) expect.unreachable()
    })()
    await expect(reading).rejects.toThrow('headers')
    expect(given).toBeLessThan(5000)
  })
})

describe('a content type', () => {
  test('gives type, quoted parameters and a boundary that can be one', () => {
    const { type, parameters } = readContentType('Multipart/Related; type="application/dicom"; boundary="a;b\\"c"')
    expect([type, parameters.get('type'), boundaryOf(parameters)]).toEqual([
      'multipart/related',
      'application/dicom',
      'a;b"c',
    ])
    for (const wrong of [
      undefined,
      'multipart/related',
      'x; boundary=""',
      `x; boundary=${'a'.repeat(201)}`,
      'x; boundary="a\r\nb"',
    ])
      expect(boundaryOf(readContentType(wrong).parameters)).toBe(undefined)
  })
})
