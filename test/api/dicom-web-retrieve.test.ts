import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { type DicomWebForTests, part10Of, partsOf, pathOf, startDicomWeb } from './dicom-web-for-tests.ts'

let web: DicomWebForTests
let small: InstanceFacts
let frames: InstanceFacts
const secondPixels = Buffer.from(Array.from({ length: 32 }, (_, at) => 100 + at))

beforeAll(async () => {
  web = await startDicomWeb()
  const one = smallObject()
  small = await web.import(part10Of(one.dataSet, one.sopInstanceUid))
  const two = smallObject([
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280008, vr: 'IS', value: '2' },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00281050, vr: 'DS', value: '40\\300' },
    { tag: 0x00281051, vr: 'DS', value: '400.5\\1500' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.102' },
    { tag: 0x7fe00010, vr: 'OW', value: Buffer.concat([Buffer.alloc(32, 1), secondPixels]) },
  ])
  frames = await web.import(part10Of(two.dataSet, two.sopInstanceUid))
})
afterAll(() => web.stop())

describe('who may', () => {
  test('nobody without the token, whatever the transaction', async () => {
    for (const path of ['/studies', pathOf(small), `${pathOf(small)}/rendered`, `${pathOf(small)}/bulkdata/7FE00010`]) {
      expect([path, (await fetch(`${web.root}${path}`)).status]).toEqual([path, 401])
      expect((await web.get(path, { authorization: 'Bearer nobody' })).status).toBe(401)
    }
    expect((await fetch(`${web.root}/studies`, { method: 'POST', body: 'x' })).status).toBe(401)
  })

  test('an auditor reads and does not store', async () => {
    const headers = { authorization: 'Bearer token-of-auditor' }
    expect((await web.get('/studies', headers)).status).toBe(200)
    const type = 'multipart/related; type="application/dicom"; boundary=x'
    const posted = await fetch(`${web.root}/studies`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: '--x--',
    })
    expect(posted.status).toBe(403)
  })

  test('no page of another origin, with the token too', async () => {
    expect((await web.get('/studies', { origin: 'http://localhost:3000' })).status).toBe(403)
  })
})

describe('an object', () => {
  test('comes as the bytes that were stored', async () => {
    const answer = await web.get(pathOf(small), {
      accept: 'multipart/related; type="application/dicom"; transfer-syntax=*',
    })
    expect(answer.headers.get('content-type')).toContain('multipart/related; type="application/dicom"')
    const [part, ...others] = await partsOf(answer)
    expect(others).toEqual([])
    expect(part!.headers['content-type']).toBe('application/dicom;transfer-syntax=1.2.840.10008.1.2.1')
    expect(part!.body.subarray(-small.sizeBytes).equals(await storedDataSet(web.archive, small.id))).toBe(true)
  })

  test('comes alone to who takes application/dicom alone', async () => {
    const answer = await web.get(pathOf(small), { accept: 'application/dicom' })
    expect(answer.headers.get('content-type')).toBe('application/dicom;transfer-syntax=1.2.840.10008.1.2.1')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length)
    expect(bytes.subarray(128, 132).toString()).toBe('DICM')
  })

  test('of a study comes with all others, of a series with its own', async () => {
    const { studyInstanceUid, seriesInstanceUid } = small
    const study = await partsOf(await web.get(`/studies/${studyInstanceUid}`))
    expect(study.map(({ headers }) => headers['content-location'])).toEqual([
      expect.stringContaining(pathOf(small)),
      expect.stringContaining(pathOf(frames)),
    ])
    expect(await partsOf(await web.get(`/studies/${studyInstanceUid}/series/${seriesInstanceUid}`))).toHaveLength(1)
  })

  test('is refused where the client wants another form', async () => {
    const refused = await web.get(pathOf(small), {
      accept: 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90',
    })
    expect(refused.status).toBe(406)
    expect((await refused.json()).error).toMatchObject({
      code: 'WEB-NOT-ACCEPTABLE',
      action: expect.stringContaining('1.2.840.10008.1.2.1'),
    })
    expect((await web.get(pathOf(small), { accept: 'application/dicom+xml' })).status).toBe(406)
    expect((await web.get(pathOf(small), { accept: 'multipart/related; type="application/dicom"; q=0' })).status).toBe(
      406,
    )
  })

  test('that is not there is 404, and one of another study too', async () => {
    for (const path of [
      '/studies/2.25.9',
      '/studies/2.25.100/series/2.25.9',
      pathOf({ ...small, studyInstanceUid: '2.25.9' }),
    ])
      for (const suffix of ['', '/metadata']) expect((await web.get(`${path}${suffix}`)).status).toBe(404)
  })

  test('whose file somebody took away is an error in words', async () => {
    const object = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '2.25.555' }])
    const lost = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
    writeFileSync(web.archive.fileOf(lost.id)!, '')
    for (const suffix of ['', '/metadata', '/bulkdata/7FE00010']) {
      const answer = await web.get(`${pathOf(lost)}${suffix}`)
      expect([suffix, answer.status, (await answer.json()).error.code]).toEqual([suffix, 500, 'WEB-FILE-MISSING'])
    }
  })
})

