import type { ReportState, ReportStep, ReportVersion } from '../../../shared/models/report.ts'
import { reportTransitions } from '../../../shared/models/report.ts'

/** `publish`: the one button of a one-doctor clinic, which takes every step that is left up to the release. */
export type ReportAction = ReportStep | 'publish'

type Facts = {
  readonly report: Pick<ReportVersion, 'state'> | undefined
  readonly cancelled: boolean
  readonly singleDoctor: boolean
  /** May write reports, may audit them: from the roles of the routes. */
  readonly mayWrite: boolean
  readonly mayAudit: boolean
}

const auditSteps: readonly ReportStep[] = ['return', 'approve', 'release']

/** Which buttons a report has, for whom. The station has the last word on each. */
export function reportActions({ report, cancelled, singleDoctor, mayWrite, mayAudit }: Facts): readonly ReportAction[] {
  if (cancelled) return []
  const state: ReportState = report?.state ?? 'draft'
  const steps = (Object.keys(reportTransitions[state]) as ReportStep[]).filter((step) =>
    auditSteps.includes(step) ? mayAudit : mayWrite,
  )
  const writing = steps.includes('save')
  return writing && singleDoctor && mayAudit ? ['save', 'publish'] : steps
}

/** The steps that lead from a state to the release, in order. */
export function stepsToRelease(state: ReportState): readonly Exclude<ReportStep, 'save' | 'return' | 'amend'>[] {
  switch (state) {
    case 'draft':
    case 'returned':
      return ['submit', 'approve', 'release']
    case 'awaiting-audit':
      return ['approve', 'release']
    case 'approved':
      return ['release']
    case 'released':
      return []
  }
}

/** In a clinic with several doctors nobody approves the own report. */
export function isOwnReport(report: ReportVersion | undefined, username: string): boolean {
  return report !== undefined && (report.writtenBy === username || report.submittedBy === username)
}
