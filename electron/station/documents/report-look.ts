import { z } from 'zod'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { paperSettingsSchema } from '../../../shared/models/printing.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { defaultReportLabels, reportLabels } from '../../../shared/reports/report-labels.ts'

/** How a report is laid out and headed: everything about its paper that settings decide and the report itself does not say. */
export const reportLookSchema = z.object({
  paper: paperSettingsSchema.omit({ card: true }),
  institution: z.object({ name: z.string(), phone: z.string() }),
  labels: z.object({ findings: z.string(), impression: z.string() }),
})
export type ReportLook = z.infer<typeof reportLookSchema>

/** By the settings as they are now; those of a new station where there are none. */
export function lookBy(
  settings: Pick<StationSettings, 'paper' | 'reporting'> | undefined,
  { institution, exam }: Pick<ExamDossier, 'institution' | 'exam'>,
): ReportLook {
  return reportLookSchema.parse({
    paper: settings?.paper ?? {},
    institution: { name: institution.name, phone: institution.phone },
    labels: reportLabels(settings?.reporting.labels ?? defaultReportLabels, exam.modality),
  })
}
