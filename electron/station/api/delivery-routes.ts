import { routes } from '../../../shared/api/routes.ts'
import type { OutboxTask } from '../../../shared/models/outbox-task.ts'
import { type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { viewDeliveries } from './delivery-view.ts'

export function answerDeliveries(answer: Answer, rooms: ApiRooms): void {
  const { outbox, destinations, uploads, hurryDeliveries } = rooms
  const view = (outcome: Outcome<OutboxTask>) => (outcome.ok ? ok(viewDeliveries(rooms, [outcome.value])[0]!) : outcome)

  answer(routes.deliveryList, ({ query }) => ok(viewDeliveries(rooms, outbox.list(query.state))))
  answer(routes.deliveryRetry, async ({ params, user }) => {
    const outcome = outbox.retry(params.id!, user.username)
    if (outcome.ok) {
      const destination = destinations.get(outcome.value.destinationId)
      if (destination) await uploads.to(destination).resume()
      destinations.resume(outcome.value.destinationId)
      hurryDeliveries()
    }
    return view(outcome)
  })
  answer(routes.deliveryCancel, ({ params, body, user }) => view(outbox.cancel(params.id!, body.reason, user.username)))
}
