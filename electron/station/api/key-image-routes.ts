import { routes } from '../../../shared/api/routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

export function answerKeyImages(answer: Answer, { exams, keyImages }: ApiRooms): void {
  answer(routes.keyImageList, ({ params }) =>
    exams.read(params.id!) ? ok(keyImages.list(params.id!)) : fail('NOT-FOUND', { what: '检查' }),
  )

  answer(routes.keyImageSave, async ({ params, body, user }) => {
    const found = exams.read(params.id!)
    return found ? keyImages.save(found.exam, body, user) : fail('NOT-FOUND', { what: '检查' })
  })
}
