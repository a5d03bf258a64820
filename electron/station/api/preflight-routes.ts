import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { preflightDestination } from '../../../shared/clouds/preflight.ts'
import type { Account } from '../../../shared/models/account.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** What each destination will say about the exam as it is now, in the report's newest version, before audit and before release. */
export function answerPreflight(answer: Answer, rooms: ApiRooms): void {
  const { destinations, documents, readDossier, reports } = rooms

  answer(routes.preflight, async ({ params, user }) => {
    const released = readDossier(params.id!)
    if (!released) return fail('NOT-FOUND', { what: '检查' })
    const newest = reports.newest(params.id!)
    const dossier = { ...released, report: newest && withDoctors(newest, user) }
    const pdfBytes = await sizeOfPdf()
    return ok(
      destinations
        .all()
        .filter((destination) => destination.enabled)
        .flatMap((destination) =>
          preflightDestination(dossier, destination, pdfBytes === undefined ? {} : { pdfBytes }).map((line) => ({
            destinationId: destination.id,
            destinationName: destination.name,
            ...line,
          })),
        ),
    )

    async function sizeOfPdf(): Promise<number | undefined> {
      const paper = await documents.reportPdf(dossier)
      if (paper.kind === 'printed') return paper.pdf.length
      return paper.kind === 'too-large' ? paper.bytes : undefined
    }
  })
}

/**
 * Who wrote and who audited is written down when they submit and approve. Until then the one who asks stands for them where it is
 * their turn, so that an account without name or code is told of; of people who are not known yet nothing is said.
 */
function withDoctors(report: ReportVersion, asker: Account): ReportVersion {
  const isDoctor = asker.role === 'doctor' || asker.role === 'auditor'
  const own = isDoctor ? { code: asker.doctorCode, name: asker.displayName } : notKnownYet
  return {
    ...report,
    reportDoctor: report.reportDoctor ?? own,
    auditDoctor: report.auditDoctor ?? (report.state === 'awaiting-audit' ? own : notKnownYet),
  }
}

const notKnownYet = { code: '-', name: '-' }
