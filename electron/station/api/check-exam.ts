import type { ReportCheck } from '../../../shared/models/report.ts'
import { checkFactsOf } from '../../../shared/reports/check-facts.ts'
import { checkReport } from '../../../shared/reports/check-report.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Reports are mixed up with those of the same days. */
const namesOfMilliseconds = 3 * 24 * 3600_000

/** What a colleague would send the exam's newest saved report back for; [] where there is none. */
export function checkExam(rooms: ApiRooms, examId: string): readonly ReportCheck[] {
  const found = rooms.exams.read(examId)
  const report = rooms.reports.newest(examId)
  if (!found || !report) return []
  const instances = rooms.tray
    .claimsOf(examId)
    .flatMap((claim) => rooms.archive.instancesOfStudy(claim.study_instance_uid))
  return checkReport(
    report,
    checkFactsOf({
      ...found,
      lateralities: instances.map(({ laterality }) => laterality),
      forbiddenWords: rooms.settings.read().reporting.forbiddenWords,
      criticalTold: rooms.reports.notices.wasTold(examId),
      otherNames: rooms.personExams.namesSince(rooms.clock() - namesOfMilliseconds),
    }),
  )
}
