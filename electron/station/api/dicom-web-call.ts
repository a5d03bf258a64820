import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../../shared/api/route.ts'
import type { Account } from '../../../shared/models/account.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { ApiRooms } from './api-rooms.ts'
import { type Accepted, readAccept } from './dicom-web-accept.ts'

/** A request to the DICOMweb services, PS3.18 chapter 10, of somebody who may make it. */
export type DicomWebCall = {
  readonly params: Readonly<Record<string, string>>
  /** Names as written; several values of one name stay several. */
  readonly query: ReadonlyMap<string, readonly string[]>
  readonly accepted: readonly Accepted[]
  readonly user: Account
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** One transaction. The handler sends its answer itself, or says what is wrong. */
export type DicomWebRoute = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly handle: (call: DicomWebCall, rooms: ApiRooms) => Promise<Outcome<void>>
}

export const dicomWebRoot = '/dicom-web'
export const answeredAlready = ok<void>(undefined)

export function callOf(request: FastifyRequest, reply: FastifyReply, user: Account): DicomWebCall {
  const query = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    query.set(name, Array.isArray(value) ? value : [value])
  }
  // The query parameter of this name stands for the header, for clients that cannot set one (PS3.18 8.3.3.1).
  const field = query.get('accept')?.join(',') ?? request.headers.accept
  const params = request.params as Record<string, string>
  return { params, query, accepted: readAccept(field), user, request, reply }
}

/** Where this request reached the station; the guard has let only its own names through. */
export function baseOf(request: FastifyRequest): string {
  return `http://${request.headers.host}${dicomWebRoot}`
}

export function instanceUrl(
  request: FastifyRequest,
  { studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceFacts,
): string {
  return `${baseOf(request)}/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`
}

/** The instances that the address names: of a study, a series, or one. 404 where there is none. */
export function instancesNamed({ params }: DicomWebCall, { archive }: ApiRooms): Outcome<readonly InstanceFacts[]> {
  if (params.instance !== undefined) {
    const found = archive.instanceByUid(params.instance)
    const isThere = found && found.studyInstanceUid === params.study && found.seriesInstanceUid === params.series
    return isThere ? ok([found]) : fail('NOT-FOUND', { what: '这幅图像' })
  }
  const ofStudy = archive.instancesOfStudy(params.study ?? '')
  const found = params.series === undefined ? ofStudy : ofStudy.filter((one) => one.seriesInstanceUid === params.series)
  return found.length > 0
    ? ok(found)
    : fail('NOT-FOUND', { what: params.series === undefined ? '这次检查的影像' : '这个序列' })
}

export function notAcceptable(offered: readonly string[]): Outcome<never> {
  return fail('WEB-NOT-ACCEPTABLE', { offered: [...new Set(offered)].join(', ') })
}
