import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { sendPdf } from './document-routes.ts'

/** Before the clouds have it: the hold window. Afterwards: a deletion by two people, or a letter where there is no recall. */
export function answerCorrections(answer: Answer, rooms: ApiRooms): void {
  const { outbox, retractions, destinations, documents, readDossier, hurryDeliveries } = rooms

  const noExam = fail('NOT-FOUND', { what: '检查' })
  const isExam = (id: string | undefined) => rooms.exams.read(id!) !== undefined

  answer(routes.sendNow, ({ params, body, user }) => {
    if (!isExam(params.id)) return noExam
    if (outbox.sendNow(params.id!, body.destinationId, user.username) === 0) return fail('NOTHING-HELD')
    hurryDeliveries()
    return ok({ done: true as const })
  })

  answer(routes.retractionList, ({ params }) => (isExam(params.id) ? ok(retractions.ofExam(params.id!)) : noExam))
  answer(routes.retractionPropose, ({ params, body, user }) =>
    isExam(params.id) ? retractions.propose(params.id!, body.destinationId, body.reason, user.username) : noExam,
  )
  answer(routes.retractionConfirm, ({ params, user }) =>
    retractions.confirm(params.id!, params.retractionId!, user.username),
  )
  answer(routes.retractionWithdraw, ({ params, user }) =>
    retractions.withdraw(params.id!, params.retractionId!, user.username),
  )

  answer(routes.correctionLetter, async ({ params, body, user, reply }) => {
    const dossier = readDossier(params.id!)
    const destination = destinations.get(body.destinationId)
    if (!dossier || !destination) return fail('NOT-FOUND', { what: dossier ? '目的地' : '检查' })
    const index = dossier.delivered.findLast((one) => one.destinationId === destination.id && one.step === 'index')
    if (!index) return fail('NOT-DELIVERED')
    rooms.tray.corrections.letterWritten(params.id!, destination.id, user.username)
    const { examId } = index.result as { examId?: string }
    rooms.audit.record({
      actor: user.username,
      action: 'write-correction-letter',
      subjectKind: 'exam',
      subjectId: params.id!,
      details: { destinationId: destination.id, reason: body.reason },
    })
    return sendPdf(
      reply,
      await documents.correctionLetter(dossier, {
        platform: destination.name,
        cloudExamId: examId ?? '',
        deliveredAt: index.at,
        reason: body.reason,
        request: body.request,
        writtenBy: user.displayName,
        writtenAt: rooms.clock(),
      }),
    )
  })
}
