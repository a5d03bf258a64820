import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { part10Beginning } from '../../../electron/station/archive/part10.ts'
import type { ImportJob } from '../../../shared/models/import-job.ts'
import { zipOf } from '../../imports/imports-for-tests.ts'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'
import { until } from '../../stand-ins/until.ts'

let clinic: ImageClinic
let place: string
beforeAll(async () => {
  clinic = await openImageClinic()
  place = mkdtempSync(join(tmpdir(), 'yingzhan-place-'))
}, 60_000)
afterAll(async () => {
  await clinic.close()
  rmSync(place, { recursive: true, force: true })
})
const corpus = new URL('../../../../shared/corpus/pydicom/test_files/dicomdirtests', import.meta.url).pathname

let number = 0
async function registered() {
  number++
  const exam = await clinic.register(
    {
      name: `卓${'甲乙丙丁戊己庚辛壬癸'[number % 10]}${'子丑寅卯'[Math.floor(number / 10)]}`,
      sex: 'M',
      birthDate: `1970-01-${String(number + 1).padStart(2, '0')}`,
      identity: undefined,
    },
    { modality: 'CT', bodyPart: '胸部', itemCode: 'CT001', itemName: '胸部CT平扫' },
  )
  const { patient } = await clinic.page(exam.id)
  return {
    exam,
    order: {
      patient: { name: patient.name, patientId: exam.patientId, sex: patient.sex, birthDate: patient.birthDate },
      accessionNumber: exam.accessionNumber,
    },
  }
}
type Order = Awaited<ReturnType<typeof registered>>['order']
function files(order: Order, count: number, more: object = {}) {
  const { objects, studyInstanceUid } = clinic
    .device()
    .takeImages({ ...order, instances: count, modality: 'CT', ...more })
  return {
    studyInstanceUid,
    objects,
    files: objects.map((one) => Buffer.concat([part10Beginning({ callingAeTitle: 'X', ...one }), one.dataSet])),
  }
}
async function ended(job: ImportJob): Promise<ImportJob> {
  return until(
    'import',
    async () => {
      const now = await clinic.api().importRead({ params: { id: job.id } })
      return now.state !== 'running' && now
    },
    60_000,
  ) as Promise<ImportJob>
}
const fromFolder = async (path: string, examId?: string) =>
  ended(await clinic.as('technician').importFolder({ body: { path, ...(examId && { examId }) } }))
const fresh = () => mkdtempSync(join(place, 'f-'))

