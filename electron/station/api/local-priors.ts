import type { LocalPrior } from '../../../shared/models/writing.ts'
import { readChinaTime } from '../../../shared/text/china-time.ts'
import type { ApiRooms } from './api-rooms.ts'

/** The same person's other exams at this station, newest first, each with its newest released report. */
export function localPriorsOf(rooms: ApiRooms, examId: string): LocalPrior[] {
  const { archive, exams, performedSteps, personExams, reports, tray } = rooms
  return personExams.others(examId).flatMap((id) => {
    const found = exams.read(id)
    if (!found) return []
    const { exam } = found
    const instances = tray.claimsOf(id).flatMap((claim) => archive.instancesOfStudy(claim.study_instance_uid))
    const began = performedSteps.ofExam(id).flatMap(({ startedAt }) => readChinaTime(startedAt) ?? [])
    const moments = [...began, ...instances.map(({ receivedAt }) => receivedAt)]
    const report = reports.newestReleased(id)
    return {
      examId: id,
      accessionNumber: exam.accessionNumber,
      itemName: exam.itemName,
      modality: exam.modality,
      bodyPart: exam.bodyPart,
      examinedAt: moments.length > 0 ? moments.reduce((least, one) => Math.min(least, one)) : null,
      registeredAt: exam.registeredAt,
      imageCount: instances.length,
      report: report
        ? {
            version: report.version,
            findings: report.findings,
            impression: report.impression,
            releasedAt: report.releasedAt ?? null,
          }
        : null,
    }
  })
}
