import type { ExamPage } from '../../../shared/api/views.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import type { DeliveryStep } from '../../../shared/models/outbox-task.ts'
import type { ListedFact } from '../exams/board-fact-sql.ts'
import { imageMismatches } from '../exams/image-mismatch.ts'
import { maskPatient } from '../exams/patients.ts'
import { suspicionWords } from '../exams/suspicion.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Rows of the board in the order of their exams. The destinations' secrets are opened once. */
export function examRows(rooms: ApiRooms, examIds: readonly string[]): ExamRow[] {
  const rowOf = rowMaker(rooms, examIds)
  return examIds.flatMap((id) => {
    const found = rooms.exams.readForList(id)
    const fact = rooms.boardFacts.read(id)
    return found && fact ? [rowOf(found, fact)] : []
  })
}

function rowMaker(rooms: ApiRooms, examIds: readonly string[]) {
  const prints = rooms.prints.printsOf(examIds)
  const destinations = rooms.destinations.all()
  return ({ exam, patient }: Pick<ExamRow, 'exam' | 'patient'>, fact: ListedFact): ExamRow => ({
    exam,
    patient: maskPatient(patient),
    state: fact.state,
    imageCount: fact.imageCount,
    seriesCount: fact.seriesCount,
    lamps: destinations.map(({ id, name, kind }) => {
      const { isComparing: _, ...lamp } = fact.lamps.find((one) => one.destinationId === id) ?? {
        lamp: 'none' as const,
      }
      return { ...lamp, destinationId: id, destinationName: name, kind }
    }),
    report: fact.report && withoutState(fact.report),
    examinedAt: fact.examinedAt,
    deadlineAt: fact.deadlineAt,
    prints: prints.get(exam.id) ?? { card: 0, report: 0 },
  })
}

const withoutState = ({ state: _, ...report }: NonNullable<ListedFact['report']>) => report

/** Everything the exam page shows, or undefined when there is no such exam. */
export function examPage(rooms: ApiRooms, examId: string): ExamPage | undefined {
  const found = rooms.exams.read(examId)
  if (!found) return undefined
  const fact = rooms.boardFacts.now(examId)
  if (!fact) return undefined
  const claims = rooms.tray.claimsOf(examId)
  const settled = claims.length > 0 && claims.every((claim) => claim.settled_at !== null)
  const studies = claims.flatMap((claim) => {
    const header = rooms.archive.studyHeader(claim.study_instance_uid)
    const instances = rooms.archive.instancesOfStudy(claim.study_instance_uid)
    return header ? [{ header, instances, attachedBy: claim.attached_by }] : []
  })
  return {
    ...rowMaker(rooms, [examId])(found, fact),
    reports: rooms.reports.versions(examId),
    studies,
    cloudStatus: rooms.cloudStatuses.ofExam(examId),
    filmUrl: filmUrlOf(rooms, examId) ?? null,
    performedSteps: rooms.performedSteps.ofExam(examId),
    mismatches: [
      // Two people under one study: said here too, because the images stay where some of them were sent already.
      ...claims.flatMap(({ suspect }) => {
        if (!suspect) return []
        const { chinese: text, english } = suspicionWords(suspect)
        return [{ key: 'patient-name' as const, text, english }]
      }),
      ...imageMismatches(found, studies),
    ],
    corrections: rooms.tray.corrections.ofExam(examId),
    settledAt: settled ? Math.max(...claims.map((claim) => claim.settled_at ?? 0)) : null,
  }
}

type Asked = Pick<ApiRooms, 'outbox' | 'retractions'>

/** The newest answer to this step, of a cloud that was not told to delete the exam since: what leads there is dead. */
function newestAnswer({ outbox, retractions }: Asked, examId: string, step: DeliveryStep): unknown {
  const gone = retractions.retractedFrom(examId)
  return outbox
    .delivered(examId)
    .filter((one) => one.step === step && !gone.includes(one.destinationId))
    .at(-1)?.result
}

/** The newest address that a cloud gave for the film. */
export const filmUrlOf = (rooms: Asked, examId: string): string | undefined =>
  (newestAnswer(rooms, examId, 'film-url') as { url?: string } | undefined)?.url

/** The newest QR image (Base64 PNG) that the AIMIS gateway gave at registration. */
export const gatewayQrOf = (rooms: Asked, examId: string): string | undefined =>
  (newestAnswer(rooms, examId, 'study-qr') as { qrImage?: string } | undefined)?.qrImage
