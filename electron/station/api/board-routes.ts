import { routes } from '../../../shared/api/routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { examRows } from './exam-page.ts'

export function answerBoard(answer: Answer, rooms: ApiRooms): void {
  const { boardFacts, boardFilters, findScanned, settings } = rooms

  answer(routes.examFind, async ({ query }) => {
    await boardFacts.upToDate()
    return ok(examRows(rooms, findScanned(query.code)))
  })

  answer(routes.filterList, ({ user }) => ok(boardFilters.of(user.username)))
  answer(routes.filterSave, ({ body, user }) => {
    boardFilters.save(user.username, body)
    return ok(boardFilters.of(user.username))
  })

  answer(routes.receivingNow, () => {
    const names = new Map(settings.devices().map((device) => [device.aeTitle, device.name]))
    const { associations } = rooms.receiver.status()
    return ok(
      associations.map(({ callingAeTitle, since, received, studyInstanceUid }) => ({
        device: names.get(callingAeTitle) ?? callingAeTitle,
        callingAeTitle,
        since,
        received,
        ...whoseImages(studyInstanceUid),
      })),
    )
  })

  function whoseImages(studyInstanceUid: string | undefined) {
    const examId = studyInstanceUid === undefined ? null : rooms.tray.examOf(studyInstanceUid)
    const found = examId === null ? undefined : rooms.exams.readForList(examId)
    if (found) return { examId, patientName: found.patient.name, accessionNumber: found.exam.accessionNumber }
    const header = studyInstanceUid === undefined ? undefined : rooms.archive.studyHeader(studyInstanceUid)
    return {
      examId: null,
      patientName: readPersonName(header?.patientName ?? '').display,
      accessionNumber: header?.accessionNumber || null,
    }
  }
}
