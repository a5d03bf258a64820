import type { z } from 'zod'
import type { Role } from '../models/account.ts'

/** Who may call a route: anyone, whoever is logged in, or the roles named. An administrator may call every route. */
export type Access = 'anyone' | 'logged-in' | readonly Role[]

/** One route of the station's HTTP API, both sides typed from it. `:name` in the path is a parameter. */
export type Route<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  /** Bytes; absent: 2 MiB. */
  readonly largestBody?: number
}

export type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType>

export function route<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  definition: Route<Query, Body, Answer>,
): Route<Query, Body, Answer> {
  return definition
}

export type QueryOf<R> = R extends Route<infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never
export type QueryInputOf<R> = R extends Route<infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never
export type BodyOf<R> = R extends Route<z.ZodType, infer B, z.ZodType> ? z.output<B> : never
export type BodyInputOf<R> = R extends Route<z.ZodType, infer B, z.ZodType> ? z.input<B> : never
export type AnswerOf<R> = R extends Route<z.ZodType, z.ZodType, infer A> ? z.output<A> : never
