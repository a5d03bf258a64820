import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { PNG } from 'pngjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleDossier } from '../documents/sample-dossier.ts'
import {
  contradictingStudy,
  dicomFile,
  openImports,
  plainDicomdir,
  type TestImports,
  uploaded,
  zipOf,
} from './imports-for-tests.ts'

let room: TestImports
let medium: string
beforeEach(async () => {
  room = await openImports()
  medium = mkdtempSync(join(tmpdir(), 'yingzhan-medium-'))
})
afterEach(async () => {
  await room.close()
  rmSync(medium, { recursive: true, force: true })
})

const examId = sampleDossier.exam.id
const png = PNG.sync.write(new PNG({ width: 20, height: 10, fill: true }))

function put(files: Readonly<Record<string, Buffer | string>>): string {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(medium, name)), { recursive: true })
    writeFileSync(join(medium, name), bytes)
  }
  return medium
}

async function jobOf(path: string, exam: string | null = null) {
  const job = await room.takePlace(path, exam)
  if ('code' in job) throw new Error(job.code)
  return job
}
const isGood = (outcome: string) => outcome !== 'refused' && outcome !== 'skipped'
const outcomes = (job: Awaited<ReturnType<typeof jobOf>>) =>
  Object.fromEntries(
    job.files.map((file) => [file.name.split('/').slice(1).join('/'), isGood(file.outcome) ? file.outcome : file.code]),
  )

test('a medium: what its directory names comes first, what it does not name is taken too, what is missing is told', async () => {
  put({
    DICOMDIR: plainDicomdir(['IMAGES/IM2', 'IMAGES/GONE', 'IMAGES/IM1']),
    'images/im1': dicomFile([], '2.25.11'),
    'images/im2': dicomFile([], '2.25.12'),
    'OTHER/UNNAMED': dicomFile([], '2.25.13'),
    'autorun.inf': '[autorun]',
    'VIEWER/viewer.exe': 'MZ',
    'VIEWER/logo.png': png,
  })
  const job = await jobOf(medium, examId)
  expect(outcomes(job)).toEqual({
    DICOMDIR: 'IMPORT-DICOMDIR',
    'images/im1': 'taken',
    'images/im2': 'taken',
    'OTHER/UNNAMED': 'taken',
    'autorun.inf': 'IMPORT-BESIDE',
    'VIEWER/viewer.exe': 'IMPORT-BESIDE',
    'VIEWER/logo.png': 'IMPORT-BESIDE',
    'IMAGES/GONE': 'IMPORT-NOT-THERE',
  })
  const taken = job.files.filter((file) => file.outcome === 'taken').map((file) => file.name.split('/').at(-1))
  expect(taken).toEqual(['im2', 'im1', 'UNNAMED'])
  expect(job).toMatchObject({ state: 'done', total: 8, done: 8, problem: null })
  expect(job.studies).toEqual([{ studyInstanceUid: '2.25.100', examId }])
})

test('the same medium in a ZIP', async () => {
  const zip = zipOf([
    { name: 'CD/VIEWER/logo.png', bytes: png },
    { name: 'CD/IMAGES/IM1', bytes: dicomFile([], '2.25.11') },
    { name: 'CD/DICOMDIR', bytes: plainDicomdir(['IMAGES/IM1']) },
  ])
  writeFileSync(join(medium, 'cd.zip'), zip)
  const job = await jobOf(join(medium, 'cd.zip'), examId)
  expect(job.counts).toMatchObject({ taken: 1, skipped: 2, refused: 0 })
  expect(job.files[0]?.name).toBe('cd.zip/CD/IMAGES/IM1')
})

test('names in GBK, as Windows writes them into a ZIP, are read in the report', async () => {
  const name = Buffer.from('b2a1c8cb2f494d31', 'hex')
  const job = await room.take([uploaded('片子.zip', zipOf([{ name, bytes: dicomFile([], '2.25.15') }]))])
  expect(job.files.map((file) => file.name)).toEqual(['片子.zip/病人/IM1'])
})

