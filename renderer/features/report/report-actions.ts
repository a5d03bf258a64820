import type { ReportState, ReportStep, ReportVersion } from '../../../shared/models/report.ts'
import { reportTransitions } from '../../../shared/models/report.ts'

/** `publish`: the one button of a one-doctor clinic; the station takes every step that is left up to the release, all or none. */
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

/** The action that leads on: what Ctrl+Enter does. */
export function leadingAction(actions: readonly ReportAction[]): ReportAction | undefined {
  return (['publish', 'release', 'approve', 'submit'] as const).find((action) => actions.includes(action))
}

/** In a clinic with several doctors nobody approves the own report. */
export function isOwnReport(report: ReportVersion | undefined, username: string): boolean {
  return report !== undefined && (report.writtenBy === username || report.submittedBy === username)
}
