import type { ExamDossier, ReportPrint } from '../../shared/models/exam-dossier.ts'
import type { ReportVersion } from '../../shared/models/report.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import type { Archive } from './archive/archive.ts'
import type { Prints } from './documents/prints.ts'
import type { Exams } from './exams/exams.ts'
import type { Tray } from './exams/tray.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Retractions } from './outbox/retractions.ts'
import type { Accounts } from './people/accounts.ts'
import type { Reports } from './reports/reports.ts'
import type { ItemMappings } from './settings/item-mappings.ts'
import type { Settings } from './settings/settings.ts'

type Rooms = {
  readonly settings: Settings
  readonly itemMappings: ItemMappings
  readonly archive: Archive
  readonly exams: Exams
  readonly tray: Tray
  readonly reports: Reports
  readonly outbox: Outbox
  readonly retractions: Retractions
  readonly prints: Pick<Prints, 'firstOfReport'>
  readonly accounts: Pick<Accounts, 'byUsername'>
}

/**
 * Gathers one exam from the rooms: the one reach back that plans, documents and uploads are given where the rooms are wired.
 * `rooms` is asked only when it is called, because the rooms before the outbox are built after it.
 */
export function createDossierReader(rooms: () => Rooms) {
  return (examId: string): ExamDossier | undefined => {
    const { settings, itemMappings, archive, exams, tray, reports, outbox, retractions, prints, accounts } = rooms()
    const found = exams.read(examId)
    const institution = found && settings.institution(found.exam.institutionId)
    if (!found || !institution) return undefined
    const claims = tray.claimsOf(examId)
    const newest = reports.newest(examId)
    const released = reports.newestReleased(examId)
    const instances = claims.flatMap((claim): InstanceFacts[] => archive.instancesOfStudy(claim.study_instance_uid))
    const settled = claims.every((claim) => claim.settled_at !== null)
    const headers = claims.flatMap((claim) => archive.studyHeader(claim.study_instance_uid) ?? [])
    return {
      institution,
      patient: found.patient,
      exam: found.exam,
      report: released,
      reportPrint: released && firstPrint(released, prints, accounts),
      isAmending: released !== undefined && newest?.version !== released.version,
      itemMapping: itemMappings.of(found.exam.institutionId, found.exam.itemCode),
      retractedFrom: retractions.retractedFrom(examId),
      lostImages: tray.corrections.ofExam(examId).length > 0,
      toldAgain: retractions.toldAgain(examId),
      corrections: claims.flatMap(({ study_instance_uid: uid }) =>
        tray.corrections
          .ofStudy(uid)
          .filter((one) => one.examId !== examId)
          .map((one) => ({
            destinationId: one.destinationId,
            examId: one.examId,
            retractionId: one.retractionId && !retractions.isWithdrawn(one.retractionId) ? one.retractionId : null,
            instanceIds: archive.instancesOfStudy(uid).map((instance) => instance.id),
          })),
      ),
      instances,
      settledAt: claims.length > 0 && settled ? Math.max(...claims.map((claim) => claim.settled_at ?? 0)) : undefined,
      studyDateTime: headers.map((header) => header.studyDateTime).find((time) => time !== '') ?? '',
      delivered: outbox.delivered(examId),
    }
  }
}

/** A print since the release is one of the released version: nothing else is printed as a report. */
function firstPrint(
  { examId, releasedAt }: ReportVersion,
  prints: Rooms['prints'],
  accounts: Rooms['accounts'],
): ReportPrint | undefined {
  const first = releasedAt === undefined ? undefined : prints.firstOfReport(examId, releasedAt)
  return first && { at: first.at, by: accounts.byUsername(first.by)?.displayName ?? first.by }
}
