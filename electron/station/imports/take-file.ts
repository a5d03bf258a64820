import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { mediaStorageDirectory } from '../../../shared/dicom/sop-class.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { ImportedFile } from '../../../shared/models/import-job.ts'
import { type BothWords, filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Outcome, Problem } from '../../../shared/problems/problem.ts'
import type { Archive } from '../archive/archive.ts'
import { part10Beginning, readPart10Beginning } from '../archive/part10.ts'
import { gather, type PeekedStream } from '../archive/peek-stream.ts'
import type { ImportOutcome } from '../archive/store-outcome.ts'
import type { Clock } from '../clock.ts'
import type { Actor } from '../people/audit-log.ts'
import type { FrameDecoder } from '../pictures/frame-decoder.ts'
import { type FileKind, fileKindOf } from './file-kind.ts'
import type { ImportItem } from './import-item.ts'
import { fileReport, goodReport } from './import-report.ts'
import { type MadeKind, type MakingFor, madeSeriesUid, madeSopInstanceUid, madeStudyUid } from './made-object.ts'
import { makeFromMp4 } from './make-film.ts'
import { makeFromPdf } from './make-paper.ts'
import { type Made, makeFromJpeg, makeFromPng } from './make-picture.ts'
import { refusalDetail } from './refusal-detail.ts'
import type { Spool } from './spool.ts'
import { studyPerson } from './study-person.ts'

export type TakeFileDeps = {
  readonly archive: Pick<Archive, 'importFile' | 'instanceByUid' | 'instancesOfStudy' | 'studyHeader'>
  readonly decoder: Pick<FrameDecoder, 'decode'>
  readonly spool: Spool
  readonly clock: Clock
  readonly dossierOf: (examId: string) => ExamDossier | undefined
  /** A study belongs to the exam that the import is for: refused when that contradicts what it says of the person. */
  readonly attach: (studyInstanceUid: string, examId: string, actor: Actor) => Outcome<true>
}

export type TakeFor = { readonly examId: string | null; readonly actor: Actor }
type FileItem = ImportItem & { readonly kind: 'file' }

/** Pictures and papers are held in memory while they are made into objects. */
const largestInMemory = 128 * 1024 * 1024
/** Whoever gave it this name takes it for an image: it is not passed over in silence. */
const namedDicom = /\.(dcm|dicom|dic)$/i
const madeKinds: Partial<Readonly<Record<FileKind, MadeKind>>> = {
  jpeg: 'picture',
  png: 'picture',
  pdf: 'paper',
  video: 'film',
}

