import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bulkDataOf } from '../../electron/station/archive/bulk-data.ts'
import { dicomJsonOf } from '../../electron/station/archive/dicom-json.ts'
import type { DicomJson, JsonElement } from '../../electron/station/archive/json-values.ts'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { describeWith } from '../peers.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-json-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const implicit = '1.2.840.10008.1.2'
const bulkDataUri = (path: readonly number[]) => path.map((step) => step.toString(16)).join('/')

function stored(elements: readonly ElementToWrite[], explicitVr = true, after = Buffer.alloc(0)) {
  const path = join(folder, 'data-set')
  const bytes = Buffer.concat([encodeDataSet(elements, { explicitVr, text: 'gb18030' }), after])
  writeFileSync(path, bytes)
  return { path, offset: 0, length: bytes.length, transferSyntaxUid: explicitVr ? '1.2.840.10008.1.2.1' : implicit }
}
const jsonOf = (...given: Parameters<typeof stored>) => dicomJsonOf(stored(...given), { bulkDataUri })

describe('the DICOM JSON model', () => {
  const elements: ElementToWrite[] = [
    { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
    { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\\\AXIAL' },
    { tag: 0x00080050, vr: 'SH', value: '' },
    { tag: 0x00100010, vr: 'PN', value: 'ZHANG^SAN=张^三=zhang' },
    { tag: 0x00201208, vr: 'IS', value: '12' },
    { tag: 0x00280009, vr: 'AT', value: Buffer.from([0x18, 0, 0x63, 0x10]) },
    { tag: 0x00280030, vr: 'DS', value: '0.50\\1e-2' },
    { tag: 0x00280106, vr: 'SS', value: -7 },
    { tag: 0x00280103, vr: 'US', value: 1 },
    { tag: 0x00281055, vr: 'LO', value: '肺窗\\骨窗' },
    { tag: 0x00321064, vr: 'SQ', value: [[{ tag: 0x00080104, vr: 'LO', value: '胸部平扫' }], []] },
    { tag: 0x00090010, vr: 'LO', value: 'VENDOR' },
    { tag: 0x00420011, vr: 'OB', value: Buffer.alloc(20_000, 5) },
  ]
  const expected = {
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080008': { vr: 'CS', Value: ['ORIGINAL', null, 'AXIAL'] },
    '00080050': { vr: 'SH' },
    '00090010': { vr: 'LO', Value: ['VENDOR'] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三', Phonetic: 'zhang' }] },
    '00201208': { vr: 'IS', Value: [12] },
    '00280009': { vr: 'AT', Value: ['00181063'] },
    '00280030': { vr: 'DS', Value: [0.5, 0.01] },
    '00280103': { vr: 'US', Value: [1] },
    '00280106': { vr: 'SS', Value: [-7] },
    '00281055': { vr: 'LO', Value: ['肺窗', '骨窗'] },
    '00321064': { vr: 'SQ', Value: [{ '00080104': { vr: 'LO', Value: ['胸部平扫'] } }, {}] },
    '00420011': { vr: 'OB', BulkDataURI: '420011' },
  }

  test('has numbers, names, nulls, items and addresses as PS3.18 F says', async () => {
    expect(await jsonOf(elements)).toEqual(expected)
  })

  test('of an implicit data set takes the VR from PS3.6', async () => {
    expect(await jsonOf(elements, false)).toEqual(expected)
  })

  test('goes on behind values that are not read, and gives them by their address', async () => {
    const large = Buffer.alloc(6_000_000, 9)
    const given = stored([
      { tag: 0x00420011, vr: 'OB', value: large },
      { tag: 0x00420012, vr: 'LO', value: 'application/pdf' },
    ])
    const json = await dicomJsonOf(given, { bulkDataUri })
    expect(json).toMatchObject({ '00420011': { BulkDataURI: '420011' }, '00420012': { Value: ['application/pdf'] } })
    const bulk = await bulkDataOf(given, [0x00420011])
    const pieces: Buffer[] = []
    for await (const piece of bulk!.read()) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(large)).toBe(true)
  })

  test('gives a value within items by its path', async () => {
    const given = stored([
      { tag: 0x54000100, vr: 'SQ', value: [[], [{ tag: 0x54001010, vr: 'OB', value: Buffer.alloc(20_000, 3) }]] },
    ])
    const json = await dicomJsonOf(given, { bulkDataUri })
    expect(json['54000100']!.Value![1]).toEqual({ '54001010': { vr: 'OB', BulkDataURI: '54000100/1/54001010' } })
    expect((await bulkDataOf(given, [0x54000100, 1, 0x54001010]))!).toMatchObject({ kind: 'value', length: 20_000 })
    for (const wrong of [[0x54000100, 0, 0x54001010], [0x54000100, 9, 0x54001010], [0x54000100, 1], [1]])
      expect([wrong, await bulkDataOf(given, wrong)]).toEqual([wrong, undefined])
  })

  test('of a data set that breaks off is what can be read', async () => {
    const json = await jsonOf([{ tag: 0x00100020, vr: 'LO', value: 'P1' }], true, Buffer.from([0x10, 0, 0x30, 0, 0x44]))
    expect(json).toEqual({ '00100020': { vr: 'LO', Value: ['P1'] } })
  })

  test('of any bytes does no harm', async () => {
    let seed = 1
    for (let round = 0; round < 300; round++) {
      const noise = Buffer.from(
        Array.from({ length: 200 }, () => {
          seed = (seed * 1103515245 + 12345) % 2147483648
          return round % 2 === 0
            ? (seed >> 16) & 0xff
            : [0x08, 0x00, 0x53, 0x51, 0xff, 0xfe, 0xe0, 0x0d][(seed >> 16) & 7]!
        }),
      )
      expect(typeof (await jsonOf(elements.slice(0, 3), round % 3 === 0, noise))).toBe('object')
    }
  })
})

const corpus = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus'))

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  describeWith(['dcmtk'], 'beside dcm2json', () => {
    test('has the same values', async () => {
      let compared = 0
      let skipped = 0
      for (const sub of ['pydicom/test_files', 'pydicom/charset_files', 'transfer-syntaxes'])
        for (const name of readdirSync(join(corpus, sub)).filter((one) => one.endsWith('.dcm'))) {
          const path = join(corpus, sub, name)
          const bytes = readFileSync(path)
          const found = readPart10Beginning(bytes)
          const theirs = found && dcm2json(path)
          if (!found || !theirs) {
            skipped++
            continue
          }
          const { transferSyntaxUid } = found.object
          const offset = found.dataSetOffset
          const ours = await dicomJsonOf(
            { path, offset, length: bytes.length - offset, transferSyntaxUid },
            { bulkDataUri },
          )
          const isImplicit = transferSyntaxUid === implicit
          expect([name, differences(theirs, ours, isImplicit)]).toEqual([name, knownDifferences[name] ?? []])
          compared++
        }
      console.log(`corpus: ${compared} files as dcm2json says, ${skipped} that it cannot write as JSON`)
      expect(compared).toBeGreaterThan(45)
    }, 60_000)
  })
})

