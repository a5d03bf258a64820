import { routes } from '../../../shared/api/routes.ts'
import { type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

export function answerTray(answer: Answer, { tray, archive, exams }: ApiRooms): void {
  const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

  answer(routes.trayList, () =>
    ok(
      tray.list().map(({ claim, header, decision }) => {
        const instances = archive.instancesOfStudy(header.studyInstanceUid)
        const candidates = decision.kind === 'certain' ? [decision.candidate] : decision.candidates
        return {
          header,
          imageCount: instances.length,
          receivedAt: claim.received_at,
          firstInstanceId: instances[0]?.id ?? null,
          reason: claim.reason,
          reasonInEnglish: claim.reason_in_english,
          candidates: candidates.flatMap((candidate) => {
            const found = exams.read(candidate.examId)
            if (!found) return []
            const { exam, patient } = found
            return [
              {
                ...candidate,
                accessionNumber: exam.accessionNumber,
                patientName: patient.name,
                itemName: exam.itemName,
              },
            ]
          }),
        }
      }),
    ),
  )
  answer(routes.trayAttach, ({ params, body, user }) =>
    done(tray.attach(params.studyInstanceUid!, body.examId, body.confirmMismatch ?? false, user.username)),
  )
  answer(routes.trayDetach, ({ params, body, user }) =>
    done(tray.detach(params.studyInstanceUid!, body, user.username)),
  )
}
