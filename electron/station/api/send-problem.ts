import type { FastifyReply } from 'fastify'
import type { ErrorAnswer } from '../../../shared/api/views.ts'
import { describeProblem, type Problem } from '../../../shared/problems/problem.ts'

/** Errors of the API: `{error: {code, message, action}}` with the status of the catalogue. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, code, message, action, english, englishAction } = describeProblem(problem)
  const answer: ErrorAnswer = {
    error: {
      code,
      message,
      action,
      english,
      englishAction,
      ...(problem.fields && { fields: { ...problem.fields } }),
      ...(problem.fieldsInEnglish && { fieldsInEnglish: { ...problem.fieldsInEnglish } }),
    },
  }
  return reply.code(status).header('cache-control', 'no-store').send(answer)
}