test('links are not followed and the station’s own data is not imported', async () => {
  put({ 'a/IM1': dicomFile([], '2.25.21') })
  symlinkSync(join(medium, 'a'), join(medium, 'loop'))
  symlinkSync(join(medium, 'a/IM1'), join(medium, 'link'))
  expect(outcomes(await jobOf(medium))).toEqual({ 'a/IM1': 'taken', loop: 'IMPORT-LINK', link: 'IMPORT-LINK' })
  for (const path of [room.data, join(room.data, 'images')])
    expect(await room.takePlace(path)).toMatchObject({ code: 'IMPORT-OWN-DATA' })
  const around = await jobOf(room.outside)
  expect(around.files).toMatchObject([{ outcome: 'skipped', code: 'IMPORT-OWN-DATA' }])
})

test('a place that is not there is told in words', async () => {
  expect(await room.takePlace(join(medium, 'none'))).toMatchObject({
    code: 'IMPORT-PATH',
    with: { detail: '没有这个文件夹或文件' },
  })
  expect(await room.takePlace('relative/path')).toMatchObject({ code: 'IMPORT-PATH' })
})

test('a folder of the system, or the whole disk it is on, is refused', {
  skip: process.platform === 'win32',
}, async () => {
  for (const path of ['/', '/dev', '/sys/kernel', '/proc/self'])
    expect(await room.takePlace(path), path).toMatchObject({ code: 'IMPORT-SYSTEM-FOLDER', with: { path } })
})

test('what is named as DICOM and is none, or is cut short, is refused and not passed over', async () => {
  const whole = dicomFile([], '2.25.31')
  put({
    'a/notes.txt': 'hello',
    'a/IM1.DCM': 'hello',
    'a/IM2.dcm': dicomFile([], '2.25.32').subarray(0, -5),
    IM3: whole,
  })
  expect(outcomes(await jobOf(medium))).toEqual({
    'a/notes.txt': 'IMPORT-BESIDE',
    'a/IM1.DCM': 'NOT-DICOM',
    'a/IM2.dcm': 'FILE-INCOMPLETE',
    IM3: 'taken',
  })
  expect(room.archive.counts()).toMatchObject({ instances: 1, quarantined: 0 })
})

test('folders deeper than 64 are left out', async () => {
  put({ [`${'d/'.repeat(60)}IM1`]: dicomFile([], '2.25.31'), [`${'e/'.repeat(70)}IM2`]: dicomFile([], '2.25.32') })
  const job = await jobOf(medium)
  expect(job.counts).toMatchObject({ taken: 1, refused: 1 })
})

test('pictures, papers and films need an exam; DICOM does not', async () => {
  const job = await room.take([
    uploaded('a.png', png),
    uploaded('b.pdf', Buffer.from('%PDF-1.4 %%EOF')),
    uploaded('c.txt', Buffer.from('text')),
    uploaded('d.dcm', dicomFile([], '2.25.41')),
    uploaded('empty', Buffer.alloc(0)),
  ])
  expect(job.files.map((file) => file.code)).toEqual([
    'IMPORT-NEEDS-EXAM',
    'IMPORT-NEEDS-EXAM',
    'NOT-DICOM',
    'NOT-DICOM',
    'IMPORT-TAKEN',
  ])
  expect(job.studies).toEqual([{ studyInstanceUid: '2.25.100', examId: null }])
})

test('a study of another person is refused for the exam and kept in the archive', async () => {
  const other = dicomFile([{ tag: 0x0020000d, vr: 'UI', value: contradictingStudy }], '2.25.51')
  const job = await room.take([uploaded('x', other), uploaded('y', dicomFile([], '2.25.52'))], examId)
  expect(job.files.map((file) => (isGood(file.outcome) ? file.outcome : file.code))).toEqual([
    'STUDY-CONTRADICTS',
    'taken',
  ])
  expect(room.archive.instanceByUid('2.25.51')).toBeDefined()
  expect([...room.attached]).toEqual([['2.25.100', examId]])
})