/** Where dcm2json is not what we want: Japanese in an item, which it cannot read. */
const knownDifferences: Readonly<Record<string, readonly string[]>> = {
  'chrSQEncoding.dcm': ['00321064/0/00100010'],
}

/** It cannot write compressed pixel data, and some character sets. */
function dcm2json(path: string): DicomJson | undefined {
  try {
    const out = execFileSync('dcm2json', [path], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1024 ** 3 })
    return JSON.parse(out.toString())
  } catch {
    return undefined
  }
}

/** The paths of elements that are not the same. Private elements of implicit data sets: dcmtk knows the VR of some vendors. */
function differences(theirs: DicomJson, ours: DicomJson, isImplicit: boolean, path = ''): string[] {
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap((tag) => {
    if (tag.startsWith('0002') || tag.endsWith('0000') || tag === '00080005') return []
    if (isImplicit && Number.parseInt(tag.slice(3, 4), 16) % 2 === 1) return []
    const [one, other] = [theirs[tag], ours[tag]]
    if (!one || !other) return [path + tag]
    if (other.BulkDataURI) return []
    if (one.vr === 'SQ' && other.vr === 'SQ' && one.Value?.length === other.Value?.length)
      return (one.Value ?? []).flatMap((item, index) =>
        differences(item as DicomJson, other.Value![index] as DicomJson, isImplicit, `${path + tag}/${index}/`),
      )
    return JSON.stringify(plain(one)) === JSON.stringify(plain(other)) ? [] : [path + tag]
  })
}

/** It keeps blanks, numbers as they are written, and empty name components. */
function plain({ vr, Value, InlineBinary }: JsonElement) {
  const values = (Value ?? []).map((value) => {
    if (typeof value === 'number') return Math.fround(value)
    if (typeof value === 'string') return vr === 'DS' || vr === 'IS' ? Math.fround(Number(value)) : value.trim()
    if (value === null || typeof value !== 'object') return value
    return Object.entries(value).map(([group, text]) => [group, String(text).replace(/[\^ ]+$/, '')])
  })
  return { vr, values, InlineBinary }
}
