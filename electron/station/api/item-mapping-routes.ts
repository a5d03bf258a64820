import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** The clinic's items and the standard items they stand for. */
export function answerItemMappings(answer: Answer, { itemMappings }: ApiRooms): void {
  answer(routes.itemMappingList, () => ok(itemMappings.list()))
  answer(routes.itemMappingSave, ({ body, user }) => itemMappings.save(body, user.username))
  answer(routes.itemMappingRemove, ({ params, user }) => {
    const removed = itemMappings.remove(params.id!, user.username)
    return removed.ok ? ok({ done: true as const }) : removed
  })
  answer(routes.itemMappingExport, async ({ reply }) => {
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="item-mappings.csv"')
      .send(itemMappings.exportCsv())
    return ok(answered)
  })
  answer(routes.itemMappingImport, ({ body, user }) => itemMappings.importCsv(body.csv, user.username))
}
