import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { viewDeliveries } from './delivery-view.ts'
import { examFacts, examPage, examRows } from './exam-page.ts'

const pageSize = 50
const dayMilliseconds = 24 * 3600_000

export function answerExams(answer: Answer, rooms: ApiRooms): void {
  const { exams } = rooms

  function page(id: string) {
    const found = examPage(rooms, id)
    return found ? ok(found) : fail('NOT-FOUND', { what: '检查' })
  }
  const pageAfter = (outcome: Outcome<true>, id: string) => (outcome.ok ? page(id) : outcome)

  answer(routes.examList, ({ query }) => {
    const from = query.from ? readChinaTime(`${query.from} 00:00:00`) : undefined
    const to = query.to ? readChinaTime(`${query.to} 00:00:00`) : undefined
    const found = exams.find({ text: query.text, from, to: to === undefined ? undefined : to + dayMilliseconds })
    const all = found.map((one) => ({ ...one, facts: examFacts(rooms, one.exam) }))
    const counts: Record<string, number> = {}
    for (const { facts } of all) counts[facts.state] = (counts[facts.state] ?? 0) + 1
    const chosen = query.state ? all.filter(({ facts }) => facts.state === query.state) : all
    return ok({
      rows: examRows(rooms, chosen.slice((query.page - 1) * pageSize, query.page * pageSize)),
      total: chosen.length,
      page: query.page,
      pageSize,
      counts,
    })
  })

  answer(routes.examRegister, ({ body, user }) => exams.register(body, user.username))
  answer(routes.examRead, ({ params }) => page(params.id!))
  answer(routes.examChange, ({ params, body, user }) =>
    pageAfter(exams.change(params.id!, body, user.username), params.id!),
  )
  answer(routes.examCancel, ({ params, body, user }) =>
    pageAfter(exams.cancel(params.id!, body.reason, user.username), params.id!),
  )
  answer(routes.examDeliveries, ({ params }) =>
    exams.read(params.id!)
      ? ok(viewDeliveries(rooms, rooms.outbox.ofExam(params.id!)))
      : fail('NOT-FOUND', { what: '检查' }),
  )
}
