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

/** Sends to the station with the session's token. Throws a StationError for every answer that is not a success. */
export async function fetchStation<R extends AnyRoute>(route: R, input: CallInput<R> = {}): Promise<Response> {
  const token = sessionStore.read().session?.token
  const headers = new Headers()
  if (token) headers.set('authorization', `Bearer ${token}`)
  const isForm = input.body instanceof FormData
  if (input.body !== undefined && !isForm) headers.set('content-type', 'application/json')
  let response: Response
  try {
    response = await fetch(routeAddress(route.path, input.params, input.query as Record<string, unknown>), {
      method: route.method,
      headers,
      body: input.body === undefined ? null : isForm ? (input.body as FormData) : JSON.stringify(input.body),
      ...(input.signal ? { signal: input.signal } : {}),
    })
  } catch (error) {
    if (input.signal?.aborted) throw error
    throw new StationError({ status: 0, code: unreachableCode, message: '', action: '' })
  }
  if (response.ok) return response
  if (response.status === 401 && token) sessionStore.expire(token)
  throw await readError(response)
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
