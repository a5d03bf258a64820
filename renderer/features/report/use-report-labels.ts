import { routes } from '../../../shared/api/routes.ts'
import { defaultReportLabels, type ReportLabels, reportLabels } from '../../../shared/reports/report-labels.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

/** What the two texts are called for this modality: 影像所见 and 影像诊断, 超声所见 and 超声提示, or as the clinic says. */
export function useReportLabels(modality: string): ReportLabels {
  const settings = useStationQuery(routes.settingsRead).data
  return reportLabels(settings?.reporting.labels ?? defaultReportLabels, modality)
}
