import type { CodedName } from '../../../shared/models/exam.ts'
import type { ReportDraft, ReportVersion } from '../../../shared/models/report.ts'

/** What the editor holds, from the newest version or empty. */
export function draftOf(report: ReportVersion | undefined, me: CodedName | undefined): ReportDraft {
  return {
    findings: report?.findings ?? '',
    impression: report?.impression ?? '',
    positive: report?.positive ?? 'undetermined',
    critical: report?.critical ?? false,
    infectious: report?.infectious ?? false,
    advice: report?.advice ?? '',
    reportDoctor: report?.reportDoctor ?? me,
    auditDoctor: report?.auditDoctor,
  }
}
