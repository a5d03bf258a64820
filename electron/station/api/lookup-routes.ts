import { routes } from '../../../shared/api/routes.ts'
import { type Outcome, ok } from '../../../shared/problems/problem.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Questions to the clouds, and the records of what staff did with the answers. */
export function answerLookups(answer: Answer, { lookups, aimisLookups }: ApiRooms): void {
  const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

  answer(routes.priorExams, ({ body, user }) => lookups.priorExams(body, user))
  answer(routes.priorReport, async ({ body, user, reply }) => {
    const found = await lookups.priorReport(body, user)
    if (!found.ok) return found
    await reply.type('application/pdf').header('cache-control', 'no-store').send(found.value)
    return ok(answered)
  })
  answer(routes.callRecord, ({ body, user }) => done(lookups.callRecord(body, user)))
  answer(routes.recognition, ({ body, user }) => done(lookups.recognition(body, user)))

  answer(routes.cloudStudies, ({ body, user }) => aimisLookups.cloudStudies(body, user))
  answer(routes.consultations, ({ body, user }) => aimisLookups.consultations(body, user))
  answer(routes.reportUrl, ({ body, user }) => aimisLookups.reportUrl(body, user))
}
