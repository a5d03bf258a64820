import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { printerOf, shiftOf } from '../../../shared/models/printing.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { Shift } from '../documents/check-card-input.ts'
import type { Answer, Call } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { sendPdf } from './document-routes.ts'
import { preparedPaper } from './prepared-paper.ts'

type LetterCall = Call<typeof routes.correctionLetter>

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

  /** The letter about this exam. To write it is what was to be done at a platform without recall. */
  async function letter(examId: string, body: LetterCall['body'], user: LetterCall['user'], shift?: Shift) {
    const dossier = readDossier(examId)
    const destination = destinations.get(body.destinationId)
    if (!dossier || !destination) return fail('NOT-FOUND', { what: dossier ? '目的地' : '检查' })
    const index = dossier.delivered.findLast((one) => one.destinationId === destination.id && one.step === 'index')
    if (!index) return fail('NOT-DELIVERED')
    rooms.tray.corrections.letterWritten(examId, destination.id, user.username)
    const { examId: cloudExamId = '' } = index.result as { examId?: string }
    const wishes = {
      platform: destination.name,
      cloudExamId,
      deliveredAt: index.at,
      reason: body.reason,
      request: body.request,
      writtenBy: user.displayName,
      writtenAt: rooms.clock(),
    }
    return ok(await documents.correctionLetter(dossier, wishes, shift))
  }

  answer(routes.correctionLetter, async ({ params, body, user, reply }) => {
    const made = await letter(params.id!, body, user)
    if (!made.ok) return made
    rooms.audit.record({
      actor: user.username,
      action: 'write-correction-letter',
      subjectKind: 'exam',
      subjectId: params.id!,
      details: { destinationId: body.destinationId, reason: body.reason },
    })
    return sendPdf(reply, made.value)
  })

  answer(routes.correctionLetterPrint, async ({ params, body, user }) => {
    const kind = 'correction-letter'
    const made = await letter(params.id!, body, user, shiftOf(printerOf(rooms.settings.read().printing, kind)))
    if (!made.ok) return made
    return preparedPaper(rooms.prints, made.value, { kind, entries: [{ examId: params.id!, withQr: null }] })
  })
}
