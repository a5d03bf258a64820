import type { ReportCheck } from '../../../shared/models/report.ts'
import { checkFactsOf } from '../../../shared/reports/check-facts.ts'
import { withOverrides } from '../../../shared/reports/check-overrides.ts'
import { checkReport } from '../../../shared/reports/check-report.ts'
import { isTellingName } from '../../../shared/reports/other-names.ts'
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
  const checks = checkReport(
    report,
    checkFactsOf({
      ...found,
      lateralities: instances.map(({ laterality }) => laterality),
      forbiddenWords: rooms.settings.read().reporting.forbiddenWords,
      criticalTold: rooms.reports.notices.wasTold(examId),
      otherNames: otherNamesOf(rooms, found.patient.name),
    }),
  )
  return withOverrides(checks, report.overrides)
}

/** Names of other people who were here these days and must not stand in this person's report. */
export const otherNamesOf = ({ personExams, clock }: ApiRooms, patientName: string): string[] =>
  personExams.namesSince(clock() - namesOfMilliseconds).filter((name) => isTellingName(name, patientName))
