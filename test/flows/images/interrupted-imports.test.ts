import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { part10Beginning } from '../../../electron/station/archive/part10.ts'
import type { ImportJob } from '../../../shared/models/import-job.ts'
import { mp4Of } from '../../archive/mp4-for-tests.ts'
import { zipOf } from '../../imports/imports-for-tests.ts'
import { describeWith } from '../../peers.ts'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'
import { errorOf } from '../../stand-ins/station-for-tests.ts'
import { writeTinyStudy } from '../../stand-ins/tiny-objects.ts'
import { until } from '../../stand-ins/until.ts'

let clinic: ImageClinic
let place: string
describeWith(['dcmtk', 'unzip'], 'an import that is interrupted', () => {
  beforeAll(async () => {
    clinic = await openImageClinic()
    place = mkdtempSync(join(tmpdir(), 'yingzhan-interrupted-'))
  }, 60_000)
  afterAll(async () => {
    await clinic.close()
    rmSync(place, { recursive: true, force: true })
  })

  const many = 400
  let studies = 0
  /** A folder of small objects of one study that nobody expects. */
  function mediumOf(count: number) {
    studies++
    const studyInstanceUid = `2.25.7700${studies}`
    const folder = join(place, `medium-${studies}`)
    const uids = writeTinyStudy(folder, count, { studyInstanceUid, patientId: `NOBODY-${studies}` })
    return { folder, studyInstanceUid, uids }
  }
  const begin = (path: string, examId?: string) =>
    clinic.as('technician').importFolder({ body: { path, ...(examId && { examId }) } })
  const read = (id: string) => clinic.api().importRead({ params: { id } })
  const cancel = (id: string) => clinic.as('technician').importCancel({ params: { id } })
  const ended = (job: ImportJob) =>
    until('the import ended', async () => {
      const now = await read(job.id)
      return now.state !== 'running' && now
    })
  const underWay = (job: ImportJob, least = 5) =>
    until('some files are in', async () => {
      const now = await read(job.id)
      return (now.done >= least || now.state !== 'running') && now
    })
  async function storedOf(studyInstanceUid: string): Promise<string[]> {
    const { status, text } = await clinic
      .station()
      .send('GET', `/dicom-web/studies/${studyInstanceUid}/instances?limit=1000`, {
        headers: { authorization: `Bearer ${clinic.token('doctor')}`, accept: 'application/dicom+json' },
      })
    if (status === 204 || status === 404) return []
    return JSON.parse(text).map((one: Record<string, { Value: string[] }>) => one['00080018']!.Value[0]!)
  }
  const spooled = () => readdirSync(join(clinic.station().data, 'images/incoming/import'))
  /** Files of objects that were not finished: they have bytes, and no second name in the store. Empty ones wait for what comes next. */
  const half = () =>
    readdirSync(join(clinic.station().data, 'images/incoming'), { recursive: true, withFileTypes: true })
      .map((one) => statSync(join(one.parentPath, one.name), { throwIfNoEntry: false }))
      .filter((one) => one?.isFile() && one.size > 0 && one.nlink === 1)

  const silent: { outgoing: ClientRequest; job: ImportJob }[] = []
  const boundary = 'the-edge'
  const partOf = (name: string, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ])
  /** An upload that stops in the middle of its second file and stays silent. */
  function silentUpload(second: Buffer): { outgoing: ClientRequest; status: Promise<number | undefined> } {
    const first = readFileSync(join(mediumOf(1).folder, '00001.dcm'))
    const outgoing = request({
      host: '127.0.0.1',
      port: new URL(clinic.station().url).port,
      method: 'POST',
      path: '/api/imports',
      headers: {
        authorization: `Bearer ${clinic.token('technician')}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': 50_000_000,
      },
    })
    const status = new Promise<number | undefined>((resolve) => {
      outgoing.on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      outgoing.on('error', () => resolve(undefined))
    })
    outgoing.write(partOf('first.dcm', first))
    outgoing.write(partOf('second', second).subarray(0, -2))
    return { outgoing, status }
  }
  async function uploadJob(): Promise<ImportJob> {
    return until('the upload is under way', async () => {
      const [job] = await clinic.api().importList()
      return job!.source === 'first.dcm' && job!.state === 'running' && job!.done > 0 && job!.bytes > 60_000 && job
    })
  }

  describe('an import that a person stops', () => {
    test('keeps what was taken, and the next takes the rest and nothing twice', async () => {
      const medium = mediumOf(many)
      const job = await begin(medium.folder)
      await underWay(job)
      await cancel(job.id)
      const stopped = await ended(job)
      expect(stopped.state).toBe('cancelled')
      expect(stopped.counts.taken).toBeLessThan(many)
      const kept = await storedOf(medium.studyInstanceUid)
      expect(kept).toHaveLength(stopped.counts.taken!)
      expect(half()).toEqual([])

      const again = await ended(await begin(medium.folder))
      expect(again.state).toBe('done')
      expect(again.counts).toMatchObject({ 'already-had': kept.length, taken: many - kept.length, refused: 0 })
      expect((await storedOf(medium.studyInstanceUid)).sort()).toEqual([...medium.uids].sort())
      expect(await clinic.api().conflictList()).toEqual([])
    })

    test('in the middle of a ZIP stops there, and the spool is empty', async () => {
      const medium = mediumOf(many)
      const zip = join(place, 'medium.zip')
      const names = readdirSync(medium.folder)
      writeFileSync(zip, zipOf(names.map((name) => ({ name, bytes: readFileSync(join(medium.folder, name)) }))))
      const job = await begin(zip)
      await underWay(job)
      await cancel(job.id)
      const stopped = await ended(job)
      expect(stopped.state).toBe('cancelled')
      expect(await storedOf(medium.studyInstanceUid)).toHaveLength(stopped.counts.taken!)
      expect(spooled()).toEqual([])
    })

    test('makes room at once: two are under way, a third waits, one is stopped, the third starts', async () => {
      const [one, two, three] = [mediumOf(many), mediumOf(many), mediumOf(3)]
      const first = await begin(one.folder)
      const second = await begin(two.folder)
      const busy = await clinic.call('technician', 'importFolder', { body: { path: three.folder } })
      expect([busy.status, errorOf(busy).code]).toEqual([409, 'IMPORT-BUSY'])
      await cancel(first.id)
      const third = await ended(await begin(three.folder))
      expect([third.state, third.counts.taken]).toEqual(['done', 3])
      await cancel(second.id)
      expect((await ended(first)).state).toBe('cancelled')
      expect((await ended(second)).state).toBe('cancelled')
    })

    test('while it is still being uploaded holds no place, even when the sender has fallen silent', async () => {
      const film = mp4Of({ codec: 'avc1', profile: 100, level: 41, frames: 3, seconds: 1 })
      for (const second of [film, zipOf([{ name: 'a', method: 0 }]), Buffer.from('text')]) {
        const { outgoing } = silentUpload(Buffer.concat([second, Buffer.alloc(200_000, 'more')]))
        const job = await uploadJob()
        await cancel(job.id)
        silent.push({ outgoing, job })
      }
      const next = await ended(await begin(mediumOf(3).folder))
      expect(next.counts.taken).toBe(3)
      for (const { outgoing, job } of silent) {
        outgoing.destroy()
        const stopped = await ended(job)
        expect([stopped.state, stopped.counts.taken, stopped.problem]).toEqual(['cancelled', 1, null])
      }
      expect(spooled()).toEqual([])
    })

    test('is stopped once; stopping what ended, what is not there, and by whom it may not', async () => {
      const job = await ended(await begin(mediumOf(2).folder))
      expect((await cancel(job.id)).state).toBe('done')
      const cancelBy = (role: keyof ImageClinic['names'], id: string) =>
        clinic.call(role, 'importCancel', { params: { id } })
      expect((await cancelBy('technician', 'nobody')).status).toBe(404)
      expect((await cancelBy('auditor', job.id)).status).toBe(403)
    })
  })

  test('a station that is killed in the middle has nothing half, an empty spool, and takes the rest when asked again', async () => {
    const medium = mediumOf(many)
    const job = await begin(medium.folder)
    const { outgoing } = silentUpload(Buffer.concat([zipOf([{ name: 'a', method: 0 }]), Buffer.alloc(300_000)]))
    await until('the ZIP waits on the disk', async () => spooled().length > 0)
    await underWay(job)
    await clinic.powerCut()
    outgoing.destroy()

    expect(half()).toEqual([])
    expect(await clinic.api().importList()).toEqual([])
    const kept = await storedOf(medium.studyInstanceUid)
    expect(new Set(kept).size).toBe(kept.length)
    const again = await ended(await begin(medium.folder))
    expect(again.counts).toMatchObject({
      'already-had': kept.length,
      taken: many - kept.length,
      refused: 0,
      'other-version': 0,
    })
    expect(kept.length).toBeGreaterThan(0)
    expect((await storedOf(medium.studyInstanceUid)).sort()).toEqual([...medium.uids].sort())
    expect(await clinic.api().conflictList()).toEqual([])
  }, 40_000)

  describe('a photograph and a film', () => {
    let folder: string
    const film = mp4Of({ codec: 'avc1', profile: 100, level: 41, frames: 12, seconds: 1 })
    beforeAll(() => {
      folder = join(place, 'brought')
      mkdirSync(folder)
      const [slice] = clinic.device().takeImages({ instances: 1, modality: 'CT' }).objects
      const dicom = join(place, 'slice.dcm')
      writeFileSync(dicom, Buffer.concat([part10Beginning({ callingAeTitle: 'X', ...slice! }), slice!.dataSet]))
      execFileSync('dcmj2pnm', ['+Wm', '+oj', dicom, join(folder, '照片.JPG')])
      writeFileSync(join(folder, '超声.mp4'), film)
    })

    test('without an exam are refused, each in words that say what to do', async () => {
      const job = await ended(await begin(folder))
      expect(job.counts).toMatchObject({ refused: 2, taken: 0, made: 0 })
      for (const { code, message, action } of job.files) {
        expect(code).toBe('IMPORT-NEEDS-EXAM')
        expect(message).toMatch(/照片\.JPG|超声\.mp4/)
        expect(action).toContain('检查')
      }
    })

    test('with an exam become its images, once, with its person, and the film’s bytes as they were', async () => {
      const exam = await clinic.register({ name: '古丽·阿依' })
      const job = await ended(await begin(folder, exam.id))
      expect(job.counts).toMatchObject({ made: 2, refused: 0 })
      const page = await clinic.page(exam.id)
      expect(page.mismatches).toEqual([])
      const instances = page.studies.flatMap((study) => study.instances)
      expect(instances.map((one) => one.transferSyntaxUid).sort()).toEqual([
        '1.2.840.10008.1.2.4.102',
        '1.2.840.10008.1.2.4.50',
      ])
      const answer = await clinic.call('doctor', 'takeAway', { params: { id: exam.id, form: 'zip' } })
      expect(answer.status).toBe(200)
      const zip = join(place, 'made.zip')
      const unpacked = join(place, 'made')
      writeFileSync(zip, answer.bytes)
      execFileSync('unzip', ['-q', zip, 'IMAGES/*', '-d', unpacked])
      const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((one) => /IM\d+$/.test(one))
      expect(files).toHaveLength(2)
      const dumps = files.map((one) =>
        execFileSync('dcmdump', ['+U8', '-Un', join(unpacked, one)], { encoding: 'utf8' }),
      )
      for (const dump of dumps)
        for (const word of ['古丽·阿依', exam.patientId, exam.accessionNumber]) expect(dump).toContain(word)
      expect(files.some((one) => readFileSync(join(unpacked, one)).includes(film))).toBe(true)

      const again = await ended(await begin(folder, exam.id))
      expect(again.counts).toMatchObject({ made: 0, taken: 0, 'already-had': 2 })
      expect((await clinic.page(exam.id)).imageCount).toBe(2)
    })

    test('killed in the middle of many: the same pictures are made again as the same objects', async () => {
      const exam = await clinic.register({ name: '林一', identity: undefined })
      const album = join(place, 'album')
      mkdirSync(album)
      const jpeg = readFileSync(join(folder, '照片.JPG'))
      const comment = (text: string) =>
        Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), Buffer.from(text)])
      for (let at = 0; at < 60; at++)
        writeFileSync(
          join(album, `${at}.jpg`),
          Buffer.concat([jpeg.subarray(0, 2), comment(`picture ${at}`), jpeg.subarray(2)]),
        )
      const job = await begin(album, exam.id)
      await underWay(job, 3)
      await clinic.powerCut()
      expect(half()).toEqual([])
      const kept = (await clinic.page(exam.id)).imageCount
      const again = await ended(await begin(album, exam.id))
      expect(again.counts).toMatchObject({ refused: 0, 'other-version': 0 })
      expect(again.counts['already-had']).toBeGreaterThanOrEqual(kept)
      const { studies: found, imageCount } = await clinic.page(exam.id)
      expect(imageCount).toBe(60)
      const numbers = found.flatMap((study) => study.instances.map((one) => one.instanceNumber))
      expect(numbers.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1))
      expect(await clinic.api().conflictList()).toEqual([])
    }, 40_000)

    test('are not for who may only read, nor for who is not logged in', async () => {
      const exam = await clinic.register({ name: '林二', identity: undefined })
      const body = { path: folder, examId: exam.id }
      const before = (await clinic.api().importList()).length
      expect((await clinic.call('auditor', 'importFolder', { body })).status).toBe(403)
      expect((await clinic.station().call('importFolder', { token: 'x', body })).status).toBe(401)
      for (const path of ['/api/imports', `/api/exams/${exam.id}/attachments`]) {
        const upload = Buffer.concat([
          partOf('照片.jpg', readFileSync(join(folder, '照片.JPG'))),
          Buffer.from(`--${boundary}--\r\n`),
        ])
        const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
        const by = (token: string) =>
          clinic
            .station()
            .send('POST', path, { headers: { ...headers, authorization: `Bearer ${token}` }, body: upload })
        expect((await by(clinic.token('auditor'))).status, path).toBe(403)
        expect((await by('x')).status, path).toBe(401)
      }
      expect((await clinic.api().importList()).length).toBe(before)
      expect((await clinic.page(exam.id)).imageCount).toBe(0)
    })
  })
})
