import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { framesToShow, gatherTakeAway, type TakeAway } from '../../electron/station/documents/take-away.ts'
import { writeTakeAway } from '../../electron/station/documents/take-away-folder.ts'
import { takeAwayIso, takeAwayZip } from '../../electron/station/documents/take-away-stream.ts'
import { openZip } from '../../electron/station/imports/open-zip.ts'
import { readDicomdir } from '../../electron/station/imports/read-dicomdir.ts'
import { everyFile } from '../imports/imports-for-tests.ts'
import { describeWith } from '../peers.ts'
import { readIso } from './read-iso.ts'
import { examOnDisk, reportBytes } from './take-away-for-tests.ts'

let exam: ReturnType<typeof examOnDisk>
let own: string
let stick: string
beforeEach(() => {
  exam = examOnDisk()
  own = join(exam.folder, 'own')
  stick = join(exam.folder, 'stick')
  mkdirSync(own)
  mkdirSync(stick)
})
afterEach(() => exam.remove())

async function gathered(): Promise<TakeAway> {
  const outcome = await gatherTakeAway(exam.deps, exam.dossier.exam.id)
  if (!outcome.ok) throw new Error(outcome.problem.code)
  return outcome.value
}

async function written() {
  const outcome = await writeTakeAway(await gathered(), stick, own)
  if (!outcome.ok) throw new Error(outcome.problem.code)
  return outcome.value
}

const expectedFiles = [
  'DICOMDIR',
  'IMAGES/SE000001/IM000001',
  'IMAGES/SE000001/IM000002',
  'IMAGES/SE000001/IM000003',
  'IMAGES/SE000001/IM000004',
  'IMAGES/SE000001/IM000005',
  'IMAGES/SE000002/IM000001',
  'JPEG/1-1.jpg',
  'JPEG/1-3.jpg',
  'JPEG/1-4.jpg',
  'JPEG/1-5-1.jpg',
  'JPEG/1-5-2.jpg',
  'JPEG/1-5-3.jpg',
  'README.TXT',
  '报告.pdf',
]

test('a folder of its own holds the directory, the objects as they are, pictures, the report and a page to read first', async () => {
  const { folder, files } = await written()
  expect(everyFile(folder).map((name) => name.replaceAll('\\', '/'))).toEqual(expectedFiles)
  expect(files).toBe(expectedFiles.length)
  const objects = [...exam.wholes.values()]
  for (const [index, name] of expectedFiles.filter((path) => path.startsWith('IMAGES')).entries())
    expect(readFileSync(join(folder, name)).equals(objects[index]!)).toBe(true)
  expect(readFileSync(join(folder, '报告.pdf'))).toEqual(reportBytes)
  const readme = readFileSync(join(folder, 'README.TXT'))
  expect(readme.subarray(0, 3).toString('hex')).toBe('efbbbf')
  expect(readme.toString()).toContain('姓名：张䶮㛃')
  expect(readme.toString()).toContain('IMAGES/SE000001/IM000002')
  expect(readme.toString()).not.toContain('220104199105060023')
})

test('of a film the first, the middle and the last frame are drawn', async () => {
  await gathered()
  expect(exam.drawn.filter((one) => one.startsWith('instance-4'))).toEqual([
    'instance-4/0',
    'instance-4/4',
    'instance-4/8',
  ])
  expect([framesToShow(1), framesToShow(2), framesToShow(100)]).toEqual([[0], [0, 1], [0, 49, 99]])
})

test('our own reader finds every listed file in the directory', async () => {
  const directory = (await gathered()).files.find((file) => file.path[0] === 'DICOMDIR')
  if (directory?.content.kind !== 'bytes') throw new Error('no directory')
  expect(readDicomdir(directory.content.bytes)).toEqual(expectedFiles.filter((path) => path.startsWith('IMAGES')))
})

test('nothing is written over: a second copy gets a folder of its own', async () => {
  const first = await written()
  const second = await written()
  expect(second.folder).toBe(`${first.folder} (2)`)
})

