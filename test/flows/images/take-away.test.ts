import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { part10Beginning } from '../../../electron/station/archive/part10.ts'
import { describeWith } from '../../peers.ts'
import { type ImageClinic, openImageClinic, type Registered } from '../../stand-ins/image-clinic.ts'

const name = '欧阳·買買提𠮷娜'
const slices = 5
let clinic: ImageClinic
let place: string
let exam: Registered
let sent: Map<string, Buffer>
let photograph: Buffer
let zipFolder: string
let isoFolder: string

describeWith(['dcmtk', 'pdftotext', 'unzip'], 'what a patient takes away', () => {
  beforeAll(async () => {
    clinic = await openImageClinic()
    place = mkdtempSync(join(tmpdir(), 'yingzhan-take-away-flow-'))
    exam = await clinic.register(
      { name, sex: 'F', birthDate: '1988-08-08', identity: undefined },
      { modality: 'CT', bodyPart: '胸部', itemCode: 'CT001', itemName: '胸部CT平扫' },
    )
    const { objects } = await clinic.send({
      patient: { name, patientId: exam.patientId, sex: 'F', birthDate: '1988-08-08' },
      accessionNumber: exam.accessionNumber,
      studyInstanceUid: exam.studyInstanceUid,
      instances: slices,
      modality: 'CT',
    })
    await clinic.settled(exam.id, slices)
    sent = new Map(objects.map((one) => [one.sopInstanceUid, one.dataSet]))
    photograph = jpegOf(objects[2]!)
    const folder = join(place, 'brought')
    mkdirSync(folder)
    writeFileSync(join(folder, '照片.jpg'), photograph)
    writeFileSync(join(folder, '外院.pdf'), Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'))
    const job = await imported(folder, exam.id)
    expect(job.counts).toMatchObject({ made: 2 })
    await clinic.settled(exam.id, slices + 2)
    await clinic.release(exam.id)

    const zip = await taken('zip')
    expect(zip.status, zip.text.slice(0, 300)).toBe(200)
    writeFileSync(join(place, 'away.zip'), zip.bytes)
    zipFolder = join(place, 'zip')
    execFileSync('unzip', ['-tq', join(place, 'away.zip')])
    execFileSync('unzip', ['-q', join(place, 'away.zip'), '-d', zipFolder], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    })
    const iso = await taken('iso')
    expect(iso.status, iso.text.slice(0, 300)).toBe(200)
    expect(Number(iso.headers['content-length'])).toBe(iso.bytes.length)
    expect(iso.bytes.length % 2048).toBe(0)
    isoFolder = join(place, 'iso')
    for (const [path, bytes] of discOf(iso.bytes, 'joliet')) {
      mkdirSync(join(isoFolder, path, '..'), { recursive: true })
      writeFileSync(join(isoFolder, path), bytes)
    }
  }, 60_000)
  afterAll(async () => {
    await clinic.close()
    rmSync(place, { recursive: true, force: true })
  })

  const taken = (form: string, examId = exam.id, role: keyof typeof clinic.names = 'registrar') =>
    clinic.call(role, 'takeAway', { params: { id: examId, form } })
  const toFolder = (folder: string, examId = exam.id) =>
    clinic.call('registrar', 'takeAwayFolder', { params: { id: examId }, body: { folder } })

  async function imported(path: string, examId?: string) {
    let job = await clinic.as('technician').importFolder({ body: { path, ...(examId && { examId }) } })
    while (job.state === 'running') job = await clinic.api().importRead({ params: { id: job.id } })
    return job
  }

  type Raw = { sopClassUid: string; sopInstanceUid: string; transferSyntaxUid: string; dataSet: Buffer }

  /** A JPEG that dcmtk made. */
  function jpegOf(object: Raw): Buffer {
    const path = join(place, 'slice.dcm')
    writeFileSync(path, Buffer.concat([part10Beginning({ callingAeTitle: 'X', ...object }), object.dataSet]))
    execFileSync('dcmj2pnm', ['+Wm', '+oj', path, join(place, 'slice.jpg')])
    return readFileSync(join(place, 'slice.jpg'))
  }

  function filesOf(folder: string): Map<string, Buffer> {
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    return new Map(
      paths.map((one) => {
        const path = join(one.parentPath, one.name)
        return [relative(folder, path), readFileSync(path)] as const
      }),
    )
  }

  /** Files of a disc image as ECMA-119 says: 'plain' by the primary volume descriptor, 'joliet' by the supplementary one. */
  function discOf(image: Buffer, tree: 'plain' | 'joliet'): Map<string, Buffer> {
    let root: Buffer | undefined
    for (let at = 16 * 2048; ; at += 2048) {
      const type = image[at]!
      expect(image.toString('latin1', at + 1, at + 6)).toBe('CD001')
      if (type === 255) break
      if (type === (tree === 'plain' ? 1 : 2)) {
        root = image.subarray(at + 156, at + 190)
        expect(image.readUInt32LE(at + 80)).toBe(image.readUInt32BE(at + 84))
        expect(image.readUInt32LE(at + 80) * 2048).toBe(image.length)
      }
    }
    const files = new Map<string, Buffer>()
    const walk = (record: Buffer, path: string) => {
      const start = record.readUInt32LE(2)
      const size = record.readUInt32LE(10)
      expect([record.readUInt32BE(6), record.readUInt32BE(14)]).toEqual([start, size])
      const extent = image.subarray(start * 2048, start * 2048 + size)
      expect(extent.length).toBe(size)
      if ((record[25]! & 2) === 0) return void files.set(path, extent)
      for (let at = 0; at < size; ) {
        const length = extent[at]!
        if (length === 0) {
          at = (Math.floor(at / 2048) + 1) * 2048
          continue
        }
        const one = extent.subarray(at, at + length)
        at += length
        const id = one.subarray(33, 33 + one[32]!)
        if (id.length === 1 && id[0]! < 2) continue
        const text = tree === 'plain' ? id.toString('latin1') : Buffer.from(id).swap16().toString('utf16le')
        // A name without an extension still ends with a dot (ECMA-119 7.5.1); whoever mounts a disc takes it away.
        const plain = text.replace(/\.?;1$/, '')
        walk(one, path === '' ? plain : `${path}/${plain}`)
      }
    }
    walk(root!, '')
    return files
  }

  /** What dcmdump reads of a DICOMDIR or a file: each value of one keyword, in order. */
  function valuesOf(path: string, tag: string): string[] {
    const { stdout, status, stderr } = spawnSync('dcmdump', ['+U8', '-Un', '+L', '-M', path], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    return [...stdout.matchAll(new RegExp(`\\(${tag}\\) .. (?:\\[(.*?)\\]|=?(\\S+))\\s+#`, 'gu'))].map(
      (m) => m[1] ?? m[2]!,
    )
  }

  /** Grey values of a JPEG, as dcmtk opens it: img2dcm puts it into an object, dcmj2pnm takes it out. */
  function looksOf(path: string): { columns: number; rows: number; dark: number; bright: number } {
    const dicom = join(place, 'look.dcm')
    execFileSync('img2dcm', [path, dicom])
    const picture = join(place, 'look.pnm')
    execFileSync('dcmj2pnm', ['+op', dicom, picture])
    const pgm = readFileSync(picture)
    const head = /^P[56]\s(?:#.*\s)*(\d+)\s+(\d+)\s+255\s/.exec(pgm.toString('latin1', 0, 200))!
    const pixels = pgm.subarray(head[0].length)
    return {
      columns: Number(head[1]),
      rows: Number(head[2]),
      dark: pixels.reduce((a, b) => Math.min(a, b), 255),
      bright: pixels.reduce((a, b) => Math.max(a, b), 0),
    }
  }

  describe.each(['ZIP', 'ISO', 'folder'] as const)('the %s', (form) => {
    let folder: string
    let files: Map<string, Buffer>
    beforeAll(async () => {
      if (form === 'folder') {
        const stick = join(place, 'stick of the three forms')
        mkdirSync(stick)
        const answer = await toFolder(stick)
        expect(answer.status, answer.text).toBe(200)
        folder = answer.json.folder
      } else folder = form === 'ZIP' ? zipFolder : isoFolder
      files = filesOf(folder)
    })

    test('holds the images, a directory, pictures, the report and a word, and nothing else', () => {
      expect([...files.keys()].filter((path) => !path.startsWith('JPEG/')).sort()).toEqual([
        'DICOMDIR',
        ...[1, 2, 3, 4, 5].map((n) => `IMAGES/SE000001/IM00000${n}`),
        'IMAGES/SE000002/IM000001',
        'IMAGES/SE000003/IM000001',
        'README.TXT',
        '报告.pdf',
      ])
      expect([...files.keys()].filter((path) => path.startsWith('JPEG/'))).toHaveLength(slices + 1)
    })

    test('has a DICOMDIR whose every file is there and says the same UIDs', () => {
      const directory = join(folder, 'DICOMDIR')
      const ids = valuesOf(directory, '0004,1500')
      const classes = valuesOf(directory, '0004,1510')
      const instances = valuesOf(directory, '0004,1511')
      const syntaxes = valuesOf(directory, '0004,1512')
      expect(ids).toHaveLength(slices + 2)
      expect(new Set(instances).size).toBe(slices + 2)
      for (const [at, id] of ids.entries()) {
        expect(id).toMatch(/^[A-Z0-9_]{1,8}(\\[A-Z0-9_]{1,8}){0,7}$/)
        const path = join(folder, ...id.split('\\'))
        expect(existsSync(path), id).toBe(true)
        expect(readFileSync(path).toString('latin1', 128, 132)).toBe('DICM')
        expect([valuesOf(path, '0002,0002')[0], valuesOf(path, '0008,0016')[0]]).toEqual([classes[at], classes[at]])
        expect([valuesOf(path, '0002,0003')[0], valuesOf(path, '0008,0018')[0]]).toEqual([instances[at], instances[at]])
        expect(valuesOf(path, '0002,0010')[0]).toBe(syntaxes[at])
      }
      expect(valuesOf(directory, '0010,0010').join()).toContain('欧阳')
      expect(valuesOf(directory, '0010,0020')).toEqual([exam.patientId])
      expect(valuesOf(directory, '0008,0050')).toEqual([exam.accessionNumber])
      expect(valuesOf(directory, '0004,1430')).toEqual([
        'PATIENT',
        'STUDY',
        'SERIES',
        ...Array.from({ length: slices }, () => 'IMAGE'),
        'SERIES',
        'IMAGE',
        'SERIES',
        'ENCAP DOC',
      ])
    })

    test('holds each data set as the device sent it, byte by byte', () => {
      const found = [...files].filter(([path]) => path.startsWith('IMAGES/SE000001/'))
      const uids = found.map(([path, bytes]) => {
        const uid = valuesOf(join(folder, path), '0008,0018')[0]!
        expect(bytes.subarray(-sent.get(uid)!.length).equals(sent.get(uid)!), path).toBe(true)
        return uid
      })
      expect(uids.sort()).toEqual([...sent.keys()].sort())
      expect(files.get('IMAGES/SE000002/IM000001')!.includes(photograph.subarray(0, photograph.length - 2))).toBe(true)
    })

    test('has pictures that open, large and not black', () => {
      for (const [path] of files)
        if (path.startsWith('JPEG/')) {
          const { columns, rows, dark, bright } = looksOf(join(folder, path))
          expect(Math.min(columns, rows), path).toBeGreaterThanOrEqual(128)
          expect(bright - dark, path).toBeGreaterThan(100)
        }
    })

    test('has the report as it was released, with the patient’s name; a character that the font lacks is 〓', () => {
      const text = spawnSync('pdftotext', ['-layout', join(folder, '报告.pdf'), '-'], { encoding: 'utf8' }).stdout
      for (const word of [name.replace('𠮷', '〓'), '双肺纹理清晰', '未见异常', exam.accessionNumber, '晨光门诊部'])
        expect(text.replaceAll(/\s/g, '')).toContain(word)
    })

    test('has a README that says in words what is there', () => {
      const bytes = files.get('README.TXT')!
      expect(bytes.toString('hex', 0, 3)).toBe('efbbbf')
      const text = bytes.toString('utf8')
      for (const word of [
        `姓名：${name}`,
        '胸部CT平扫',
        exam.accessionNumber,
        '报告.pdf',
        `${slices + 2} 个原始影像文件`,
      ])
        expect(text).toContain(word)
      expect(text).toContain(`${slices + 1} 张图片`)
      expect(text).toContain('IMAGES/SE000003/IM000001')
      expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    })

    test('is found again by an import as it was', async () => {
      const job = await imported(folder)
      expect(job.counts).toMatchObject({ 'already-had': slices + 2, taken: 0, made: 0, refused: 0, 'other-version': 0 })
    })
  })

  test('the plain names of the ISO, for machines that know no others, lead to the same files', async () => {
    const { bytes } = await taken('iso')
    const [plain, joliet] = [discOf(bytes, 'plain'), discOf(bytes, 'joliet')]
    expect([...plain.keys()].every((path) => /^[A-Z0-9_./]+$/.test(path))).toBe(true)
    expect([...plain.values()].map((one) => one.toString('base64')).sort()).toEqual(
      [...joliet.values()].map((one) => one.toString('base64')).sort(),
    )
    expect(plain.get('REPORT.PDF')!.toString('latin1', 0, 5)).toBe('%PDF-')
  })

  test('the file name of the download says whose it is', async () => {
    for (const form of ['zip', 'iso']) {
      const said = String((await taken(form)).headers['content-disposition'])
      expect(said).toMatch(/^[\x20-\x7e]+$/)
      expect(decodeURIComponent(said)).toContain(`影像_${name}_${exam.accessionNumber}_`)
    }
  })

  test('a folder is never written over: each time a new one, and what lies there stays', async () => {
    const stick = join(place, '张三的U盘 (旧)')
    mkdirSync(stick)
    const first = (await toFolder(stick)).json
    writeFileSync(join(first.folder, 'README.TXT'), 'mine')
    const [second, third] = (await Promise.all([toFolder(stick), toFolder(stick)])).map((one) => one.json)
    expect(new Set([first.folder, second.folder, third.folder]).size).toBe(3)
    expect(readFileSync(join(first.folder, 'README.TXT'), 'utf8')).toBe('mine')
    for (const one of [second, third]) {
      expect(filesOf(one.folder).size).toBe(one.files)
      expect([...filesOf(one.folder).values()].reduce((sum, bytes) => sum + bytes.length, 0)).toBe(one.bytes)
    }
  })

  describe('a folder that will not do is refused in words, and nothing is written', () => {
    const saidOf = async (folder: string) => {
      const { status, json } = await toFolder(folder)
      return { status, ...json.error }
    }
    test('a place that is not there, a file, a path that is not whole, nothing', async () => {
      const gone = join(place, '没有这个')
      expect(await saidOf(gone)).toMatchObject({ status: 400, code: 'TAKE-AWAY-FOLDER' })
      expect((await saidOf(gone)).message).toContain('没有这个文件夹')
      expect(existsSync(gone)).toBe(false)
      expect((await saidOf(join(place, 'away.zip'))).message).toContain('不是文件夹')
      expect((await saidOf(join(place, 'away.zip', 'x'))).message).toContain('不是文件夹')
      expect((await saidOf('relative')).message).toContain('完整路径')
      expect((await saidOf('')).status).toBe(400)
      expect((await saidOf(`${place}\0x`)).status).toBe(400)
      expect((await saidOf(join(place, 'x'.repeat(300)))).message).toContain('路径太长')
    })
    test('the station’s own data, by its path, by a link and by a detour', async () => {
      const { data } = clinic.station()
      const before = readdirSync(data).sort()
      const link = join(place, 'innocent')
      symlinkSync(realpathSync(data), link)
      for (const path of [data, join(data, 'images'), link, join(link, 'images'), join(data, 'images', '..')]) {
        const { status, message } = await saidOf(path)
        expect([status, message], path).toEqual([400, expect.stringContaining('本站自己的数据')])
      }
      expect(readdirSync(data).sort()).toEqual(before)
    })
    test('a folder that may not be written to', async (context) => {
      const closed = join(place, 'closed')
      mkdirSync(closed)
      const isRoot = process.getuid?.() === 0
      chmodSync(closed, 0o555)
      if (isRoot && spawnSync('chattr', ['+i', closed]).status !== 0) return context.skip('root writes everywhere here')
      try {
        const { status, code, message, action } = await saidOf(closed)
        expect([status, code]).toEqual([400, 'TAKE-AWAY-FOLDER'])
        expect(message).toContain('没有权限')
        expect(action).toContain('U 盘')
        expect(readdirSync(closed)).toEqual([])
      } finally {
        if (isRoot) spawnSync('chattr', ['-i', closed])
      }
    })
  })

  test('who is not logged in takes nothing, and the audit log says who took what', async () => {
    const nobody = await clinic.station().call('takeAway', { token: 'x', params: { id: exam.id, form: 'zip' } })
    expect(nobody.status).toBe(401)
    const stick = mkdtempSync(join(place, 's-'))
    const unnamed = await clinic.station().call('takeAwayFolder', {
      token: 'x',
      params: { id: exam.id },
      body: { folder: stick },
    })
    expect([unnamed.status, readdirSync(stick)]).toEqual([401, []])
    expect((await taken('zip', exam.id, 'auditor')).status).toBe(200)
    const entries = JSON.stringify(await clinic.api().auditList())
    expect(entries).toContain('take-away')
    expect(entries).toContain('"li"')
  })

  test('an exam without images or report: a word, and no file', async () => {
    const empty = await clinic.register({ name: '空空' })
    for (const form of ['zip', 'iso']) {
      const { status, json } = await taken(form, empty.id)
      expect([status, json.error.code]).toEqual([409, 'TAKE-AWAY-NOTHING'])
    }
    const stick = mkdtempSync(join(place, 's-'))
    expect((await toFolder(stick, empty.id)).status).toBe(409)
    expect(readdirSync(stick)).toEqual([])
    expect((await taken('zip', 'nobody')).status).toBe(404)
  })
})
