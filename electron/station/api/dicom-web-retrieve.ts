import { Readable } from 'node:stream'
import { transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { bulkDataOf } from '../archive/bulk-data.ts'
import { type Part10File, part10FileOf, unalteredBytes } from '../archive/part10-file.ts'
import type { ApiRooms } from './api-rooms.ts'
import { chooseOffer } from './dicom-web-accept.ts'
import { answeredAlready, type DicomWebCall, instancesNamed, instanceUrl, notAcceptable } from './dicom-web-call.ts'
import { multipartAnswer, type Part } from './dicom-web-multipart.ts'

/**
 * Retrieve study, series or instance (PS3.18 10.4): every object as it is stored, whatever its transfer syntax, unless the client
 * names one; then only objects in that one, and 406 when there is none. Nothing is recompressed. A file that turns out not to be as it
 * came breaks the answer off.
 */
export async function retrieveObjects(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  const offers = named.value.map(({ transferSyntaxUid: transferSyntax }) => ({
    mediaType: 'application/dicom',
    transferSyntax,
  }))
  const chosen = chooseOffer(call.accepted, offers, named.value.length === 1)
  if (!chosen)
    return notAcceptable(
      offers.map(({ mediaType, transferSyntax }) => `${mediaType};transfer-syntax=${transferSyntax}`),
    )
  const taken = named.value.filter(
    ({ transferSyntaxUid: transferSyntax }) =>
      chooseOffer(call.accepted, [{ mediaType: 'application/dicom', transferSyntax }], true) !== undefined,
  )
  const files: Found[] = []
  for (const instance of taken) {
    const file = await fileOf(instance, rooms)
    if (file) files.push({ instance, file })
    else rooms.log.error({ sopInstanceUid: instance.sopInstanceUid }, 'a stored file is missing: left out of an answer')
  }
  const [first] = files
  if (!first) return fail('WEB-FILE-MISSING')
  if (!chosen.isMultipart) {
    await call.reply
      .type(`application/dicom;transfer-syntax=${first.instance.transferSyntaxUid}`)
      .header('content-length', first.file.length)
      .send(Readable.from(first.file.read(), { objectMode: false }))
    return answeredAlready
  }
  const { contentType, stream } = multipartAnswer(
    'application/dicom',
    files.map((one) => partOf(call, one)),
  )
  // 206: some of them are not here, or not in the transfer syntax that was asked for (table 10.4.3-2).
  const status = files.length < named.value.length ? 206 : 200
  await call.reply.code(status).type(contentType).header('cache-control', 'no-store').send(stream)
  return answeredAlready
}

type Found = { readonly instance: InstanceFacts; readonly file: Part10File }

function partOf({ request }: DicomWebCall, { instance, file }: Found): Part {
  return {
    contentType: `application/dicom;transfer-syntax=${instance.transferSyntaxUid}`,
    contentLocation: instanceUrl(request, instance),
    body: file.read,
  }
}

async function fileOf({ id }: InstanceFacts, { archive }: ApiRooms): Promise<Part10File | undefined> {
  const stored = archive.dataSetOf(id)
  if (!stored) return undefined
  const file = await part10FileOf(stored)
  if (!file) {
    archive.alarmUnusable(id, 'missing')
    return undefined
  }
  const { length } = file
  return { length, read: () => unalteredBytes(file, stored, () => archive.alarmUnusable(id, 'altered')) }
}

const mostPathSteps = 65

/** The value that a BulkDataURI of the metadata names (PS3.18 10.4.1.1.5). */
export async function retrieveBulkData(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const path = pathOf(call.params['*'] ?? '')
  if (!path) return fail('BAD-REQUEST', { detail: 'bulkdata/<tag>[/<item>/<tag>]' })
  return sendBulk(call, rooms, path)
}

/** All pixel data of an instance (PS3.18 10.4.1.1.6). */
export function retrievePixelData(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  return sendBulk(call, rooms, [0x7fe00010])
}

/** '7FE00010', or '00089215/0/00420011': tags in hexadecimal, items from 0 between them. */
export function pathOf(text: string): readonly number[] | undefined {
  const steps = text.split('/')
  if (steps.length > mostPathSteps || steps.length % 2 === 0) return undefined
  const path = steps.map((step, index) => {
    const isTag = index % 2 === 0
    return (isTag ? /^[0-9A-Fa-f]{8}$/ : /^\d{1,6}$/).test(step) ? Number.parseInt(step, isTag ? 16 : 10) : Number.NaN
  })
  return path.some(Number.isNaN) ? undefined : path
}

async function sendBulk(call: DicomWebCall, rooms: ApiRooms, path: readonly number[]): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  const instance = named.value[0]!
  const stored = rooms.archive.dataSetOf(instance.id)
  if (!stored || !(await part10FileOf(stored))) return fail('WEB-FILE-MISSING')
  const found = await bulkDataOf(stored, path)
  if (!found) return fail('NOT-FOUND', { what: '这个值' })
  const octets = 'application/octet-stream'
  const transferSyntax = found.kind === 'fragments' ? instance.transferSyntaxUid : undefined
  const own = found.kind === 'fragments' ? (transferSyntaxOf(instance.transferSyntaxUid).mediaType ?? octets) : octets
  const suffix = transferSyntax ? `;transfer-syntax=${transferSyntax}` : ''
  const offers = [...new Set([own, octets])].map((mediaType) => ({
    mediaType,
    ...(transferSyntax && { transferSyntax }),
  }))
  const chosen = chooseOffer(call.accepted, offers, true)
  if (!chosen) return notAcceptable(offers.map(({ mediaType }) => mediaType))
  const contentType = `${chosen.offer.mediaType}${suffix}`
  if (!chosen.isMultipart) {
    await call.reply.type(contentType).send(Readable.from(found.read(), { objectMode: false }))
    return answeredAlready
  }
  const location = `${instanceUrl(call.request, instance)}/bulkdata/${call.params['*'] ?? '7FE00010'}`
  const answer = multipartAnswer(chosen.offer.mediaType, [{ contentType, contentLocation: location, body: found.read }])
  await call.reply.type(answer.contentType).send(answer.stream)
  return ok(undefined)
}