test('what fails half-way is removed again, what was there stays', async () => {
  writeFileSync(join(stick, 'mine.txt'), 'mine')
  const takeAway = await gathered()
  const lost = takeAway.files.map((file) =>
    file.content.kind === 'file' && file.path.at(-1) === 'IM000004'
      ? { ...file, content: { ...file.content, path: '/none' } }
      : file,
  )
  const outcome = await writeTakeAway({ ...takeAway, files: lost }, stick, own)
  expect(outcome).toMatchObject({ ok: false, problem: { code: 'TAKE-AWAY-FOLDER' } })
  expect(everyFile(stick)).toEqual(['mine.txt'])
})

test('a place that cannot be written to, is ours, or is too small is told in words', async () => {
  const takeAway = await gathered()
  const codeOf = async (target: string, bytes = takeAway.bytes) => {
    const outcome = await writeTakeAway({ ...takeAway, bytes }, target, own)
    return outcome.ok ? '' : outcome.problem.code
  }
  expect(await codeOf(join(stick, 'none'))).toBe('TAKE-AWAY-FOLDER')
  expect(await codeOf('relative')).toBe('TAKE-AWAY-FOLDER')
  expect(await codeOf(own)).toBe('TAKE-AWAY-FOLDER')
  expect(await codeOf(stick, 1e18)).toBe('TAKE-AWAY-NO-ROOM')
  expect(everyFile(stick)).toEqual([])
})

test('an exam without images and report has nothing to take away; a lost file does not hold up the others', async () => {
  const { report: _, ...without } = exam.dossier
  const empty = { ...without, report: undefined, instances: [] }
  expect(await gatherTakeAway({ ...exam.deps, dossierOf: () => empty }, 'x')).toMatchObject({
    ok: false,
    problem: { code: 'TAKE-AWAY-NOTHING' },
  })
  rmSync(exam.deps.storedFileOf('instance-0')!.path)
  const { files } = await gathered()
  expect(files.filter((file) => file.path[0] === 'IMAGES')).toHaveLength(5)
})

test('an object that is not as it came stays out of it, and the page to read first names it', async () => {
  const { path } = exam.deps.storedFileOf('instance-1')!
  const bytes = readFileSync(path)
  bytes[300]! ^= 1
  writeFileSync(path, bytes)
  const { folder } = await written()
  expect(everyFile(folder).filter((name) => name.startsWith('IMAGES'))).toHaveLength(5)
  expect(everyFile(folder).some((name) => readFileSync(join(folder, name)).includes(bytes))).toBe(false)
  const readme = readFileSync(join(folder, 'README.TXT')).toString()
  expect(readme).toContain('序列 2，图像 2（2.25.701）')
  expect(readme).toContain('It is not all')
})

test('the ISO has the size it said, and a reader by the standard finds the same files under both kinds of names', async () => {
  const takeAway = await gathered()
  const iso = takeAwayIso(takeAway)
  if (!iso.ok) throw new Error(iso.problem.code)
  const image = await buffer(iso.value.stream)
  expect(image.length).toBe(iso.value.size)
  const joliet = readIso(image, 'joliet')
  expect([...joliet.keys()].sort()).toEqual([...expectedFiles].sort())
  for (const file of takeAway.files) {
    const bytes =
      file.content.kind === 'bytes' ? file.content.bytes : readFileSync(file.content.path).subarray(0, file.size)
    expect(joliet.get(file.path.join('/'))?.equals(bytes), file.path.join('/')).toBe(true)
    const plain = readIso(image, 'plain').get(file.plainPath.join('/'))
    expect(plain?.equals(bytes), file.plainPath.join('/')).toBe(true)
  }
})

