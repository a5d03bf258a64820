import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** The simulated clouds that stand beside the station in training mode. */
export function answerTraining(answer: Answer, { trainingClouds }: ApiRooms): void {
  answer(routes.trainingCloudsRead, () => ok([...trainingClouds.pages()]))
  answer(routes.trainingCloudsTurn, async ({ body, user }) => {
    const turned = await trainingClouds.turn(body.on, user.username)
    return turned.ok ? ok([...turned.value]) : turned
  })
}
