import type { Account } from '../../../shared/models/account.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import type { PaperInk } from './paper-ink.ts'

/** The pictures of ours that stand on a report. */
export type ReportInk = {
  readonly logo: Buffer | undefined
  readonly reportSignature: Buffer | undefined
  readonly auditSignature: Buffer | undefined
}
export const noInk: ReportInk = { logo: undefined, reportSignature: undefined, auditSignature: undefined }

/**
 * The logo and the signatures of a report version: of the moment of its release, else of now. A signature stands there only when the person
 * whose name is printed took the step with the own account.
 */
export function reportInk(
  report: ReportVersion,
  ink: Pick<PaperInk, 'read'>,
  accountOf: (username: string) => Account | undefined,
): ReportInk {
  const at = report.state === 'released' ? report.releasedAt : undefined
  const isSubmitted = report.state !== 'draft' && report.state !== 'returned'
  const signature = (doctor: CodedName | undefined, username: string | undefined) => {
    const account = username === undefined ? undefined : accountOf(username)
    return account && isSame(account, doctor) ? ink.read({ kind: 'account', id: account.id }, at) : undefined
  }
  return {
    logo: ink.read({ kind: 'logo' }, at),
    reportSignature: isSubmitted ? signature(report.reportDoctor, report.submittedBy) : undefined,
    auditSignature: isSubmitted ? signature(report.auditDoctor, report.approvedBy) : undefined,
  }
}

function isSame(account: Account, doctor: CodedName | undefined): boolean {
  if (!doctor) return false
  return doctor.code !== '' && account.doctorCode !== ''
    ? doctor.code === account.doctorCode
    : doctor.name === account.displayName
}