test('an ISO with more files than fit into one sector of a folder is read whole', async () => {
  const takeAway = await gathered()
  const files = Array.from({ length: 700 }, (_, index) => {
    const bytes = Buffer.from(`file ${index}`)
    const path = ['IMAGES', `SE${index % 3}`, `IM${String(index).padStart(6, '0')}`]
    return { path, plainPath: path, size: bytes.length, content: { kind: 'bytes', bytes } as const }
  })
  const iso = takeAwayIso({ ...takeAway, files })
  if (!iso.ok) throw new Error(iso.problem.code)
  const image = await buffer(iso.value.stream)
  for (const kind of ['plain', 'joliet'] as const) {
    const read = readIso(image, kind)
    expect(read.size).toBe(700)
    for (const file of files) expect(read.get(file.path.join('/'))?.equals(file.content.bytes)).toBe(true)
  }
})

test('a file that no ISO can hold is refused in words', async () => {
  const takeAway = await gathered()
  const huge = { ...takeAway, files: takeAway.files.map((file) => ({ ...file, size: 2 ** 32 })) }
  expect(takeAwayIso(huge)).toMatchObject({ ok: false, problem: { code: 'TAKE-AWAY-TOO-LARGE' } })
})

describeWith(['dcmtk'], 'a directory read by dcmtk', () => {
  test('dcmdump follows every record, and dcmmkdir adds to it', async () => {
    const { folder } = await written()
    const dump = spawnSync('dcmdump', ['+U8', join(folder, 'DICOMDIR')], { encoding: 'utf8' })
    expect(dump.stderr).toBe('')
    for (const type of ['PATIENT', 'STUDY', 'SERIES', 'IMAGE', 'ENCAP DOC']) expect(dump.stdout).toContain(`[${type}]`)
    expect(dump.stdout).toContain('[ZHANG^SAN=张^三]')
    expect(dump.stdout).toMatch(/\(0020,0010\) SH \[STUDY 7/)
    expect(dump.stdout.match(/ReferencedFileID/g)).toHaveLength(6)
    mkdirSync(join(folder, 'MORE'))
    const added = readFileSync(join(folder, 'IMAGES/SE000001/IM000001'))
    added.write('2.25.999', added.indexOf('2.25.700', 300), 'latin1')
    writeFileSync(join(folder, 'MORE/IM1'), added)
    const dataSetUid = spawnSync('dcmodify', ['-nb', '-m', 'SOPInstanceUID=2.25.999', 'MORE/IM1'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(dataSetUid.status, dataSetUid.stderr).toBe(0)
    const update = spawnSync('dcmmkdir', ['--append', '-Pgp', '-W', '-Nxc', '+I', '+D', 'DICOMDIR', 'MORE/IM1'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(update.status, update.stderr).toBe(0)
    const again = spawnSync('dcmdump', [join(folder, 'DICOMDIR')], { encoding: 'utf8' })
    expect(again.stdout.match(/ReferencedFileID/g)).toHaveLength(7)
    expect(again.stdout.match(/\[PATIENT\]/g)).toHaveLength(1)
  })
})

test('the ZIP holds the same files, read back by the strict reader of imports with its checksums', async () => {
  const takeAway = await gathered()
  const path = join(stick, 'take-away.zip')
  writeFileSync(path, await buffer(takeAwayZip(takeAway)))
  const zip = await openZip(path, 'zip')
  if (!zip.ok) throw new Error(zip.problem.code)
  const read = new Map<string, Buffer>()
  for (const item of zip.value.items) {
    if (item.kind !== 'file') throw new Error(`${item.name} ${item.problem.code}`)
    read.set(item.name.slice('zip/'.length), await buffer(await item.open()))
  }
  zip.value.close()
  expect([...read.keys()].sort()).toEqual([...expectedFiles].sort())
  expect(read.get('报告.pdf')).toEqual(reportBytes)
  for (const [index, name] of expectedFiles.filter((one) => one.startsWith('IMAGES')).entries())
    expect(read.get(name)?.equals([...exam.wholes.values()][index]!), name).toBe(true)
})
