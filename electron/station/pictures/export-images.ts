import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import type { ReceivedDataSet } from '../archive/archive.ts'
import { part10FileOf, unalteredBytes } from '../archive/part10-file.ts'
import { type AnonymousObject, anonymise } from './anonymise-object.ts'
import { type NamedInstance, namedInstances, pictureName } from './export-entries.ts'
import { anonymousReadme, leftOutReadme } from './export-words.ts'
import { identifyingWords } from './identifying-words.ts'
import type { FrameRenderer } from './render-frame.ts'
import type { ZipEntry } from './zip-stream.ts'

export type ExportDeps = {
  readonly dataSetOf: (id: string) => ReceivedDataSet | undefined
  readonly renderFrame: FrameRenderer
  /** A stored file is gone, or not as it was received: staff are told. */
  readonly alarm: (id: string, why: 'missing' | 'altered') => void
  /** Whether the stored bytes are those that were received. */
  readonly isUnaltered: (instance: InstanceFacts) => Promise<boolean>
}

export const exportForms = ['dicom', 'jpeg', 'anonymised'] as const
export type ExportForm = (typeof exportForms)[number]

/**
 * The images of an exam as entries of a ZIP, each made when the one before it has gone out: as received, as pictures of every frame, or
 * without their person. `identifying`: what the registration says of the person, for the last. What cannot be given is named in the ZIP.
 */
export async function* exportEntries(
  deps: ExportDeps,
  form: ExportForm,
  instances: readonly InstanceFacts[],
  identifying: readonly string[],
): AsyncGenerator<ZipEntry> {
  const named = namedInstances(instances)
  const leftOut: string[] = []
  if (form === 'dicom') yield* asReceived(deps, named, leftOut)
  else if (form === 'jpeg') yield* asPictures(deps, named, leftOut)
  else {
    yield* withoutPerson(deps, named, identifying)
    return
  }
  if (leftOut.length > 0) yield { name: '未能导出.txt', bytes: leftOutReadme(leftOut) }
}

async function* asReceived(deps: ExportDeps, named: readonly NamedInstance[], leftOut: string[]) {
  for (const { instance, path } of named) {
    const stored = deps.dataSetOf(instance.id)
    const file = stored && (await part10FileOf(stored))
    if (!stored || !file) {
      deps.alarm(instance.id, 'missing')
      leftOut.push(path)
      continue
    }
    if (!(await deps.isUnaltered(instance))) {
      leftOut.push(path)
      continue
    }
    const bytes = unalteredBytes(file, stored, () => deps.alarm(instance.id, 'altered'))
    yield { name: `${path}.dcm`, size: file.length, bytes } satisfies ZipEntry
  }
}

async function* asPictures(deps: ExportDeps, named: readonly NamedInstance[], leftOut: string[]) {
  for (const one of named) {
    for (let frame = 0; frame < one.instance.numberOfFrames; frame++) {
      const drawn = await deps.renderFrame(one.instance.id, frame, { format: 'jpeg', quality: 92 })
      if (drawn.kind === 'cannot') {
        leftOut.push(pictureName(one, frame))
        // Of an object without pixels every frame is the same.
        if (frame === 0) break
        continue
      }
      yield {
        name: pictureName(one, frame),
        bytes: iterated(drawn.bytes),
        size: drawn.bytes.length,
        isCompressed: true,
      }
    }
  }
}

async function* withoutPerson(deps: ExportDeps, named: readonly NamedInstance[], identifying: readonly string[]) {
  const how = {
    salt: randomBytes(16).toString('hex'),
    pseudonym: `ANON${randomBytes(4).toString('hex').toUpperCase()}`,
    words: identifyingWords(identifying),
  }
  const burnedIn: string[] = []
  const leftOut: string[] = []
  for (const { instance, plainPath } of named) {
    const stored = deps.dataSetOf(instance.id)
    const made = stored && (await deps.isUnaltered(instance)) ? await anonymise(stored, how) : undefined
    if (made?.kind !== 'anonymous') {
      leftOut.push(plainPath)
      continue
    }
    if (made.mayBeBurnedIn) burnedIn.push(`${plainPath}.dcm`)
    yield { name: `${plainPath}.dcm`, size: made.size, bytes: bytesOf(made) } satisfies ZipEntry
  }
  yield { name: 'README.txt', bytes: anonymousReadme(burnedIn, leftOut) } satisfies ZipEntry
}

async function* bytesOf({ head, pixels }: AnonymousObject): AsyncGenerator<Buffer> {
  yield head
  if (Buffer.isBuffer(pixels)) yield pixels
  else if (pixels.length > 0) {
    const { path, start, length } = pixels
    yield* createReadStream(path, { start, end: start + length - 1, highWaterMark: 256 * 1024 })
  }
}

async function* iterated(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
