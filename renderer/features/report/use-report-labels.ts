import { routes } from '../../../shared/api/routes.ts'
import { defaultReportLabels, type ReportLabels, reportLabels } from '../../../shared/reports/report-labels.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

/** What a clinic left as it came is said in the language of the desk; what it wrote itself stays as it wrote it. */
export function saidIn(words: Readonly<Record<string, string>>, { findings, impression }: ReportLabels): ReportLabels {
  return { findings: words[findings] ?? findings, impression: words[impression] ?? impression }
}

/** What the two texts are called for this modality: 影像所见 and 影像诊断, 超声所见 and 超声提示, or as the clinic says. */
export function useReportLabels(modality: string): ReportLabels {
  const settings = useStationQuery(routes.settingsRead).data
  const { report } = useText()
  return saidIn(report.usualLabels, reportLabels(settings?.reporting.labels ?? defaultReportLabels, modality))
}
