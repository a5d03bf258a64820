import type { ExamPage } from '../../../shared/api/views.ts'
import type { Exam, ExamRow } from '../../../shared/models/exam.ts'
import { examStateOf } from '../../../shared/models/exam-state.ts'
import { imageMismatches } from '../exams/image-mismatch.ts'
import { maskPatient } from '../exams/patients.ts'
import type { ApiRooms } from './api-rooms.ts'

type LampRow = ReturnType<ApiRooms['outbox']['lampRows']>[number]
type Lamp = ExamRow['lamps'][number]

/** An exam's state and images, without the lamps: what counting and choosing need. */
export function examFacts(rooms: ApiRooms, exam: Exam): Pick<ExamRow, 'state' | 'imageCount' | 'seriesCount'> {
  const instances = rooms.tray
    .claimsOf(exam.id)
    .flatMap((claim) => rooms.archive.instancesOfStudy(claim.study_instance_uid))
  const report = rooms.reports.newest(exam.id)
  return {
    state: examStateOf({
      cancelled: exam.cancelled !== undefined,
      imageCount: instances.length,
      isPerformed: rooms.performedSteps.isPerformed(exam.id),
      report: report?.state,
      amending: (report?.version ?? 1) > 1,
    }),
    imageCount: instances.length,
    seriesCount: new Set(instances.map((instance) => instance.seriesInstanceUid)).size,
  }
}

/** Rows of the board: each exam, its state, and a lamp for each destination. The destinations' secrets are opened once. */
export function examRows(
  rooms: ApiRooms,
  exams: readonly (Pick<ExamRow, 'exam' | 'patient'> & { readonly facts: ReturnType<typeof examFacts> })[],
): ExamRow[] {
  const destinations = rooms.destinations.all()
  return exams.map(({ exam, patient, facts }) => {
    const states = rooms.outbox.lampRows(exam.id)
    const lamps = destinations.map((destination) => ({
      destinationId: destination.id,
      destinationName: destination.name,
      kind: destination.kind,
      ...lampOf(states.filter((row) => row.destination_id === destination.id)),
    }))
    const report = rooms.reports.newest(exam.id)
    return {
      exam,
      patient: maskPatient(patient),
      ...facts,
      lamps,
      report: report
        ? {
            version: report.version,
            positive: report.positive,
            critical: report.critical,
            infectious: report.infectious,
            reportDoctor: report.reportDoctor?.name ?? '',
            auditDoctor: report.auditDoctor?.name ?? '',
            releasedAt: report.releasedAt ?? null,
          }
        : null,
      examinedAt: null,
      deadlineAt: null,
      prints: { card: 0, report: 0 },
    }
  })
}

/** The worst news wins. */
function lampOf(rows: readonly LampRow[]): { lamp: Lamp['lamp']; reason?: string } {
  const of = (...states: string[]) => rows.find((row) => states.includes(row.state))
  const blocked = of('blocked')
  if (blocked) return { lamp: 'blocked', ...(blocked.reason && { reason: blocked.reason }) }
  if (of('sending')) return { lamp: 'sending' }
  const waiting = of('waiting', 'sent-unconfirmed')
  if (waiting) return { lamp: 'waiting', ...(waiting.reason && { reason: waiting.reason }) }
  return { lamp: of('delivered') ? 'delivered' : 'none' }
}

/** Everything the exam page shows, or undefined when there is no such exam. */
export function examPage(rooms: ApiRooms, examId: string): ExamPage | undefined {
  const found = rooms.exams.read(examId)
  if (!found) return undefined
  const [row] = examRows(rooms, [{ ...found, facts: examFacts(rooms, found.exam) }])
  const claims = rooms.tray.claimsOf(examId)
  const settled = claims.length > 0 && claims.every((claim) => claim.settled_at !== null)
  const studies = claims.flatMap((claim) => {
    const header = rooms.archive.studyHeader(claim.study_instance_uid)
    const instances = rooms.archive.instancesOfStudy(claim.study_instance_uid)
    return header ? [{ header, instances, attachedBy: claim.attached_by }] : []
  })
  return {
    ...row!,
    reports: rooms.reports.versions(examId),
    studies,
    cloudStatus: rooms.cloudStatuses.ofExam(examId),
    filmUrl: filmUrlOf(rooms, examId) ?? null,
    performedSteps: rooms.performedSteps.ofExam(examId),
    mismatches: [
      // Two people under one study: said here too, because the images stay where some of them were sent already.
      ...claims.flatMap(({ suspect }) => (suspect ? [{ key: 'patient-name' as const, text: suspect }] : [])),
      ...imageMismatches(found, studies),
    ],
    corrections: rooms.tray.corrections.ofExam(examId),
    settledAt: settled ? Math.max(...claims.map((claim) => claim.settled_at ?? 0)) : null,
  }
}

/** The newest address that a cloud gave for the film. */
export function filmUrlOf(rooms: Pick<ApiRooms, 'outbox'>, examId: string): string | undefined {
  const newest = rooms.outbox
    .delivered(examId)
    .filter((one) => one.step === 'film-url')
    .at(-1)
  return (newest?.result as { url?: string } | undefined)?.url
}

/** The newest QR image (Base64 PNG) that the AIMIS gateway gave at registration. */
export function gatewayQrOf(rooms: Pick<ApiRooms, 'outbox'>, examId: string): string | undefined {
  const newest = rooms.outbox
    .delivered(examId)
    .filter((one) => one.step === 'study-qr')
    .at(-1)
  return (newest?.result as { qrImage?: string } | undefined)?.qrImage
}
