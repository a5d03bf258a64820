import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBuffer } from 'yauzl'
import { encodeText } from '../../shared/dicom/encode-text.ts'
import type { ImportJob } from '../../shared/models/import-job.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { dicomFile } from '../imports/imports-for-tests.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

let station: StationForTests
let exam: { id: string; patientId: string; accessionNumber: string }
let instances: InstanceFacts[]
const study = newUid()
const series = [newUid(), newUid()]
const identityNumber = '220102198803051230'

beforeAll(async () => {
  station = await startStation()
  const { api } = station
  exam = (await api.examRegister({ body: registration('欧阳娜娜', { phone: '13912345678' }) })) as typeof exam
  const files = [image(0, 1), image(0, 2), image(1, 1)]
  for (const [index, file] of files.entries()) await importFile(`${index}.dcm`, file)
  const page = await api.examRead({ params: { id: exam.id } })
  instances = page.studies.flatMap((one) => one.instances)
  expect(instances).toHaveLength(3)
}, 60_000)
afterAll(() => station.stop())

/** Of the exam's person; the second series is a film of three frames. */
function image(ofSeries: number, number: number): Buffer {
  const frames = ofSeries === 1 ? 3 : 1
  return dicomFile([
    { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
    { tag: 0x00080050, vr: 'SH', value: exam.accessionNumber },
    { tag: 0x0008103e, vr: 'LO', value: ofSeries === 1 ? '动态/造影' : '胸部 正位' },
    { tag: 0x00100010, vr: 'PN', value: 'OUYANG^NANA=欧阳^娜娜' },
    { tag: 0x00100020, vr: 'LO', value: exam.patientId },
    { tag: 0x00104000, vr: 'LT', value: `身份证 ${identityNumber}` },
    { tag: 0x0020000d, vr: 'UI', value: study },
    { tag: 0x0020000e, vr: 'UI', value: series[ofSeries]! },
    { tag: 0x00200011, vr: 'IS', value: String(ofSeries + 1) },
    { tag: 0x00200013, vr: 'IS', value: String(number) },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: String(frames) },
    { tag: 0x00280010, vr: 'US', value: 40 },
    { tag: 0x00280011, vr: 'US', value: 60 },
    { tag: 0x00280100, vr: 'US', value: 8 },
    { tag: 0x00280101, vr: 'US', value: 8 },
    { tag: 0x00280102, vr: 'US', value: 7 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    { tag: 0x00291010, vr: 'LO', value: '欧阳娜娜' },
    { tag: 0x7fe00010, vr: 'OB', value: Buffer.from(Array.from({ length: 2400 * frames }, (_, at) => at % 251)) },
  ])
}

const boundary = 'the-edge'
async function importFile(name: string, bytes: Buffer): Promise<void> {
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="examId"\r\n\r\n${exam.id}\r\n`),
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = {
    authorization: `Bearer ${station.token}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  }
  const answer = await station.send('POST', '/api/imports', { headers, body })
  for (let job = answer.json as ImportJob; job.state === 'running'; )
    job = await station.api.importRead({ params: { id: job.id } })
}

/** Every entry of a ZIP, as another program unpacks it. */
function unpacked(zip: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, Buffer>()
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error || !file) return reject(error)
      file.on('error', reject)
      file.on('end', () => resolve(found))
      file.on('entry', (entry: { fileName: string }) =>
        file.openReadStream(entry as never, (failed, stream) => {
          if (failed || !stream) return reject(failed)
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => {
            found.set(entry.fileName, Buffer.concat(parts))
            file.readEntry()
          })
        }),
      )
      file.readEntry()
    })
  })
}

const exported = async (form: string, query: object = {}) => {
  const answer = await station.call('examExport', { params: { id: exam.id, form }, query })
  expect(answer.status).toBe(200)
  return { answer, entries: await unpacked(answer.bytes) }
}
const actions = () => station.api.auditList().then((rows) => JSON.stringify(rows))

describe('the tags of an image', () => {
  test('are decoded, private ones too', async () => {
    const tags = await station.api.instanceTags({ params: { id: instances[0]!.id } })
    expect(tags.find((one) => one.keyword === 'PatientName')?.value).toBe('OUYANG^NANA=欧阳^娜娜')
    expect(tags.some((one) => one.tag === '(0029,1010)' && one.keyword === '')).toBe(true)
    expect((await station.call('instanceTags', { params: { id: 'nothing' } })).status).toBe(404)
  })
})

describe('an image as a file', () => {
  test('is the data set as it was received, with its name, and the audit log knows who took it', async () => {
    const answer = await station.call('instanceFile', { params: { id: instances[0]!.id } })
    expect(answer.headers['content-disposition']).toContain('.dcm')
    const original = image(0, 1)
    const dataSet = original.subarray(original.indexOf('GB18030') - 8)
    expect(answer.bytes.subarray(-1 * dataSet.length + 200).equals(dataSet.subarray(200))).toBe(true)
    expect(await actions()).toContain('download-image')
  })
})

