import { routes } from '../../../shared/api/routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'
import { writeXlsx } from '../documents/write-xlsx.ts'
import { statisticsSheets } from '../exams/statistics-sheets.ts'
import { daysBetween } from '../exams/tally-exams.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { sendPdf } from './document-routes.ts'
import { examRows } from './exam-page.ts'
import { untoldCritical } from './untold-critical.ts'

export function answerBoard(answer: Answer, rooms: ApiRooms): void {
  const { boardFacts, boardFilters, findScanned, settings } = rooms

  answer(routes.examFind, async ({ query }) => {
    await boardFacts.upToDate()
    return ok(examRows(rooms, findScanned(query.code)))
  })

  answer(routes.dayPage, async ({ query }) => {
    await boardFacts.upToDate()
    return ok({ ...rooms.boardDays.of(query.day), untold: untoldCritical(rooms, query.day) })
  })
  answer(routes.daySheet, async ({ query: { day, language }, user, reply }) => {
    await boardFacts.upToDate()
    const { byModality, byDoctor } = await rooms.examStatistics.of(day, day)
    const [institution] = settings.institutions()
    const sheet = await rooms.documents.daySheet({
      institution: { name: settings.read().paper.letterhead.name || (institution?.name ?? '') },
      page: { ...rooms.boardDays.of(day), untold: untoldCritical(rooms, day) },
      byModality,
      byDoctor,
      printedBy: user.displayName,
      createdAt: rooms.clock(),
      language,
    })
    return sendPdf(reply, sheet)
  })
  answer(routes.statistics, async ({ query }) => {
    const refused = refuseDays(query)
    if (refused) return refused
    await boardFacts.upToDate()
    return ok(await rooms.examStatistics.of(query.from, query.to))
  })
  answer(routes.statisticsSheet, async ({ query: { from, to, language }, user, reply }) => {
    const refused = refuseDays({ from, to })
    if (refused) return refused
    await boardFacts.upToDate()
    const statistics = await rooms.examStatistics.of(from, to)
    // Written down before it leaves the house: the list names patients.
    rooms.audit.record({
      actor: user.username,
      action: 'export-statistics',
      subjectKind: 'station',
      subjectId: 'statistics',
      details: { from, to, exams: statistics.total.exams },
    })
    const bytes = await writeXlsx(statisticsSheets(statistics, rooms.examStatistics.list(from, to), language))
    await reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename="statistics-${from}-${to}.xlsx"`)
      .header('cache-control', 'no-store')
      .send(bytes)
    return ok(answered)
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

/** So many days are a table that nobody reads, and work that holds everybody up. */
const mostDays = 3660

function refuseDays({ from, to }: { readonly from: string; readonly to: string }) {
  const days = daysBetween(from, to).length
  return days >= 1 && days <= mostDays ? undefined : fail('BAD-REQUEST', { detail: `${from} — ${to}` })
}
