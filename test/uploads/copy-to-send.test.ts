import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { WantedElements } from '../../electron/station/uploads/coerce-copy.ts'
import { makeCopy, readCopy } from '../../electron/station/uploads/copy-to-send.ts'
import { describeWith } from '../peers.ts'
import { asFile, readBack } from './read-back.ts'
import { dataSet, imageElements, type Syntax, syntaxes, type TestElement } from './synthetic-data-set.ts'

const folder = mkdtempSync(join(tmpdir(), 'copies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stamp = { at: Date.parse('2026-11-21T08:00:00+08:00'), system: 'YINGZHAN' }
const wanted: WantedElements = { AccessionNumber: 'A1', PatientID: 'P1', PatientName: 'Zhang^San=张^三' }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
let count = 0

/** The data set in a file of its own, behind `before` bytes that belong to nobody. */
function store(bytes: Buffer, syntax: Syntax, before = 7) {
  count += 1
  const path = join(folder, `${count}.bin`)
  writeFileSync(path, Buffer.concat([Buffer.alloc(before, 0xee), bytes]))
  return { path, offset: before, length: bytes.length, transferSyntaxUid: syntaxes[syntax], crc32: crc32(bytes) }
}

async function copied(bytes: Buffer, syntax: Syntax, want = wanted) {
  const stored = store(bytes, syntax)
  const made = await makeCopy(stored, want, stamp)
  if (made.kind !== 'made') throw new Error(made.reason.code)
  const pieces: Buffer[] = []
  for await (const piece of readCopy(made.copy)) pieces.push(piece)
  return { copy: made.copy, bytes: Buffer.concat(pieces), stored }
}

describe('the copy of a stored file', () => {
  test('has the length and the digest that were said, and the stored file stays as it was', async () => {
    for (const syntax of Object.keys(syntaxes) as Syntax[]) {
      const original = dataSet(imageElements(syntax), syntax)
      const { copy, bytes, stored } = await copied(original, syntax)
      expect(bytes.length).toBe(copy.totalLength)
      expect(sha256(bytes)).toBe(copy.sha256)
      expect(copy.changes).toHaveLength(3)
      expect(readFileSync(stored.path).subarray(7).equals(original)).toBe(true)
    }
  })

  test('is the same bytes at every attempt', async () => {
    const original = dataSet(imageElements('explicit'), 'explicit')
    const first = await copied(original, 'explicit')
    const second = await copied(original, 'explicit')
    expect(first.bytes.equals(second.bytes)).toBe(true)
  })

  test('is the original when nothing differs', async () => {
    for (const syntax of ['explicit', 'deflated'] as const) {
      const original = dataSet(imageElements(syntax), syntax)
      const { copy, bytes } = await copied(original, syntax, { AccessionNumber: 'OLD1', PatientSex: 'F' })
      expect(copy.changes).toEqual([])
      expect(bytes.equals(original)).toBe(true)
    }
  })

  test('of deflated data is deflated again, with an even length', async () => {
    const { bytes } = await copied(dataSet(imageElements('deflated'), 'deflated'), 'deflated')
    expect(bytes.length % 2).toBe(0)
    const inflated = readBack(inflateRawSync(bytes), 'deflated')
    expect(Buffer.from(inflated.get('x00080050')?.bytes ?? '', 'hex').toString()).toBe('A1')
    expect(inflated.get('x7fe00010')?.bytes).toBe('000102030405060708090a0b0c0d0e0f')
  })

  test('reads as much of the header as it has to, however long private elements are', async () => {
    const csa = { tag: 0x00290010, vr: 'OB', value: Buffer.alloc(1_500_000, 7) }
    const { bytes } = await copied(dataSet(imageElements('explicit', [csa]), 'explicit'), 'explicit')
    expect(readBack(bytes, 'explicit').get('x00290010')?.bytes).toBe(csa.value.toString('hex'))
  })

  test('is not made of a file that is gone, that has rotted, or that is shorter than it was', async () => {
    const original = dataSet(imageElements('explicit'), 'explicit')
    const asReceived = { crc32: crc32(original) }
    const gone = { ...store(original, 'explicit'), path: join(folder, 'nowhere') }
    expect(await makeCopy(gone, wanted, stamp)).toMatchObject({
      fixable: true,
      reason: { code: 'COPY-FILE-MISSING' },
    })
    const rotten = Buffer.from(original)
    rotten.writeUInt8(0x55, rotten.length - 3)
    const altered = { fixable: true, reason: { code: 'COPY-FILE-ALTERED' } }
    expect(await makeCopy({ ...store(rotten, 'explicit'), ...asReceived }, wanted, stamp)).toMatchObject(altered)
    const cut = {
      ...store(original.subarray(0, original.length - 4), 'explicit'),
      ...asReceived,
      length: original.length,
    }
    expect(await makeCopy(cut, wanted, stamp)).toMatchObject(altered)
  })

  test('whose header is no DICOM is not sent', async () => {
    for (const syntax of ['explicit', 'deflated'] as const) {
      const bytes = Buffer.from('this is not a data set at all, not even nearly')
      const made = await makeCopy(store(bytes, syntax), wanted, stamp)
      expect(made).toMatchObject({ kind: 'failed', reason: { code: 'COPY-HEADER-UNREADABLE' } })
    }
  })
})

test('parsing the copy gives the original in everything but what was changed', async () => {
  const text = fc.string({ unit: fc.constantFrom(...'ABCabc019 ^='), maxLength: 20 })
  const other = (tag: number) =>
    fc.record({
      tag: fc.constant(tag),
      vr: fc.constantFrom('LO', 'UN', 'OB', 'UT'),
      value: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes.length % 2 ? [...bytes, 0x20] : bytes)),
    })
  const others = [
    0x00080070, 0x00091010, 0x00100021, 0x00101010, 0x00190010, 0x00400254, 0x04000500, 0x04010010, 0x60003000,
  ]
  const syntax = fc.constantFrom<Syntax>('explicit', 'implicit', 'bigEndian', 'jpeg')
  await fc.assert(
    fc.asyncProperty(
      syntax,
      fc.tuple(...others.map(other)),
      fc.subarray(others),
      text,
      text,
      async (name, more, kept, id, pn) => {
        const extra: TestElement[] = [
          ...more.filter((element) => kept.includes(element.tag)),
          { tag: 0x00100020, vr: 'LO', value: id },
          { tag: 0x00100010, vr: 'PN', value: pn },
        ]
        const original = dataSet(imageElements(name, extra), name)
        const { bytes, copy } = await copied(original, name)
        const after = readBack(bytes, name)
        const changed = ['x00080050', 'x00100010', 'x00100020', 'x04000561']
        for (const [tag, element] of readBack(original, name)) {
          if (!changed.includes(tag)) expect(after.get(tag)).toEqual(element)
        }
        const textAt = (tag: string) =>
          Buffer.from(after.get(tag)?.bytes ?? '', 'hex')
            .toString('latin1')
            .trim()
        expect(textAt('x00080050')).toBe('A1')
        expect(textAt('x00100020')).toBe('P1')
        expect(
          textAt('x00100010')
            .toUpperCase()
            .replace(/[^A-Z]/g, ''),
        ).toBe('ZHANGSAN')
        expect(copy.totalLength).toBe(bytes.length)
      },
    ),
    { numRuns: 300 },
  )
})

