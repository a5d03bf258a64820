import { Readable } from 'node:stream'
import { fail, type Outcome } from '../../../shared/problems/problem.ts'
import type { DicomJson } from '../archive/json-values.ts'
import { readPart10Beginning } from '../archive/part10.ts'
import { firstLook, readHeader } from '../archive/read-header.ts'
import type { ImportOutcome } from '../archive/store-outcome.ts'
import type { ApiRooms } from './api-rooms.ts'
import { answeredAlready, baseOf, type DicomWebCall, notAcceptable } from './dicom-web-call.ts'
import { dicomJson, takesJson } from './dicom-web-metadata.ts'
import { boundaryOf, type IncomingPart, PartsViolation, readContentType, readParts } from './dicom-web-parts.ts'
import { readAway } from './read-away.ts'

const gibibyte = 1024 ** 3
const limits = { preamble: 64 * 1024, headers: 16 * 1024, parts: 10_000, partBytes: 4 * gibibyte }

/** Failure reasons of PS3.18 table 10.5.3-2 and PS3.4 table B.2-1. */
const failure = { outOfResources: 0xa700, wrongStudy: 0xa900, cannotUnderstand: 0xc000 } as const
/** Stored beside other bytes of the same SOPInstanceUID; staff decide which of them holds. */
const keptBeside = 0xb000

type Stored = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  /** Of where it can be retrieved. */
  readonly url?: string
  readonly failure?: number
  readonly warning?: number
}

/**
 * Store instances (PS3.18 10.5): part by part to the disk as they come, never whole in memory. The answer says of each object what
 * became of it: 200 all, 202 some or with a warning, 409 none.
 */
export async function storeInstances(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const { type, parameters } = readContentType(call.request.headers['content-type'])
  const inner = parameters.get('type')?.toLowerCase() ?? 'application/dicom'
  if (type !== 'multipart/related' || inner !== 'application/dicom') return fail('WEB-STORE-TYPE')
  const boundary = boundaryOf(parameters)
  if (!boundary) return fail('BAD-REQUEST', { detail: 'multipart/related; boundary=…' })
  if (!takesJson(call)) return notAcceptable([dicomJson])
  const space = await rooms.archive.mayAccept()
  if (space.kind === 'refused') return fail('WEB-NO-SPACE')

  // Not destroyed when a violation ends the reading: its sender shall still read the answer.
  const body = { [Symbol.asyncIterator]: () => call.request.raw.iterator({ destroyOnReturn: false }) }
  const stored: Stored[] = []
  try {
    for await (const part of readParts(body, boundary, limits)) stored.push(await storePart(call, rooms, part))
  } catch (error) {
    // Whatever it is: a body that stays unread would hold the connection for the next request.
    await readAway(call.request.raw)
    if (!(error instanceof PartsViolation)) throw error
    // What came whole before is stored; its sender will send it all again, which does no harm.
    if (error.kind === 'too-large') return fail('TOO-LARGE')
    return fail('BAD-REQUEST', { detail: error.message })
  }
  if (stored.length === 0) return fail('BAD-REQUEST', { detail: 'no part' })
  const failed = stored.filter(({ failure }) => failure !== undefined)
  const hasWarning = stored.some(({ warning }) => warning !== undefined)
  const status = failed.length === stored.length ? 409 : failed.length > 0 || hasWarning ? 202 : 200
  await call.reply
    .code(status)
    .type(dicomJson)
    .send(JSON.stringify(storeAnswer(stored, studyUrlOf(call, stored))))
  return answeredAlready
}

async function storePart(call: DicomWebCall, rooms: ApiRooms, part: IncomingPart): Promise<Stored> {
  const beginning = await beginningOf(part.body)
  const found = readPart10Beginning(beginning)
  const read = found && (await readHeader(beginning.subarray(found.dataSetOffset), found.object.transferSyntaxUid))
  const header = read?.kind === 'header' ? read.header : undefined
  const sopClassUid = header?.sopClassUid || found?.object.sopClassUid || ''
  const sopInstanceUid = header?.sopInstanceUid || found?.object.sopInstanceUid || ''
  const study = header?.study.studyInstanceUid ?? ''
  if (call.params.study !== undefined && study !== call.params.study) {
    return { sopClassUid, sopInstanceUid, failure: found ? failure.wrongStudy : failure.cannotUnderstand }
  }
  const source = Readable.from(joined(beginning, part.body), { objectMode: false })
  const outcome = await rooms.archive.importFile(source, call.user.username)
  return { sopClassUid, sopInstanceUid, ...resultOf(outcome, baseOf(call.request)) }
}

/** The body stays open when the archive stops reading: the rest of the part still has to be read away. */
async function* joined(beginning: Buffer, body: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield beginning
  for (let next = await body.next(); !next.done; next = await body.next()) yield next.value
}

async function beginningOf(body: AsyncGenerator<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  while (length < firstLook) {
    const { value, done } = await body.next()
    if (done) break
    pieces.push(value)
    length += value.length
  }
  return Buffer.concat(pieces)
}

function resultOf(outcome: ImportOutcome, base: string): Pick<Stored, 'url' | 'failure' | 'warning'> {
  switch (outcome.kind) {
    case 'not-dicom':
      return { failure: failure.cannotUnderstand }
    case 'refused':
      return { failure: outcome.status }
    case 'stored':
    case 'already-had':
    case 'new-version': {
      const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = outcome.instance
      const url = `${base}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`
      return { url, ...(outcome.kind === 'new-version' && { warning: keptBeside }) }
    }
  }
}

function studyUrlOf(call: DicomWebCall, stored: readonly Stored[]): string | undefined {
  const studies = new Set(stored.flatMap(({ url }) => (url ? [url.replace(/\/series\/.*$/, '')] : [])))
  if (studies.size === 1) return [...studies][0]
  return call.params.study === undefined ? undefined : `${baseOf(call.request)}/studies/${call.params.study}`
}

/** Store Instances Response Module, PS3.18 table I.2-1. */
export function storeAnswer(stored: readonly Stored[], studyUrl: string | undefined): DicomJson {
  const itemOf = ({ sopClassUid, sopInstanceUid, url, failure, warning }: Stored): DicomJson => ({
    '00081150': { vr: 'UI', ...(sopClassUid && { Value: [sopClassUid] }) },
    '00081155': { vr: 'UI', ...(sopInstanceUid && { Value: [sopInstanceUid] }) },
    ...(url && { '00081190': { vr: 'UR', Value: [url] } }),
    ...(warning !== undefined && { '00081196': { vr: 'US', Value: [warning] } }),
    ...(failure !== undefined && { '00081197': { vr: 'US', Value: [failure] } }),
  })
  const good = stored.filter(({ failure }) => failure === undefined).map(itemOf)
  const bad = stored.filter(({ failure }) => failure !== undefined).map(itemOf)
  return {
    '00081190': { vr: 'UR', ...(studyUrl && { Value: [studyUrl] }) },
    ...(bad.length > 0 && { '00081198': { vr: 'SQ', Value: bad } }),
    ...(good.length > 0 && { '00081199': { vr: 'SQ', Value: good } }),
  }
}
