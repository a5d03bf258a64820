import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaCompactDay } from '../../../shared/text/china-time.ts'
import { writerOf } from '../reports/unsaved-reports.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { otherNamesOf } from './check-exam.ts'
import { localPriorsOf } from './local-priors.ts'

const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

export function answerWriting(answer: Answer, rooms: ApiRooms): void {
  answerTemplates(answer, rooms)
  answerPen(answer, rooms)
  const { exams, reports } = rooms

  answer(routes.criticalTell, ({ params, body, user }) => {
    const found = exams.read(params.id!)
    if (!found) return noExam
    return reports.notices.tell(found.exam, reports.newest(found.exam.id), body, user.username)
  })
  answer(routes.criticalList, ({ params }) =>
    exams.read(params.id!) ? ok(reports.notices.ofExam(params.id!)) : noExam,
  )
  answer(routes.localPriors, ({ params }) => (exams.read(params.id!) ? ok(localPriorsOf(rooms, params.id!)) : noExam))
  answer(routes.otherNames, ({ params }) => {
    const found = exams.read(params.id!)
    return found ? ok(otherNamesOf(rooms, found.patient.name)) : noExam
  })
}

const noExam = fail('NOT-FOUND', { what: '检查' })

function answerTemplates(answer: Answer, { reports, clock }: ApiRooms): void {
  const { templates } = reports
  answer(routes.templateList, ({ user }) => ok(templates.list(user.username)))
  answer(routes.templateCreate, ({ body, user }) => ok(templates.create(body, user)))
  answer(routes.templateChange, ({ params, body, user }) => templates.change(params.id!, body, user))
  answer(routes.templateRemove, ({ params, user }) => done(templates.remove(params.id!, user)))
  answer(routes.templateMark, ({ params, body, user }) => done(templates.mark(params.id!, body, user.username)))
  answer(routes.templateExport, async ({ user, reply }) => {
    const name = `报告模板-${chinaCompactDay(clock())}.json`
    await reply
      .type('application/json')
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .send(JSON.stringify(templates.exported(user.username), null, 2))
    return ok(answered)
  })
  answer(routes.templateImport, ({ body, user }) => ok(templates.imported(body, user)))
  answer(routes.phraseList, ({ user }) => ok(templates.phrases(user.username)))
  answer(routes.phraseCreate, ({ body, user }) => ok(templates.createPhrase(body, user)))
  answer(routes.phraseRemove, ({ params, user }) => done(templates.removePhrase(params.id!, user)))
}

/** Who has the pen, and what is under it. */
function answerPen(answer: Answer, { exams, reports }: ApiRooms): void {
  const { locks, unsaved } = reports
  const ofExam = <T>(id: string, work: () => T) => (exams.read(id) ? ok(work()) : noExam)

  answer(routes.reportLock, ({ params, body, user }) =>
    ofExam(params.id!, () => locks.take(params.id!, user, body.takeOver ?? false)),
  )
  answer(routes.reportLockRead, ({ params, user }) => ofExam(params.id!, () => locks.read(params.id!, user.username)))
  answer(routes.reportUnlock, ({ params, user }) =>
    ofExam(params.id!, () => {
      locks.release(params.id!, user.username)
      return { done: true as const }
    }),
  )
  answer(routes.unsavedKeep, ({ params, body, user, token }) =>
    ofExam(params.id!, () => unsaved.keep(params.id!, body, writerOf(user.username, token))),
  )
  answer(routes.unsavedRead, async ({ params, user, reply }) => {
    if (!exams.read(params.id!)) return noExam
    const found = unsaved.read(params.id!, user.username)
    // fastify sends null as an empty body: said as JSON, so that the desk reads an answer.
    await reply.type('application/json').header('cache-control', 'no-store').send(JSON.stringify(found))
    return ok(answered)
  })
  answer(routes.unsavedDrop, ({ params, user }) =>
    ofExam(params.id!, () => {
      unsaved.drop(params.id!, user.username)
      return { done: true as const }
    }),
  )
}
