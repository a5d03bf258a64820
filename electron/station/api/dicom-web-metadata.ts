import { Readable } from 'node:stream'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { fail, type Outcome } from '../../../shared/problems/problem.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import { dicomJsonOf } from '../archive/dicom-json.ts'
import { hexOf } from '../archive/json-values.ts'
import { part10FileOf } from '../archive/part10-file.ts'
import type { ApiRooms } from './api-rooms.ts'
import { takesType } from './dicom-web-accept.ts'
import { answeredAlready, type DicomWebCall, instancesNamed, instanceUrl, notAcceptable } from './dicom-web-call.ts'

export const dicomJson = 'application/dicom+json'

/** True for a client that takes DICOM JSON; plain JSON is the same to it. */
export function takesJson({ accepted }: DicomWebCall): boolean {
  return accepted.some(({ type }) => takesType(type, dicomJson) || takesType(type, 'application/json'))
}

/** Retrieve the metadata of a study, a series or an instance (PS3.18 10.4.1.1.2), object after object as they are read. */
export async function retrieveMetadata(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  if (!takesJson(call)) return notAcceptable([dicomJson])
  const first = rooms.archive.dataSetOf(named.value[0]!.id)
  if (!first || !(await part10FileOf(first))) return fail('WEB-FILE-MISSING')
  await call.reply
    .type(dicomJson)
    .header('cache-control', 'no-store')
    .send(Readable.from(written(call, rooms, named.value), { objectMode: false }))
  return answeredAlready
}

async function* written(
  call: DicomWebCall,
  rooms: ApiRooms,
  instances: readonly InstanceFacts[],
): AsyncGenerator<string> {
  yield '['
  let isFirst = true
  for (const instance of instances) {
    const json = await jsonOf(call, rooms, instance)
    if (!json) {
      rooms.log.error(
        { sopInstanceUid: instance.sopInstanceUid },
        'a stored file cannot be read and was left out of metadata',
      )
      continue
    }
    yield `${isFirst ? '' : ','}${json}`
    isFirst = false
  }
  yield ']'
}

async function jsonOf(call: DicomWebCall, rooms: ApiRooms, instance: InstanceFacts): Promise<string | undefined> {
  const stored = rooms.archive.dataSetOf(instance.id)
  if (!stored) return undefined
  const base = `${instanceUrl(call.request, instance)}/bulkdata`
  const bulkDataUri = (path: readonly number[]) =>
    `${base}/${path.map((step, index) => (index % 2 === 0 ? hexOf(step) : step)).join('/')}`
  try {
    return JSON.stringify(await dicomJsonOf(stored, { bulkDataUri, readAs: readAsOf(rooms, instance) }))
  } catch {
    return undefined
  }
}

/** A device that declares the wrong character set is read as staff decided for it. */
function readAsOf({ archive, settings }: ApiRooms, { sopInstanceUid }: InstanceFacts): readonly string[] | undefined {
  const current = archive.versionsOf(sopInstanceUid).find(({ isCurrent }) => isCurrent)
  return current && termsReadAs(settings.readAsOf(current.callingAeTitle))
}
