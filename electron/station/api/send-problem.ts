import type { FastifyReply } from 'fastify'
import type { ErrorAnswer } from '../../../shared/api/views.ts'
import { describeProblem, type Problem } from '../../../shared/problems/problem.ts'

/** Errors of the API: `{error: {code, message, action}}` with the status of the catalogue. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, message, action, english } = describeProblem(problem)
  const answer: ErrorAnswer = {
    error: { code, message, action, english, ...(problem.fields && { fields: { ...problem.fields } }) },
  }
  return reply.code(status).header('cache-control', 'no-store').send(answer)
}