test('the same file again is already there, other bytes are another version', async () => {
  const first = dicomFile([], '2.25.61')
  const other = dicomFile([{ tag: 0x0008103e, vr: 'LO', value: 'other' }], '2.25.61')
  const job = await room.take([uploaded('1', first), uploaded('2', first), uploaded('3', other)])
  expect(job.files.map((file) => file.outcome)).toEqual(['taken', 'already-had', 'other-version'])
})

test('a source that breaks in the middle costs that file and no other', async () => {
  const bytes = dicomFile([{ tag: 0x7fe00010, vr: 'OB', value: Buffer.alloc(500_000) }], '2.25.71')
  const broken = new Readable({
    read() {
      this.push(bytes.subarray(0, 200_000))
      this.destroy(Object.assign(new Error('bad sector'), { code: 'EIO' }))
    },
  })
  const job = await room.take([
    { kind: 'file', name: 'broken', isPart: true, open: async () => broken },
    {
      kind: 'file',
      name: 'gone',
      isPart: true,
      open: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOENT' })),
    },
    uploaded('good', dicomFile([], '2.25.72')),
  ])
  expect(job.files.map((file) => (isGood(file.outcome) ? file.outcome : file.code))).toEqual([
    'IMPORT-UNREADABLE',
    'IMPORT-UNREADABLE',
    'taken',
  ])
  expect(room.archive.instanceByUid('2.25.71')).toBeUndefined()
})

test('stopped in the middle, what was taken stays', async () => {
  const started = room.imports.start({ source: 'x', examId: null, actor: 'zhang' }, async function* () {
    yield uploaded('1', dicomFile([], '2.25.81'))
    room.imports.cancel(room.imports.list()[0]!.id)
    yield uploaded('2', dicomFile([], '2.25.82'))
  })
  if (!started.ok) throw new Error(started.problem.code)
  await started.value.ended
  expect(room.imports.read(started.value.id)).toMatchObject({ state: 'cancelled', done: 1 })
  expect(room.archive.instanceByUid('2.25.81')).toBeDefined()
  expect(room.archive.instanceByUid('2.25.82')).toBeUndefined()
})

test('a full disk ends the import in words', async () => {
  let isRoom = true
  const full = await openImports({ room: () => isRoom })
  const started = full.imports.start({ source: 'x', examId: null, actor: 'zhang' }, async function* () {
    yield uploaded('1', dicomFile([], '2.25.91'))
    isRoom = false
    yield uploaded('2', dicomFile([], '2.25.92'))
  })
  if (!started.ok) throw new Error(started.problem.code)
  await started.value.ended
  const job = full.imports.read(started.value.id)
  expect(job).toMatchObject({ state: 'failed', problem: { code: 'IMPORT-NO-ROOM' }, counts: { taken: 1 } })
  await full.close()
})

test('two at once, no third; the sums are in the audit log and hold no name of a file', async () => {
  let release = () => {}
  const waiting = new Promise<void>((resolve) => {
    release = resolve
  })
  const begin = () =>
    room.imports.start({ source: '张三的片子', examId: null, actor: 'zhang' }, async function* () {
      await waiting
      yield uploaded('张三.dcm', dicomFile())
    })
  const [first, second, third] = [begin(), begin(), begin()]
  expect(third).toMatchObject({ ok: false, problem: { code: 'IMPORT-BUSY' } })
  release()
  if (!first.ok || !second.ok) throw new Error('not started')
  await Promise.all([first.value.ended, second.value.ended])
  const rows = room.audit.newest(10).filter((row) => row.action === 'import-files')
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain('张三')
  expect(room.told.filter((event) => event.topic === 'imports').length).toBeGreaterThanOrEqual(4)
})
