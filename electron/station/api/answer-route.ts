import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AnswerOf, AnyRoute, BodyOf, QueryOf } from '../../../shared/api/route.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { Account, Role } from '../../../shared/models/account.ts'
import { type BothWords, filling, inBoth, listed } from '../../../shared/problems/both-words.ts'
import type { Outcome, Problem } from '../../../shared/problems/problem.ts'
import { inChinese, invalidInput } from '../settings/issue-words.ts'
import { sendProblem } from './send-problem.ts'

export type Call<R extends AnyRoute> = {
  readonly params: Readonly<Record<string, string>>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  /** The person who is logged in; absent only on routes for anyone. */
  readonly user: Account
  readonly token: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** An answer of bytes or a stream that the handler has already begun. */
export const answered = Symbol('answered')

export type RouteHandler<R extends AnyRoute> = (
  call: Call<R>,
) => Promise<Outcome<AnswerOf<R> | typeof answered>> | Outcome<AnswerOf<R> | typeof answered>

export type Answer = <R extends AnyRoute>(route: R, handler: RouteHandler<R>) => void

const roleWords: Readonly<Record<Role, BothWords>> = {
  registrar: inBoth('登记员', 'registrar'),
  technician: inBoth('技师', 'technician'),
  doctor: inBoth('医生', 'reporting doctor'),
  auditor: inBoth('审核医生', 'auditing doctor'),
  administrator: inBoth('管理员', 'administrator'),
}

/** Serves routes by their contract: who may call, what is taken, what is answered. */
export function createAnswer(server: FastifyInstance, whoIs: (token: string) => Account | undefined): Answer {
  return (route, handler) => {
    server.route({
      method: route.method,
      url: route.path,
      ...(route.largestBody !== undefined && { bodyLimit: route.largestBody }),
      handler: async (request, reply) => {
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
        const user = token ? whoIs(token) : undefined
        const refusal = refuse(route, user)
        if (refusal) return sendProblem(reply, refusal)
        const query = route.query.safeParse(request.query, inChinese)
        if (!query.success) return sendProblem(reply, invalidInput(query.error.issues))
        const body = route.body.safeParse(request.body ?? undefined, inChinese)
        if (!body.success) return sendProblem(reply, invalidInput(body.error.issues))
        const outcome = await handler({
          params: request.params as Record<string, string>,
          query: query.data as never,
          body: body.data as never,
          user: user as Account,
          token,
          request,
          reply,
        })
        if (!outcome.ok) return sendProblem(reply, outcome.problem)
        return outcome.value === answered ? reply : reply.header('cache-control', 'no-store').send(outcome.value)
      },
    })
  }
}

/** Whose password must be changed may find out who they are, change it, and leave. */
const openBeforeChange: ReadonlySet<string> = new Set([routes.sessionRead.path, routes.passwordChange.path])

/** Why this person, or nobody, may not call the route; undefined: they may. */
export function refuse(route: Pick<AnyRoute, 'access' | 'path'>, user: Account | undefined): Problem | undefined {
  if (route.access === 'anyone') return undefined
  if (!user) return { code: 'LOGIN-NEEDED' }
  if (user.mustChangePassword && !openBeforeChange.has(route.path)) return { code: 'PASSWORD-CHANGE-NEEDED' }
  if (route.access === 'logged-in' || user.role === 'administrator' || route.access.includes(user.role))
    return undefined
  const roles = [...route.access, 'administrator' as const].map((role) => roleWords[role])
  return { code: 'ROLE-NEEDED', with: filling('roles', listed(roles)) }
}