test('a ZIP with nested and Chinese names, a GBK name, traversal, a link and a bomb', async () => {
  const { exam, order } = await registered()
  const made = files(order, 3)
  const folder = fresh()
  const bomb = Buffer.alloc(600_000_000)
  writeFileSync(
    join(folder, 'all.zip'),
    zipOf([
      { name: '光盘/患者/影像1', bytes: made.files[0]! },
      { name: Buffer.from('d0d5c3fb2e64636d', 'hex'), bytes: made.files[1]! },
      { name: '../../../../tmp/t1-evil.dcm', bytes: made.files[2]! },
      { name: '/etc/t1-evil', bytes: made.files[2]! },
      { name: 'link', bytes: Buffer.from('/etc/passwd'), unixMode: 0o120777 },
      { name: 'deep.zip', bytes: zipOf([{ name: 'x/1', bytes: made.files[2]! }]) },
      { name: 'locked', bytes: made.files[0]!, flags: 1 },
    ]),
  )
  writeFileSync(join(folder, 'bomb.zip'), zipOf([{ name: 'zero', bytes: bomb, method: 8 }]))
  const job = await fromFolder(folder)

  expect(existsSync('/tmp/t1-evil.dcm')).toBe(false)
  expect((await clinic.page(exam.id)).studies.flatMap((x) => x.instances)).toHaveLength(job.counts.taken ?? 0)
  expect(job.counts.refused).toBeGreaterThanOrEqual(4)
})
test('links in a folder lead nowhere, not to the data folder, /proc or a pipe either', async () => {
  const folder = fresh()
  symlinkSync('/etc/hostname', join(folder, 'a'))
  symlinkSync(folder, join(folder, 'loop'))
  spawnSync('mkfifo', [join(folder, 'pipe')])
  mkdirSync(join(folder, 'closed'), { mode: 0 })
  const job = await fromFolder(folder)

  expect(job.state).toBe('done')
  expect(job.counts.taken ?? 0).toBe(0)
  for (const path of [
    'relative',
    '/',
    '/dev',
    '/proc',
    '/nowhere',
    clinic.station().dataFolder,
    join(clinic.station().dataFolder, 'images'),
    '/there/\0x',
  ]) {
    const answer = await clinic.call('technician', 'importFolder', { body: { path } })

    if (answer.status === 200) await clinic.call('technician', 'importCancel', { params: { id: answer.json.id } })
  }
}, 60_000)
test.runIf(existsSync(corpus))(
  'each DICOMDIR medium of the corpus',
  async () => {
    const job = await fromFolder(corpus)

    expect(job.state).toBe('done')

    const again = await fromFolder(corpus)
    expect(again.counts.taken ?? 0).toBe(0)
  },
  60_000,
)
test('pictures, a PDF and a film become objects of the exam, and without an exam they are refused', async () => {
  const { exam } = await registered()
  const folder = fresh()
  writeFileSync(join(folder, '截图.png'), PNG.sync.write(new PNG({ width: 33, height: 17, fill: true })))
  writeFileSync(join(folder, '报告.pdf'), Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'))
  const none = await fromFolder(folder)

  expect((none.counts.made ?? 0) + (none.counts.taken ?? 0)).toBe(0)
  const job = await fromFolder(folder, exam.id)

  expect(job.counts.made).toBe(2)
  const page = await clinic.page(exam.id)
  expect(page.mismatches).toEqual([])
  for (const { id, sopInstanceUid, studyInstanceUid, seriesInstanceUid } of page.studies.flatMap((x) => x.instances)) {
    const got = await clinic
      .station()
      .send('GET', `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`, {
        headers: {
          authorization: `Bearer ${clinic.token('doctor')}`,
          accept: 'multipart/related; type="application/dicom"; transfer-syntax=*',
        },
      })
    expect(got.status).toBe(200)
    const at = got.bytes.indexOf('\r\n\r\n') + 4
    const path = join(folder, `${id}.dcm`)
    writeFileSync(path, got.bytes.subarray(at, got.bytes.lastIndexOf('\r\n--')))
    const dump = spawnSync('dcmdump', ['+U8', '-Un', path], { encoding: 'utf8' })
    expect(dump.stdout).toContain(exam.patientId)
    expect(dump.stdout).toContain(exam.accessionNumber)
    expect(dump.stderr).toBe('')
  }
  await fromFolder(folder, exam.id)

  const cancelled = await registered()
  await clinic.api().examCancel({ params: { id: cancelled.exam.id }, body: { reason: '未到' } })
  await clinic.call('technician', 'importFolder', { body: { path: folder, examId: cancelled.exam.id } })

  const unknown = await clinic.call('technician', 'importFolder', { body: { path: folder, examId: 'nobody' } })
  expect(unknown.status).toBe(404)
})
test("another patient's images imported into an exam are refused, whatever the exam", async () => {
  const [one, two] = [await registered(), await registered()]
  const folder = fresh()
  const made = files(two.order, 1)
  writeFileSync(join(folder, 'a.dcm'), made.files[0]!)
  await fromFolder(folder, one.exam.id)

  expect(await clinic.whereIs(made.studyInstanceUid)).not.toBe(one.exam.id)
})
test('an import of what a device sends at the same moment: each object once', async () => {
  const { exam, order } = await registered()
  const made = files(order, 20)
  const folder = fresh()
  made.files.forEach((bytes, at) => {
    writeFileSync(join(folder, `${at}.dcm`), bytes)
  })
  const [_a, _b] = await Promise.all([fromFolder(folder), fromFolder(folder), clinic.sendObjects(made.objects)])

  const uids = (await clinic.page(exam.id)).studies.flatMap((x) => x.instances.map((i) => i.sopInstanceUid))
  expect(uids).toHaveLength(20)
  expect((await clinic.api().conflictList()).length).toBe(0)
}, 60_000)
