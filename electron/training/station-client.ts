import type { AnswerOf, AnyRoute, BodyInputOf, QueryInputOf } from '../../shared/api/route.ts'
import { routeAddress } from '../../shared/api/route-address.ts'
import { routes } from '../../shared/api/routes.ts'
import { errorSchema } from '../../shared/api/views.ts'

type Input<R extends AnyRoute> = {
  readonly params?: Readonly<Record<string, string | number>>
  readonly query?: QueryInputOf<R>
  readonly body?: BodyInputOf<R>
}

export type StationClient = {
  /** Throws with the station's own words when it refuses. */
  readonly call: <R extends AnyRoute>(route: R, input?: Input<R>) => Promise<AnswerOf<R>>
  readonly bytes: <R extends AnyRoute>(route: R, input?: Input<R>) => Promise<Buffer>
}

/** Logs in and speaks to a station as any program would. `url` is asked for anew each time: a restarted station may have moved. */
export async function logInToStation(url: () => string, username: string, password: string): Promise<StationClient> {
  let token = ''

  async function send<R extends AnyRoute>(route: R, input: Input<R> = {}): Promise<Response> {
    const path = routeAddress(route.path, input.params, input.query as Record<string, unknown> | undefined)
    const response = await fetch(new URL(path, url()), {
      method: route.method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(input.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    })
    if (response.ok) return response
    const text = await response.text()
    const answer = errorSchema.safeParse(parsed(text))
    const said = answer.success
      ? `${answer.data.error.message}。${answer.data.error.action}（${answer.data.error.code}）`
      : text.slice(0, 200)
    throw new Error(`${route.method} ${route.path}: ${response.status} ${said}`)
  }

  const call: StationClient['call'] = async (route, input) => (await send(route, input)).json() as never
  token = (await call(routes.sessionCreate, { body: { username, password } })).token
  return { call, bytes: async (route, input) => Buffer.from(await (await send(route, input)).arrayBuffer()) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
