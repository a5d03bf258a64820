import { derivedUid } from '../../../shared/dicom/derived-uid.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaCompactDay } from '../../../shared/text/china-time.ts'
import { encodeDicomdir } from './dicomdir.ts'
import { directoryOf } from './directory-of-exam.ts'
import type { DocumentOutcome } from './documents.ts'
import { fileNameOf, takeAwayReadme } from './take-away-words.ts'

/** One file of what a patient takes away. */
export type TakeAwayFile = {
  readonly path: readonly string[]
  /** The same in plain letters, for media that know no others. */
  readonly plainPath: readonly string[]
  readonly size: number
  /** The first `size` bytes of a file, or bytes. */
  readonly content:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'bytes'; readonly bytes: Buffer }
}

export type TakeAway = {
  readonly name: string
  readonly files: readonly TakeAwayFile[]
  readonly bytes: number
  readonly at: number
}

export type TakeAwayDeps = {
  readonly clock: () => number
  readonly dossierOf: (examId: string) => ExamDossier | undefined
  readonly studies: (studyInstanceUids: readonly string[]) => readonly StudyHeader[]
  /** The stored file of an instance: it begins with File Meta Information, its data set ends at offset + length. */
  readonly storedFileOf: (
    id: string,
  ) => { readonly path: string; readonly offset: number; readonly length: number } | undefined
  /** Whether the stored bytes are there as they were received; who finds that they aren't tells staff. */
  readonly isUnaltered: (instance: InstanceFacts) => Promise<boolean>
  readonly pictureOf: (
    id: string,
    frame: number,
  ) => Promise<
    { readonly kind: 'rendered'; readonly bytes: Buffer } | { readonly kind: 'cannot'; readonly reason: string }
  >
  readonly reportPdf: (dossier: ExamDossier) => Promise<DocumentOutcome>
}

/** All pictures together, bytes: they wait in memory because their sizes must be known; the rest is seen with a viewer. */
const mostPictureBytes = 256 * 1024 * 1024
const mostNamesInReadme = 30

/**
 * Gathers what a patient takes away (PS3.10 8; no profile of PS3.11: nothing is transcoded): the stored objects as they are with a DICOMDIR, pictures that open
 * anywhere, the released report, and a page that says how to look at them.
 */
export async function gatherTakeAway(deps: TakeAwayDeps, examId: string): Promise<Outcome<TakeAway>> {
  const dossier = deps.dossierOf(examId)
  if (!dossier) return fail('NOT-FOUND', { what: '检查' })
  const at = deps.clock()
  const { stored, leftOut } = await storedObjects(deps, dossier.instances)
  const report = dossier.report ? await deps.reportPdf(dossier) : undefined
  if (stored.length === 0 && report?.kind !== 'printed') return fail('TAKE-AWAY-NOTHING')
  const { pictures, notShown } = await picturesOf(deps, stored)
  const studyUids = [...new Set(stored.map(({ instance }) => instance.studyInstanceUid))]
  const directory = encodeDicomdir(directoryOf(stored, deps.studies(studyUids)), {
    id: 'YINGZHAN',
    uid: derivedUid('take-away', examId, String(at)),
  })
  const hasReport = report?.kind === 'printed'
  const holds = { objects: stored.length, pictures: pictures.length, hasReport, notShown, leftOut: capped(leftOut) }
  const files: TakeAwayFile[] = [
    bytesFile(['README.TXT'], takeAwayReadme(dossier, holds, at)),
    ...(report?.kind === 'printed' ? [bytesFile(['报告.pdf'], report.pdf, ['REPORT.PDF'])] : []),
    ...(stored.length > 0 ? [bytesFile(['DICOMDIR'], directory)] : []),
    ...stored.map(
      ({ path, file, size }): TakeAwayFile => ({
        path,
        plainPath: path,
        size,
        content: { kind: 'file', path: file },
      }),
    ),
    ...pictures,
  ]
  const name = fileNameOf(`影像_${dossier.patient.name}_${dossier.exam.accessionNumber}_${chinaCompactDay(at)}`)
  return ok({ name, files, bytes: files.reduce((sum, file) => sum + file.size, 0), at })
}

type Stored = {
  readonly instance: InstanceFacts
  readonly path: readonly string[]
  readonly file: string
  readonly size: number
}

/** IMAGES/SE000001/IM000001: letters and lengths of PS3.10 8.5. */
async function storedObjects(deps: TakeAwayDeps, instances: readonly InstanceFacts[]) {
  const series = [...new Set(instances.map((instance) => instance.seriesInstanceUid))]
  const counts = new Map<string, number>()
  const stored: Stored[] = []
  const leftOut: string[] = []
  for (const instance of instances) {
    const found = deps.storedFileOf(instance.id)
    // The others are taken away all the same.
    if (!found || !(await deps.isUnaltered(instance))) {
      const { seriesNumber, instanceNumber, sopInstanceUid } = instance
      leftOut.push(`序列 ${seriesNumber ?? '?'}，图像 ${instanceNumber ?? '?'}（${sopInstanceUid}）`)
      continue
    }
    const number = (counts.get(instance.seriesInstanceUid) ?? 0) + 1
    counts.set(instance.seriesInstanceUid, number)
    const folder = `SE${numbered(series.indexOf(instance.seriesInstanceUid) + 1)}`
    const path = ['IMAGES', folder, `IM${numbered(number)}`]
    stored.push({ instance, path, file: found.path, size: found.offset + found.length })
  }
  return { stored, leftOut }
}

const numbered = (number: number) => String(number).padStart(6, '0')

async function picturesOf(deps: TakeAwayDeps, stored: readonly Stored[]) {
  const pictures: TakeAwayFile[] = []
  const notShown: string[] = []
  let bytes = 0
  for (const { instance, path } of stored) {
    const base = `${path[1]!.slice(2).replace(/^0+/u, '')}-${path[2]!.slice(2).replace(/^0+/u, '')}`
    const frames = framesToShow(instance.numberOfFrames)
    let isShown = bytes < mostPictureBytes
    for (const [index, frame] of isShown ? frames.entries() : []) {
      const drawn = await deps.pictureOf(instance.id, frame)
      if (drawn.kind === 'cannot') {
        isShown = false
        break
      }
      bytes += drawn.bytes.length
      const name = `${base}${frames.length > 1 ? `-${index + 1}` : ''}.jpg`
      pictures.push(bytesFile(['JPEG', name], drawn.bytes, ['JPEG', name.replaceAll('-', '_').toUpperCase()]))
    }
    if (!isShown) notShown.push(path.join('/'))
  }
  return { pictures, notShown: capped(notShown) }
}

function capped(names: readonly string[]): readonly string[] {
  const more = names.length - mostNamesInReadme
  return more > 0 ? [...names.slice(0, mostNamesInReadme), `……另有 ${more} 个`] : names
}

/** Pure: of a film the first, the middle and the last frame, from 0. */
export function framesToShow(count: number): number[] {
  return [...new Set([0, Math.floor((count - 1) / 2), count - 1])]
}

function bytesFile(path: readonly string[], bytes: Buffer, plainPath: readonly string[] = path): TakeAwayFile {
  return { path, plainPath, size: bytes.length, content: { kind: 'bytes', bytes } }
}
