import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32, deflateRawSync } from 'node:zlib'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import type { ImportItem } from '../../electron/station/imports/import-item.ts'
import { createImports } from '../../electron/station/imports/import-job.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import type { ImportJob } from '../../shared/models/import-job.ts'
import { fail, ok } from '../../shared/problems/problem.ts'
import { ctImageStorage, explicitLittle, openArchive, smallObject } from '../archive/archive-for-tests.ts'
import { sampleDossier } from '../documents/sample-dossier.ts'
import { expectBoth } from '../problems/said-in-both.ts'

export type TestImports = Awaited<ReturnType<typeof openImports>>

/** Imports into a real archive. A study named 'contradicts' is refused by the exam; the exam is the sample's. */
export async function openImports(given: { readonly room?: () => boolean } = {}) {
  const outside = mkdtempSync(join(tmpdir(), 'yingzhan-imports-'))
  const data = join(outside, 'in/the/middle')
  const keepFolder = join(data, 'images')
  mkdirSync(keepFolder, { recursive: true })
  const room = await openArchive({
    keepFolder,
    ...(given.room && {
      diskSpace: { believedFor: 0, free: async () => ({ free: given.room!() ? 1e12 : 0, total: 1e12 }) },
    }),
  })
  const attached = new Map<string, string>()
  const spoolFolder = join(keepFolder, 'incoming', 'import')
  const imports = await createImports({
    ...room,
    spoolFolder,
    dataFolder: data,
    dossierOf: (id) =>
      id === sampleDossier.exam.id ? { ...sampleDossier, instances: [], studyDateTime: '' } : undefined,
    attach(studyUid, examId) {
      if (studyUid === contradictingStudy)
        return fail('STUDY-CONTRADICTS', { detail: '性别不同', detailInEnglish: 'another sex' })
      attached.set(studyUid, examId)
      return ok(true)
    },
    examOfStudy: (uid) => attached.get(uid) ?? null,
  })
  const wishes = { source: 'test', examId: null, actor: 'zhang' }
  return {
    ...room,
    /** The station's data folder lies deep within this one; nothing else is in it. */
    outside,
    data,
    imports,
    attached,
    /** What waits on the disk while it is read: nothing, when nothing is under way. */
    spooled: () => readdirSync(spoolFolder),
    async take(items: readonly ImportItem[], examId: string | null = null) {
      const started = imports.start({ ...wishes, examId }, async function* () {
        yield* items
      })
      if (!started.ok) throw new Error(started.problem.code)
      await started.value.ended
      return saidJob(imports.read(started.value.id)!)
    },
    async takePlace(path: string, examId: string | null = null) {
      const started = await imports.startFromPlace(path, examId, 'zhang')
      if (!started.ok) return started.problem
      for (;;) {
        const job = imports.read(started.value.id)!
        if (job.state !== 'running') return saidJob(job)
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    async close() {
      await imports.stop()
      room.close()
      rmSync(outside, { recursive: true, force: true })
    },
  }
}

/** Every line of every report in these tests is whole in both languages. Names of files are theirs. */
function saidJob(job: ImportJob): ImportJob {
  for (const file of job.files) expectBoth(file, [file.name, file.name.slice(0, 300), tmpdir()])
  if (job.problem) expectBoth(job.problem, [job.source])
  return job
}

export const contradictingStudy = '2.25.666'

export function uploaded(name: string, bytes: Buffer, isPart = name.includes('/')): ImportItem {
  return { kind: 'file', name, isPart, mayOpen: true, open: async () => Readable.from([bytes]) }
}

/** A Part 10 file of a few elements. */
export function dicomFile(more: readonly ElementToWrite[] = [], sopInstanceUid?: string): Buffer {
  const object = smallObject(more, sopInstanceUid)
  const announced = {
    callingAeTitle: 'X',
    transferSyntaxUid: explicitLittle,
    sopClassUid: ctImageStorage,
    sopInstanceUid: object.sopInstanceUid,
  }
  return Buffer.concat([part10Beginning(announced), object.dataSet])
}

/** A DICOMDIR that names these files, as flat as one can be: enough to be read, not to be leafed through. */
export function plainDicomdir(files: readonly string[]): Buffer {
  const records = files.map((file): ElementToWrite[] => [
    { tag: 0x00041410, vr: 'US', value: 0xffff },
    { tag: 0x00041430, vr: 'CS', value: 'IMAGE' },
    { tag: 0x00041500, vr: 'CS', value: file.replaceAll('/', '\\') },
  ])
  const announced = {
    callingAeTitle: 'X',
    transferSyntaxUid: explicitLittle,
    sopClassUid: '1.2.840.10008.1.3.10',
    sopInstanceUid: '2.25.9',
  }
  const dataSet = encodeDataSet([{ tag: 0x00041220, vr: 'SQ', value: records }], { explicitVr: true, text: 'ascii' })
  return Buffer.concat([part10Beginning(announced), dataSet])
}

export type ZipPart = {
  readonly name: string | Buffer
  readonly bytes?: Buffer
  readonly method?: number
  readonly flags?: number
  readonly unixMode?: number
  readonly crc?: number
  /** What the headers say instead of the truth. */
  readonly saysSize?: number
  readonly saysCompressed?: number
  readonly offset?: number
  readonly extra?: Buffer
  readonly localName?: string
}

/** A ZIP byte by byte (APPNOTE 4.3), so that it can lie. */
export function zipOf(
  parts: readonly ZipPart[],
  end: { readonly count?: number; readonly directoryAt?: number } = {},
): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const name = Buffer.isBuffer(part.name) ? part.name : Buffer.from(part.name, 'utf8')
    const localName = part.localName === undefined ? name : Buffer.from(part.localName)
    const bytes = part.bytes ?? Buffer.from('hello')
    const method = part.method ?? 8
    const body = method === 8 ? deflateRawSync(bytes) : bytes
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(part.flags ?? 0, 6)
    head.writeUInt16LE(method, 8)
    head.writeUInt32LE(part.crc ?? crc32(bytes), 14)
    head.writeUInt32LE(part.saysCompressed ?? body.length, 18)
    head.writeUInt32LE(part.saysSize ?? bytes.length, 22)
    head.writeUInt16LE(localName.length, 26)
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(part.unixMode === undefined ? 20 : (3 << 8) | 20, 4)
    record.writeUInt16LE(20, 6)
    head.copy(record, 8, 6, 26)
    record.writeUInt16LE(name.length, 28)
    record.writeUInt16LE(part.extra?.length ?? 0, 30)
    record.writeUInt32LE(((part.unixMode ?? 0) << 16) >>> 0, 38)
    record.writeUInt32LE(part.offset ?? at, 42)
    local.push(head, localName, body)
    central.push(record, name, part.extra ?? Buffer.alloc(0))
    at += head.length + localName.length + body.length
  }
  const directory = Buffer.concat(central)
  const ending = Buffer.alloc(22)
  ending.writeUInt32LE(0x06054b50, 0)
  ending.writeUInt16LE(end.count ?? parts.length, 8)
  ending.writeUInt16LE(end.count ?? parts.length, 10)
  ending.writeUInt32LE(directory.length, 12)
  ending.writeUInt32LE(end.directoryAt ?? at, 16)
  return Buffer.concat([...local, directory, ending])
}

/** Every file below a folder with its size, so that what must not appear is seen. */
export function everyFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
}