describe('an exam as a ZIP', () => {
  test('of DICOM files as they came, a folder a series', async () => {
    const { answer, entries } = await exported('dicom')
    expect([...entries.keys()]).toEqual(['S01 胸部 正位/0001.dcm', 'S01 胸部 正位/0002.dcm', 'S02 动态 造影/0001.dcm'])
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toMatch(
      /影像_欧阳娜娜_.*_DICOM_\d{8}\.zip/,
    )
    const file = await station.call('instanceFile', { params: { id: instances[2]!.id } })
    expect(entries.get('S02 动态 造影/0001.dcm')!.equals(file.bytes)).toBe(true)
  })

  test('of pictures that anybody opens, one a frame', async () => {
    const { entries } = await exported('jpeg')
    expect([...entries.keys()]).toEqual([
      'S01 胸部 正位/0001.jpg',
      'S01 胸部 正位/0002.jpg',
      'S02 动态 造影/0001-001.jpg',
      'S02 动态 造影/0001-002.jpg',
      'S02 动态 造影/0001-003.jpg',
    ])
    for (const picture of entries.values()) expect(picture.readUInt16BE(0)).toBe(0xffd8)
  })

  test('without the person: not one byte of who it is, in any character set', async () => {
    const { answer, entries } = await exported('anonymised')
    expect([...entries.keys()]).toEqual(['S01/0001.dcm', 'S01/0002.dcm', 'S02/0001.dcm', 'README.txt'])
    const found = station.api.examRead({ params: { id: exam.id } })
    const { patient } = await found
    const words = [
      '欧阳娜娜',
      '欧阳^娜娜',
      '欧阳',
      '娜娜',
      'OUYANG',
      'NANA',
      identityNumber,
      '13912345678',
      exam.patientId,
    ]
    words.push(
      exam.accessionNumber,
      study,
      ...series,
      ...instances.map((one) => one.sopInstanceUid),
      '19880305',
      '1988-03-05',
    )
    words.push(patient.namePinyin)
    const everything = Buffer.concat([...entries].flatMap(([name, bytes]) => [Buffer.from(name), bytes]))
    const inHeaders = Buffer.from(decodeURIComponent(JSON.stringify(answer.headers)))
    const told = words.filter((word) =>
      (['utf-8', 'gb18030', 'iso-2022-ir-58'] as const).some((set) =>
        [everything, inHeaders].some((bytes) => bytes.includes(encodeText(word, set))),
      ),
    )
    expect(told).toEqual([])
    expect(entries.get('S02/0001.dcm')!.subarray(-7200).equals(image(1, 1).subarray(-7200))).toBe(true)
    expect(entries.get('README.txt')!.toString()).toContain('S01/0001.dcm')
  })

  test('of chosen images only; another exam’s are not given out under its name', async () => {
    const { entries } = await exported('dicom', { instances: instances[1]!.id })
    expect([...entries.keys()]).toHaveLength(1)
    const other = await station.api.examRegister({ body: registration('李四') })
    const stolen = await station.call('examExport', {
      params: { id: other.id, form: 'dicom' },
      query: { instances: instances[0]!.id },
    })
    expect(stolen.status).toBe(404)
    expect(errorOf(await station.call('examExport', { params: { id: other.id, form: 'dicom' } })).code).toBe(
      'NO-IMAGES',
    )
    expect((await station.call('examExport', { params: { id: exam.id, form: 'exe' } })).status).toBe(404)
    expect(await actions()).toContain('export-images')
  })
})

describe('key images through the API', () => {
  const key = (more: object = {}) => ({ instanceId: instances[2]!.id, frame: 3, caption: '动态末帧', ...more })
  test('are saved with a screen’s picture of more than 2 MiB together, read again, and drawn where none was given', async () => {
    const screen = await station.call('rendered', { params: { id: instances[0]!.id, frame: '0' } })
    const padded = Buffer.concat([screen.bytes, Buffer.alloc(440_000)])
    const picture = padded.toString('base64')
    const body = [key(), ...Array.from({ length: 7 }, () => key({ picture }))]
    const saved = await station.api.keyImageSave({ params: { id: exam.id }, body })
    expect(saved).toHaveLength(8)
    expect(await station.api.keyImageList({ params: { id: exam.id } })).toEqual(saved)
  })

  test('are refused without a frame, with no JPEG, and by the one who may not write', async () => {
    const save = (body: unknown, token?: string) =>
      station.call('keyImageSave', { params: { id: exam.id }, body, ...(token && { token }) })
    expect(errorOf(await save([key({ frame: 4 })])).message).toContain('第 1 幅')
    const png = PNG.sync.write(new PNG({ width: 4, height: 4 })).toString('base64')
    expect(errorOf(await save([key(), key({ picture: png })])).message).toContain('第 2 幅')
    const broken = Buffer.from('ffd8ffe000104a46494600', 'hex').toString('base64')
    expect(errorOf(await save([key({ picture: broken })])).code).toBe('KEY-IMAGE')
    expect((await save(Array.from({ length: 9 }, () => key()))).status).toBe(400)
    expect((await station.call('keyImageList', { params: { id: 'none' } })).status).toBe(404)
  })
})

describe('a stored file that was damaged', () => {
  test('is left out of the anonymised ZIP and named, and is never given out whole', async () => {
    const stored = filesOf(station.dataFolder)
    expect(stored.length).toBeGreaterThanOrEqual(3)
    const bytes = readFileSync(stored[0]!)
    bytes[bytes.length - 3]! ^= 0xff
    writeFileSync(stored[0]!, bytes)
    const { entries } = await exported('anonymised')
    expect([...entries.keys()].filter((name) => name.endsWith('.dcm'))).toHaveLength(2)
    expect(entries.get('README.txt')!.toString()).toContain('未收入')
    const { entries: whole } = await exported('dicom')
    expect([...whole.keys()]).toContain('未能导出.txt')
    truncateSync(stored[0]!, 200)
    expect((await station.call('instanceTags', { params: { id: instances[0]!.id } })).status).toBe(200)
  })
})

function filesOf(folder: string): string[] {
  const store = join(folder, 'images', 'store')
  return readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => join(store, name))
}
