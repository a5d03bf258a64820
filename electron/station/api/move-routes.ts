import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Images that go from one exam to another, and back. */
export function answerMoves(answer: Answer, { archive, exams, studyParts, tray }: ApiRooms): void {
  const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

  answer(routes.trayMove, ({ params, body, user }) =>
    done(tray.move(params.studyInstanceUid!, body.examId, body, user.username)),
  )
  answer(routes.trayImages, async ({ params }) => {
    const uid = params.studyInstanceUid!
    const people = await studyParts.peopleOf(uid)
    if (people.size === 0) return fail('NOT-FOUND', { what: '这组影像' })
    return ok(
      archive.instancesOfStudy(uid).map(({ id, seriesNumber, instanceNumber }) => {
        const { patientName = '', patientId = '', patientSex = '', patientBirthDate = '' } = people.get(id) ?? {}
        const person = { patientName, patientId, patientSex, patientBirthDate }
        return { instanceId: id, seriesNumber, instanceNumber, ...person }
      }),
    )
  })
  answer(routes.trayTakeOut, async ({ params, body, user }) => {
    const uid = params.studyInstanceUid!
    const { instanceIds, ...options } = body
    const people = await studyParts.peopleOf(uid)
    const taken = tray.takeApart(uid, { instanceIds, people }, options, user.username)
    return taken.ok ? ok({ studyInstanceUid: taken.value }) : taken
  })
  const named = (examId: string | null) => {
    const found = examId === null ? undefined : exams.read(examId)
    return found ? { patientName: found.patient.name, accessionNumber: found.exam.accessionNumber } : null
  }
  answer(routes.moveList, ({ query }) =>
    ok(
      tray.moves(query.examId).map((move) => ({
        ...move,
        patientName: archive.studyHeader(move.studyInstanceUid)?.patientName ?? '',
        from: named(move.fromExamId),
        to: named(move.toExamId),
      })),
    ),
  )
  answer(routes.moveUndo, ({ params, user }) => done(tray.undo(params.id!, user.username)))
  answer(routes.examMerge, ({ params, body, user }) =>
    done(tray.merge(params.id!, body.fromExamId, body.reason, user.username)),
  )
  answer(routes.correctionDone, ({ params, user }) =>
    done(tray.corrections.done(params.id!, params.correctionId!, user.username)),
  )
}