test('a study of which one file is gone comes without it, and says that it is not all', async () => {
  const here = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '2.25.556' }])
  const gone = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '2.25.556' }])
  await web.import(part10Of(here.dataSet, here.sopInstanceUid))
  const lost = await web.import(part10Of(gone.dataSet, gone.sopInstanceUid))
  writeFileSync(web.archive.fileOf(lost.id)!, '')
  const answer = await web.get('/studies/2.25.556')
  expect([answer.status, (await partsOf(answer)).length]).toEqual([206, 1])
})

test('an object that is not as it came is broken off before its end, alone and among others, and staff see it', async () => {
  const study = { tag: 0x0020000d, vr: 'UI', value: '2.25.557' }
  const whole = smallObject([study])
  const large = smallObject([study, { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(1_000_000, 7) }])
  await web.import(part10Of(whole.dataSet, whole.sopInstanceUid))
  const rotten = await web.import(part10Of(large.dataSet, large.sopInstanceUid))
  const path = web.archive.fileOf(rotten.id)!
  const bytes = readFileSync(path)
  bytes[500_000]! ^= 1
  writeFileSync(path, bytes)
  const took = (where: string, accept: string) =>
    web.get(where, { accept }).then(async (answer) => (await answer.arrayBuffer()).byteLength)
  await expect(took(pathOf(rotten), 'application/dicom')).rejects.toThrow('terminated')
  await expect(took('/studies/2.25.557', '*/*')).rejects.toThrow('terminated')
  const versionId = web.archive.versionsOf(large.sopInstanceUid)[0]!.id
  expect(web.archive.alarms().filter(({ subject }) => subject === versionId)).toMatchObject([
    { problem: { code: 'ARCHIVE-FILE-ALTERED' } },
  ])
})

test('a small object that is not as it came is no answer at all', async () => {
  const object = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '2.25.558' }])
  const rotten = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
  const path = web.archive.fileOf(rotten.id)!
  const bytes = readFileSync(path)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(path, bytes)
  const status = await web.get(pathOf(rotten), { accept: 'application/dicom' }).then(
    (answer) => answer.status,
    () => 'broken off',
  )
  expect([500, 'broken off']).toContain(status)
})

describe('metadata', () => {
  test('say text in UTF-8, names by groups, numbers as numbers, pixels by address', async () => {
    const answer = await web.get(`${pathOf(frames)}/metadata`, { accept: 'application/dicom+json' })
    expect(answer.headers.get('content-type')).toContain('application/dicom+json')
    const [json] = await answer.json()
    expect(json).toMatchObject({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00081030': { vr: 'LO', Value: ['胸部平扫'] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' }] },
      '00281050': { vr: 'DS', Value: [40, 300] },
      '00281051': { vr: 'DS', Value: [400.5, 1500] },
      '00280010': { vr: 'US', Value: [4] },
    })
    expect(json['7FE00010']).toEqual({ vr: 'OW', BulkDataURI: `${web.root}${pathOf(frames)}/bulkdata/7FE00010` })
    const bulk = await web.get(json['7FE00010'].BulkDataURI, { accept: 'application/octet-stream' })
    expect(Buffer.from(await bulk.arrayBuffer()).subarray(32)).toEqual(secondPixels)
  })

  test('of a device that declares the wrong character set are read as staff decided', async () => {
    const other = await startDicomWeb({ readAs: 'gb18030' })
    try {
      const name = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]) // 张三 in GB18030
      const object = smallObject([
        { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
        { tag: 0x00100010, vr: 'PN', value: name },
      ])
      const instance = await other.import(part10Of(object.dataSet, object.sopInstanceUid))
      const [json] = await (await other.get(`${pathOf(instance)}/metadata`)).json()
      expect(json['00100010'].Value).toEqual([{ Alphabetic: '张三' }])
    } finally {
      await other.stop()
    }
  })

  test('of a study stand in one list', async () => {
    expect(await (await web.get('/studies/2.25.100/metadata')).json()).toHaveLength(2)
  })
})

describe('frames', () => {
  test('are numbered from 1, several in the order asked for', async () => {
    const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*'
    const parts = await partsOf(await web.get(`${pathOf(frames)}/frames/2,1`, { accept }))
    expect(parts.map(({ body }) => body)).toEqual([secondPixels, Buffer.alloc(32, 1)])
    expect(parts[0]!.headers['content-type']).toBe('application/octet-stream;transfer-syntax=1.2.840.10008.1.2.1')
  })

  test('beyond the last are 404, no numbers 400, another type 406', async () => {
    expect((await web.get(`${pathOf(frames)}/frames/3`)).status).toBe(404)
    for (const list of ['0', '-1', 'x', '1,,2', '1;2', '999999999999']) {
      expect([list, (await web.get(`${pathOf(frames)}/frames/${list}`)).status]).toEqual([list, 400])
    }
    expect((await web.get(`${pathOf(frames)}/frames/1`, { accept: 'image/jpeg' })).status).toBe(406)
  })
})

