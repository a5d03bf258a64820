import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ImportJob } from '../../shared/models/import-job.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { readIso } from '../documents/read-iso.ts'
import { dicomFile, plainDicomdir, zipOf } from '../imports/imports-for-tests.ts'
import { errorOf, runStation, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

const png = PNG.sync.write(new PNG({ width: 20, height: 10, fill: true }))

let station: StationForTests
let medium: string
beforeAll(async () => {
  station = await startStation()
  medium = mkdtempSync(join(tmpdir(), 'yingzhan-medium-'))
}, 60_000)
afterAll(async () => {
  await station.stop()
  rmSync(medium, { recursive: true, force: true })
})

const boundary = 'the-edge'
function form(files: Readonly<Record<string, Buffer>>, fields: Readonly<Record<string, string>> = {}): Buffer {
  return Buffer.concat([
    ...Object.entries(fields).map(([name, value]) =>
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
    ),
    ...Object.entries(files).flatMap(([name, bytes]) => [
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
}
const headers = () => ({
  authorization: `Bearer ${station.token}`,
  'content-type': `multipart/form-data; boundary=${boundary}`,
})
const upload = (path: string, body: Buffer) => station.send('POST', path, { headers: headers(), body })
const newExam = (name = '张伟') => station.api.examRegister({ body: registration(name) })

/** Of the exam's person, in a study of its own. */
function imageOf(exam: { patientId: string }, studyInstanceUid = newUid()): Buffer {
  return dicomFile([
    { tag: 0x00080050, vr: 'SH', value: '' },
    { tag: 0x00100010, vr: 'PN', value: 'Zhang^Wei=张^伟' },
    { tag: 0x00100020, vr: 'LO', value: exam.patientId },
    { tag: 0x0020000d, vr: 'UI', value: studyInstanceUid },
    { tag: 0x0020000e, vr: 'UI', value: newUid() },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00280101, vr: 'US', value: 16 },
    { tag: 0x00280102, vr: 'US', value: 15 },
    { tag: 0x00280103, vr: 'US', value: 0 },
  ])
}

async function ended(job: ImportJob): Promise<ImportJob> {
  for (let now = job; ; now = await station.api.importRead({ params: { id: job.id } }))
    if (now.state !== 'running') return now
}

describe('what is put into an exam', () => {
  test('DICOM, a ZIP, a picture and a paper are taken; what is none is refused, each by its name', async () => {
    const exam = await newExam()
    const body = form({
      'a.dcm': imageOf(exam),
      'b.zip': zipOf([{ name: 'x/IM1', bytes: imageOf(exam) }, { name: 'x/readme.txt' }]),
      'c.png': png,
      'd.pdf': Buffer.from('%PDF-1.4 %%EOF'),
      'e.txt': Buffer.from('text'),
    })
    const answer = await upload(`/api/exams/${exam.id}/attachments`, body)
    expect(answer.status).toBe(200)
    expect(answer.json.taken.map((one: { file: string }) => one.file)).toEqual([
      'a.dcm',
      'b.zip/x/IM1',
      'c.png',
      'd.pdf',
    ])
    for (const one of answer.json.taken) expect(one.sopInstanceUid).toMatch(/^[\d.]+$/)
    const refused = answer.json.refused.map((one: { file: string; code: string }) => [one.file, one.code])
    expect(refused).toEqual([
      ['b.zip/x/readme.txt', 'IMPORT-BESIDE'],
      ['e.txt', 'NOT-DICOM'],
    ])
    const page = await station.api.examRead({ params: { id: exam.id } })
    expect(JSON.stringify(page)).toContain(answer.json.taken[2].sopInstanceUid)
  })

  test('a picture of another exam’s study goes into its own exam only', async () => {
    const [one, other] = [await newExam(), await newExam('李四')]
    const [first, second] = [
      await upload(`/api/exams/${one.id}/attachments`, form({ 'p.png': png })),
      await upload(`/api/exams/${other.id}/attachments`, form({ 'p.png': png })),
    ]
    expect(first.json.taken[0].sopInstanceUid).not.toBe(second.json.taken[0].sopInstanceUid)
    const again = await upload(`/api/exams/${one.id}/attachments`, form({ 'p.png': png }))
    expect(again.json.taken).toEqual(first.json.taken)
  })

  test('a picture beside images that a device numbered in its own way does not look like a second person', async () => {
    const exam = await newExam()
    const uid = newUid()
    const image = imageOf({ patientId: 'TYPED-1' }, uid)
    await upload('/api/imports', form({ 'a.dcm': image }))
    await station.api.trayAttach({
      params: { studyInstanceUid: uid },
      body: { examId: exam.id, confirmMismatch: true },
    })
    const answer = await upload(`/api/exams/${exam.id}/attachments`, form({ 'p.png': png }))
    expect(answer.json.refused).toEqual([])
    const page = await station.api.examRead({ params: { id: exam.id } })
    expect(JSON.stringify(page)).toContain(answer.json.taken[0].sopInstanceUid)
    const job = (await station.api.importList())[0]
    expect(job?.studies).toEqual([{ studyInstanceUid: uid, examId: exam.id }])
  })

  test('another person’s images are refused with what contradicts, and wait in the tray', async () => {
    const exam = await newExam()
    const uid = newUid()
    const other = dicomFile([
      { tag: 0x00080050, vr: 'SH', value: '' },
      { tag: 0x00100040, vr: 'CS', value: 'F' },
      { tag: 0x0020000d, vr: 'UI', value: uid },
    ])
    const answer = await upload(`/api/exams/${exam.id}/attachments`, form({ 'other.dcm': other }))
    expect(answer.json.taken).toEqual([])
    expect(answer.json.refused).toMatchObject([{ file: 'other.dcm', code: 'STUDY-CONTRADICTS' }])
    expect((await station.api.trayList()).some((one) => one.header.studyInstanceUid === uid)).toBe(true)
  })

  test('an exam that is not there is 404', async () => {
    expect((await upload('/api/exams/none/attachments', form({ 'p.png': png }))).status).toBe(404)
  })
})

describe('an import', () => {
  test('of files with their folders keeps names, says where studies went, and lies in the list', async () => {
    const exam = await newExam()
    const uid = newUid()
    const body = form(
      { 'CD/IMG/1': imageOf(exam, uid), 'CD/autorun.inf': Buffer.from('x'), 'CD/p.png': png },
      { examId: exam.id },
    )
    const answer = await upload('/api/imports', body)
    expect(answer.json).toMatchObject({
      state: 'done',
      done: 3,
      examId: exam.id,
      counts: { taken: 1, made: 1, skipped: 1 },
    })
    expect(answer.json.files.map((file: { name: string }) => file.name)).toContain('CD/IMG/1')
    expect(answer.json.studies).toContainEqual({ studyInstanceUid: uid, examId: exam.id })
    expect((await station.api.importList())[0]).toEqual(answer.json)
  })

  test('without an exam goes to the tray', async () => {
    const uid = newUid()
    const answer = await upload('/api/imports', form({ a: imageOf({ patientId: 'nobody' }, uid), 'b.png': png }))
    expect(answer.json.counts).toMatchObject({ taken: 1, refused: 1 })
    expect(answer.json.files[0].code).toBe('IMPORT-NEEDS-EXAM')
    expect(answer.json.studies).toEqual([{ studyInstanceUid: uid, examId: null }])
  })

  test('of a medium on this computer is watched by its id and can be stopped', async () => {
    mkdirSync(join(medium, 'IMAGES'))
    writeFileSync(join(medium, 'DICOMDIR'), plainDicomdir(['IMAGES/IM0', 'IMAGES/IM1']))
    for (const index of [0, 1]) writeFileSync(join(medium, `IMAGES/IM${index}`), imageOf({ patientId: 'nobody' }))
    const job = await ended(await station.api.importFolder({ body: { path: medium } }))
    expect(job).toMatchObject({ state: 'done', total: 3, counts: { taken: 2, skipped: 1 } })
    expect(await station.api.importCancel({ params: { id: job.id } })).toMatchObject({ state: 'done' })
    const wrong = await station.call('importFolder', { body: { path: station.data } })
    expect([wrong.status, errorOf(wrong).code]).toEqual([400, 'IMPORT-OWN-DATA'])
    expect(errorOf(await station.call('importFolder', { body: { path: join(medium, 'none') } })).code).toBe(
      'IMPORT-PATH',
    )
    expect((await station.call('importRead', { params: { id: 'none' } })).status).toBe(404)
  })

  test('that breaks off keeps what came and leaves nothing behind', async () => {
    const whole = form({
      first: imageOf({ patientId: 'nobody' }),
      'second.zip': zipOf([{ name: 'x', bytes: Buffer.alloc(3_000_000, 7), method: 0 }]),
    })
    const before = new Set((await station.api.importList()).map((job) => job.id))
    const { port } = new URL(station.url)
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: '/api/imports',
      headers: { ...headers(), 'content-length': whole.length },
    })
    outgoing.on('error', () => {})
    outgoing.write(whole.subarray(0, 1_500_000))
    const own = async () => (await station.api.importList()).find((job) => !before.has(job.id))
    for (;;) if (((await own())?.done ?? 0) > 0) break
    outgoing.destroy()
    const job = await ended((await own())!)
    expect(job.state).toBe('failed')
    expect(job.counts.taken).toBe(1)
    expect(readdirSync(join(station.data, 'images/incoming/import'))).toEqual([])
  })

  test('of 600 MB does not sit in memory', async () => {
    const block = Buffer.alloc(1024 * 1024, 'noise that is no image')
    const { port } = new URL(station.url)
    const head = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.zip"\r\n\r\n`)
    const start = zipOf([{ name: 'a', bytes: Buffer.from('x') }])
    const most = () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${station.child.pid}/status`, 'utf8'))![1]) / 1024
    if (process.platform !== 'linux') return
    const before = most()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port, method: 'POST', path: '/api/imports', headers: headers() },
        (answer) => {
          answer.resume()
          answer.on('end', () => resolve(answer.statusCode))
        },
      )
      outgoing.on('error', reject)
      outgoing.write(head)
      outgoing.write(start)
      let sent = 0
      const more = () => {
        while (sent < 600) {
          sent++
          if (!outgoing.write(block)) return outgoing.once('drain', more)
        }
        return outgoing.end(`\r\n--${boundary}--\r\n`)
      }
      more()
    })
    expect(status).toBe(200)
    expect((await station.api.importList())[0]?.files[0]).toMatchObject({ outcome: 'refused', code: 'ZIP-DAMAGED' })
    expect(most() - before).toBeLessThan(200)
    expect(readdirSync(join(station.data, 'images/incoming/import'))).toEqual([])
  }, 60_000)
})

describe('what a patient takes away', () => {
  let exam: { id: string; accessionNumber: string; patientId: string }
  beforeAll(async () => {
    exam = await newExam()
    await upload(`/api/exams/${exam.id}/attachments`, form({ a: imageOf(exam), 'p.png': png }))
  })

  test('as ISO and ZIP: the stored files, a directory, and pictures that open', async () => {
    const iso = await station.call('takeAway', { params: { id: exam.id, form: 'iso' } })
    expect(iso.status, iso.text.slice(0, 300)).toBe(200)
    expect(Number(iso.headers['content-length'])).toBe(iso.bytes.length)
    const files = readIso(iso.bytes, 'joliet')
    expect([...files.keys()].sort()).toEqual([
      'DICOMDIR',
      'IMAGES/SE000001/IM000001',
      'IMAGES/SE000002/IM000001',
      'JPEG/1-1.jpg',
      'JPEG/2-1.jpg',
      'README.TXT',
    ])
    expect(files.get('JPEG/1-1.jpg')?.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    expect(files.get('README.TXT')?.toString()).toContain('姓名：张伟')
    const zip = await station.call('takeAway', { params: { id: exam.id, form: 'zip' } })
    expect(zip.bytes.toString('latin1', 0, 2)).toBe('PK')
    expect(decodeURIComponent(String(zip.headers['content-disposition']))).toContain(
      `影像_张伟_${exam.accessionNumber}`,
    )
  })

  test('into a folder, which an import finds again as it was', async () => {
    const stick = join(medium, 'stick')
    mkdirSync(stick)
    const written = await station.api.takeAwayFolder({ params: { id: exam.id }, body: { folder: stick } })
    expect(existsSync(join(written.folder, 'DICOMDIR'))).toBe(true)
    const job = await ended(await station.api.importFolder({ body: { path: written.folder } }))
    expect(job.counts).toMatchObject({ 'already-had': 2, refused: 0, 'other-version': 0 })
    const audit = JSON.stringify(await station.api.auditList())
    expect(audit).toContain('take-away')
  })

  test('an exam without anything, another form, a place that is not there', async () => {
    const empty = await newExam()
    const codeOf = async (name: 'takeAway' | 'takeAwayFolder', input: object) =>
      errorOf(await station.call(name, input)).code
    expect(await codeOf('takeAway', { params: { id: empty.id, form: 'iso' } })).toBe('TAKE-AWAY-NOTHING')
    expect(await codeOf('takeAway', { params: { id: exam.id, form: 'rar' } })).toBe('NOT-FOUND')
    expect(await codeOf('takeAwayFolder', { params: { id: exam.id }, body: { folder: '/none' } })).toBe(
      'TAKE-AWAY-FOLDER',
    )
  })
})

test('what a killed station left of an upload is gone when it starts again', async () => {
  const first = await startStation()
  await first.end('SIGKILL')
  const left = join(first.data, 'images/incoming/import/left-over')
  writeFileSync(left, 'half a ZIP')
  const again = runStation({ dataFolder: first.dataFolder })
  expect(await again.first).toMatchObject({ event: 'ready' })
  expect(existsSync(left)).toBe(false)
  again.child.kill('SIGTERM')
  await again.ended
  rmSync(first.dataFolder, { recursive: true, force: true })
}, 60_000)