describeWith(['dcmtk'], 'a copy read by dcmtk', () => {
  test.each(Object.keys(syntaxes) as Syntax[])('%s: dcmdump reads the new values and every pixel', async (syntax) => {
    const original = dataSet(imageElements(syntax, [{ tag: 0x00080005, vr: 'CS', value: 'GB18030' }]), syntax)
    const { bytes } = await copied(original, syntax)
    const path = join(folder, `${syntax}.dcm`)
    writeFileSync(path, asFile(bytes, syntax))
    const dump = spawnSync('dcmdump', ['+U8', '-q', path], { encoding: 'utf8' })
    expect(dump.status, dump.stderr).toBe(0)
    expect(dump.stdout).toMatch(/\(0010,0010\) PN \[Zhang\^San=张\^三\]/)
    expect(dump.stdout).toMatch(/\(0008,0050\) SH \[A1\]/)
    expect(dump.stdout).toMatch(/\(0400,0565\) CS \[COERCE\]/)
    expect(dump.stdout).toMatch(/\(0400,0562\) DT \[20261121080000\+0800\]/)
    expect(dump.stdout).toMatch(/\(0010,0020\) LO \[X9\]/)
    expect(dump.stdout).toMatch(syntax === 'jpeg' ? /pi ff\\d8/ : /7fe0,0010/)
  })
})