/** One file into the archive: DICOM as it is, a picture, paper or film as an object of the exam. Throws SourceError and IMPORT-NO-ROOM. */
export function createFileTaker(deps: TakeFileDeps) {
  const { archive } = deps

  return async function takeFile(item: FileItem, stream: PeekedStream, wishes: TakeFor): Promise<ImportedFile> {
    const kind = fileKindOf(stream.beginning)
    const leave = (code: Problem['code'], words = {}) =>
      fileReport(item.name, 'refused', { code, with: { file: item.name, ...words } })
    const skip = (code: Problem['code']) => fileReport(item.name, 'skipped', { code, with: { file: item.name } })
    if (kind === 'dicom') {
      if (readPart10Beginning(stream.beginning)?.object.sopClassUid === mediaStorageDirectory)
        return skip('IMPORT-DICOMDIR')
      return keep(item, await archive.importFile(Readable.from(stream.all()), wishes.actor), wishes)
    }
    if (kind === 'zip') return leave('IMPORT-NESTED')
    if (kind === 'other-archive') return leave('IMPORT-ARCHIVE')
    const making = madeKinds[kind]
    if (!making) return item.isPart && !namedDicom.test(item.name) ? skip('IMPORT-BESIDE') : leave('NOT-DICOM')
    if (item.isBeside) return skip('IMPORT-BESIDE')
    const dossier = wishes.examId === null ? undefined : deps.dossierOf(wishes.examId)
    if (!dossier) return leave('IMPORT-NEEDS-EXAM')
    return make(item, kind, making, stream, dossier, wishes)
  }

  async function make(
    item: FileItem,
    kind: FileKind,
    madeKind: MadeKind,
    stream: PeekedStream,
    dossier: ExamDossier,
    wishes: TakeFor,
  ): Promise<ImportedFile> {
    const studyUid = madeStudyUid(dossier)
    const unusable = (why: BothWords) => {
      const words = { file: item.name, ...filling('detail', why) }
      return fileReport(item.name, 'refused', { code: 'IMPORT-UNUSABLE', with: words })
    }

    async function finish(sha256: string, makeIt: (making: MakingFor) => Promise<Made>): Promise<ImportedFile> {
      const known = archive.instanceByUid(madeSopInstanceUid(dossier.exam.id, sha256))
      if (known) return keep(item, { kind: 'already-had', instance: known }, wishes)
      const ofSeries = archive
        .instancesOfStudy(studyUid)
        .filter((instance) => instance.seriesInstanceUid === madeSeriesUid(dossier, madeKind))
      const instanceNumber = Math.max(0, ...ofSeries.map((instance) => instance.instanceNumber ?? 0)) + 1
      const person = studyPerson(dossier.patient, archive.studyHeader(studyUid))
      const making = { dossier, person, sha256, fileName: item.name, instanceNumber, now: deps.clock() }
      const made = await makeIt(making)
      if (made.kind === 'cannot') return unusable(made.reason)
      const { object } = made
      async function* bytes() {
        yield part10Beginning({ ...object, callingAeTitle: 'import' })
        yield* object.bytes()
      }
      const report = keep(item, await archive.importFile(Readable.from(bytes()), wishes.actor), wishes)
      const { sopInstanceUid } = object
      return report.outcome === 'taken'
        ? goodReport(item.name, 'made', { sopInstanceUid, studyInstanceUid: studyUid })
        : report
    }

    if (kind === 'video') {
      const film = async (path: string) => finish(await sha256Of(path), (making) => makeFromMp4(path, making, studyUid))
      return item.path === undefined ? deps.spool.with(stream.all(), film) : film(item.path)
    }
    const bytes = await gather(stream.all(), largestInMemory)
    if (!bytes) {
      const most = `${largestInMemory / 1024 / 1024} MB`
      return unusable(inBoth(`超过 ${most}`, `larger than ${most}`))
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return finish(sha256, async (making) => {
      if (kind === 'jpeg') return makeFromJpeg(bytes, making, studyUid, deps.decoder)
      if (kind === 'png') return makeFromPng(bytes, making, studyUid)
      return makeFromPdf(bytes, making, studyUid)
    })
  }

  function keep({ name }: FileItem, kept: ImportOutcome, { examId, actor }: TakeFor): ImportedFile {
    if (kept.kind === 'not-dicom')
      return fileReport(name, 'refused', {
        code: 'IMPORT-UNREADABLE',
        with: { file: name, ...filling('detail', kept.reason) },
      })
    if (kept.kind === 'refused' && kept.isCutShort)
      return fileReport(name, 'refused', { code: 'FILE-INCOMPLETE', with: { file: name } })
    if (kept.kind === 'refused')
      return fileReport(name, 'refused', { code: 'FILE-REFUSED', with: { file: name, ...refusalDetail(kept) } })
    const { sopInstanceUid, studyInstanceUid } = kept.instance
    const attached = examId === null ? undefined : deps.attach(studyInstanceUid, examId, actor)
    if (attached && !attached.ok)
      return { ...fileReport(name, 'refused', attached.problem), sopInstanceUid, studyInstanceUid }
    const outcomes = { stored: 'taken', 'already-had': 'already-had', 'new-version': 'other-version' } as const
    return goodReport(name, outcomes[kept.kind], kept.instance)
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path, { highWaterMark: 512 * 1024 })) hash.update(bytes)
  return hash.digest('hex')
}
