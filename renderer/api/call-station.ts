import type { AnswerOf, AnyRoute, BodyInputOf, QueryInputOf } from '../../shared/api/route.ts'
import { routeAddress } from '../../shared/api/route-address.ts'
import { errorSchema } from '../../shared/api/views.ts'
import { sessionStore } from './session-store.ts'
import { badAnswerCode, StationError, unreachableCode } from './station-error.ts'

export type CallInput<R extends AnyRoute> = {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: QueryInputOf<R>
  readonly body?: BodyInputOf<R>
  readonly signal?: AbortSignal
  /** Of the browser's own memory of answers: no-store leaves nothing there. */
  readonly cache?: RequestCache
}

async function readError(response: Response): Promise<StationError> {
  const text = await response.text()
  try {
    const answer = errorSchema.parse(JSON.parse(text))
    return new StationError({ status: response.status, ...answer.error })
  } catch {
    return new StationError({
      status: response.status,
      code: badAnswerCode,
      message: `HTTP ${response.status}`,
      action: '',
    })
  }
}

/** Sends with the session's token. Throws a StationError for every answer that is not a success. */
async function send(address: string, init: RequestInit): Promise<Response> {
  const token = sessionStore.read().session?.token
  const headers = new Headers(init.headers)
  if (token) headers.set('authorization', `Bearer ${token}`)
  let response: Response
  try {
    response = await fetch(address, { ...init, headers })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new StationError({ status: 0, code: unreachableCode, message: '', action: '' })
  }
  if (response.ok) return response
  if (response.status === 401 && token) sessionStore.expire(token)
  throw await readError(response)
}

/** Calls a route of the station. Throws a StationError for every answer that is not a success. */
export function fetchStation<R extends AnyRoute>(route: R, input: CallInput<R> = {}): Promise<Response> {
  const isForm = input.body instanceof FormData
  return send(routeAddress(route.path, input.params, input.query as Record<string, unknown>), {
    method: route.method,
    headers: input.body === undefined || isForm ? {} : { 'content-type': 'application/json' },
    body: input.body === undefined ? null : isForm ? (input.body as FormData) : JSON.stringify(input.body),
    ...(input.signal ? { signal: input.signal } : {}),
    ...(input.cache ? { cache: input.cache } : {}),
  })
}

/** A resource of DICOMweb, PS3.18 10.4, in the first of the media types that the station can give. */
export function fetchDicomWeb(address: string, accept: string): Promise<Response> {
  return send(`/dicom-web/${address}`, { method: 'GET', headers: { accept } })
}

/** Calls a route that answers JSON. */
export async function callStation<R extends AnyRoute>(route: R, input: CallInput<R> = {}): Promise<AnswerOf<R>> {
  const response = await fetchStation(route, input)
  try {
    return (await response.json()) as AnswerOf<R>
  } catch {
    throw new StationError({ status: response.status, code: badAnswerCode, message: '', action: '' })
  }
}
