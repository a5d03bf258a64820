import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { trainingRegistrations } from '../training-patients.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** The simulated clouds that stand beside the station in training mode. */
export function answerTraining(answer: Answer, { trainingClouds, exams, isTraining }: ApiRooms): void {
  answer(routes.trainingCloudsRead, () => ok([...trainingClouds.pages()]))
  answer(routes.trainingCloudsTurn, async ({ body, user }) => {
    const turned = await trainingClouds.turn(body.on, user.username)
    return turned.ok ? ok([...turned.value]) : turned
  })
  answer(routes.trainingPatients, ({ user }) => {
    if (!isTraining()) return fail('NOT-TRAINING')
    const registrations = trainingRegistrations()
    for (const registration of registrations) {
      const registered = exams.register(registration, user.username)
      if (!registered.ok) return registered
    }
    return ok({ registered: registrations.length })
  })
  answer(routes.trainingImages, async ({ body, user }) => {
    const exam = body.examId === undefined ? undefined : exams.read(body.examId)?.exam
    if (body.examId !== undefined && !exam) return fail('NOT-FOUND', { what: '检查' })
    const sent = await trainingClouds.sendImages(exam?.accessionNumber ?? null, user.username)
    return sent.ok ? ok({ images: sent.value }) : sent
  })
}
