import { routes } from '../../../shared/api/routes.ts'
import { type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Images that go from one exam to another, and back. */
export function answerMoves(answer: Answer, { tray }: ApiRooms): void {
  const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

  answer(routes.trayMove, ({ params, body, user }) =>
    done(tray.move(params.studyInstanceUid!, body.examId, body, user.username)),
  )
  answer(routes.moveList, ({ query }) => ok(tray.moves(query.examId)))
  answer(routes.moveUndo, ({ params, user }) => done(tray.undo(params.id!, user.username)))
  answer(routes.examMerge, ({ params, body, user }) =>
    done(tray.merge(params.id!, body.fromExamId, body.reason, user.username)),
  )
  answer(routes.correctionDone, ({ params, user }) =>
    done(tray.corrections.done(params.id!, params.correctionId!, user.username)),
  )
}