describe('pictures', () => {
  test('are drawn with the window that is asked for', async () => {
    const answer = await web.get(`${pathOf(frames)}/frames/2/rendered?window=0,1,linear`, { accept: 'image/png' })
    expect(answer.headers.get('content-type')).toBe('image/png')
    const png = PNG.sync.read(Buffer.from(await answer.arrayBuffer()))
    expect([png.width, png.height, png.data[0]]).toEqual([4, 4, 255])
  })

  test('fit into the viewport, and are JPEG where nothing else is asked', async () => {
    const answer = await web.get(`${pathOf(frames)}/rendered?viewport=2,8&quality=70`, { accept: '*/*' })
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    const frameHeader = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    expect([bytes.readUInt16BE(frameHeader + 5), bytes.readUInt16BE(frameHeader + 7)]).toEqual([2, 2])
  })

  test('that are asked for in nonsense are refused in words', async () => {
    for (const query of [
      'window=1',
      'window=a,b,linear',
      'window=1,1,log',
      'viewport=0,0',
      'viewport=1,1,0,0',
      'quality=0',
    ])
      expect([query, (await web.get(`${pathOf(frames)}/rendered?${query}`)).status]).toEqual([query, 400])
    expect((await web.get(`${pathOf(frames)}/rendered`, { accept: 'image/gif' })).status).toBe(406)
  })

  test('of a study, a series and an object are small', async () => {
    for (const path of ['/studies/2.25.100', '/studies/2.25.100/series/2.25.102', pathOf(frames)]) {
      const answer = await web.get(`${path}/thumbnail`)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/jpeg'])
    }
  })

  test('an encapsulated PDF is given as the PDF that it holds', async () => {
    const object = smallObject([
      { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.104.1' },
      { tag: 0x0020000d, vr: 'UI', value: '2.25.777' },
      { tag: 0x00420011, vr: 'OB', value: Buffer.from('%PDF-1.7 it is') },
    ])
    const pdf = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
    const answer = await web.get(`${pathOf(pdf)}/rendered`, { accept: 'application/pdf' })
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['application/pdf', '%PDF-1.7 it is'])
  })
})

const corpus = join(
  resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus')),
  'transfer-syntaxes',
)

describe.skipIf(!existsSync(corpus))('frames of every transfer syntax (corpus)', () => {
  test('come as they are stored to OHIF, decoded to who cannot decode, and by their own name', async () => {
    const names = readdirSync(corpus).filter((name) => /^CTImage\.dcm_|J2KR$/.test(name))
    let compressed = 0
    for (const name of names) {
      const bytes = await readFile(join(corpus, name))
      const other = await startDicomWeb()
      try {
        const instance = await other.import(bytes)
        const path = `${pathOf(instance)}/frames/1`
        const asOhif = { accept: 'multipart/related; type="application/octet-stream"; transfer-syntax=*' }
        const [stored] = await partsOf(await other.get(path, asOhif))
        const isNative = /^1\.2\.840\.10008\.1\.2(\.1|\.2|\.1\.99)?$/.test(instance.transferSyntaxUid)
        const syntax = isNative ? '1.2.840.10008.1.2.1' : instance.transferSyntaxUid
        expect([name, stored!.headers['content-type']]).toEqual([
          name,
          `application/octet-stream;transfer-syntax=${syntax}`,
        ])
        const asPlain = {
          accept: 'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1',
        }
        const [plain] = await partsOf(await other.get(path, asPlain))
        const bytesPerPixel = instance.transferSyntaxUid === '1.2.840.10008.1.2.4.50' ? 1 : 2
        expect([name, plain!.body.length]).toEqual([name, instance.rows * instance.columns * bytesPerPixel])
        if (isNative) continue
        compressed++
        expect([name, bytes.includes(stored!.body.subarray(0, 200))]).toEqual([name, true])
        const [own] = await partsOf(await other.get(path, { accept: 'multipart/related; type="image/*"' }))
        expect(own!.headers['content-type']).toMatch(/^image\/(jpeg|jls|jp2|dicom-rle);transfer-syntax=/)
        expect(own!.body.equals(stored!.body)).toBe(true)
      } finally {
        await other.stop()
      }
    }
    console.log(`corpus: frames of ${names.length} files retrieved, ${compressed} of them compressed`)
    expect(compressed).toBeGreaterThan(8)
  }, 60_000)
})
