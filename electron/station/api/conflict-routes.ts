import { routes } from '../../../shared/api/routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** One SOPInstanceUID, several bytes: which of them counts. */
export function answerConflicts(answer: Answer, { archive, tray, exams, versionChoice }: ApiRooms): void {
  answer(routes.conflictList, () =>
    ok(
      versionChoice.conflicts().flatMap((sopInstanceUid) => {
        const instance = archive.instanceByUid(sopInstanceUid)
        if (!instance) return []
        const { studyInstanceUid } = instance
        const examId = tray.examOf(studyInstanceUid)
        const found = examId ? exams.read(examId) : undefined
        return [
          {
            instanceId: instance.id,
            sopInstanceUid,
            studyInstanceUid,
            examId,
            accessionNumber: found?.exam.accessionNumber ?? null,
            patientName: found?.patient.name ?? archive.studyHeader(studyInstanceUid)?.patientName ?? '',
            versions: archive
              .versionsOf(sopInstanceUid)
              .map(({ id, crc32, sizeBytes, callingAeTitle, receivedAt, isCurrent }) => ({
                id,
                crc32,
                sizeBytes,
                callingAeTitle,
                receivedAt,
                isCurrent,
              })),
          },
        ]
      }),
    ),
  )
  answer(routes.versionChoose, async ({ params, user }) => {
    const chosen = await versionChoice.choose(params.id!, user.username)
    return chosen.ok ? ok({ done: true as const }) : chosen
  })
}
