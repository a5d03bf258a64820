import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { viewDeliveries } from './delivery-view.ts'
import { examPage, examRows } from './exam-page.ts'

const dayMilliseconds = 24 * 3600_000

export function answerExams(answer: Answer, rooms: ApiRooms): void {
  const { exams } = rooms

  function page(id: string) {
    const found = examPage(rooms, id)
    return found ? ok(found) : fail('NOT-FOUND', { what: '检查' })
  }
  const pageAfter = (outcome: Outcome<true>, id: string) => (outcome.ok ? page(id) : outcome)

  answer(routes.examList, async ({ query }) => {
    await rooms.boardFacts.upToDate()
    const { from, to, page: pageNumber, ...conditions } = query
    const lastDay = to ? readChinaTime(to) : undefined
    const { examIds, total, counts } = rooms.boardSearch.find({
      ...conditions,
      page: pageNumber,
      from: from ? readChinaTime(from) : undefined,
      to: lastDay === undefined ? undefined : lastDay + dayMilliseconds,
    })
    return ok({ rows: examRows(rooms, examIds), total, page: pageNumber, pageSize: query.pageSize, counts })
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
