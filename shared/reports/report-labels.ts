export type ReportLabels = { readonly findings: string; readonly impression: string }

/** 影像所见 and 影像诊断 where a modality has no words of its own; sonographers, endoscopists and cardiologists have theirs. */
export const defaultReportLabels: Readonly<Record<string, ReportLabels>> = {
  '*': { findings: '影像所见', impression: '影像诊断' },
  US: { findings: '超声所见', impression: '超声提示' },
  ES: { findings: '内镜所见', impression: '内镜诊断' },
  ECG: { findings: '心电图所见', impression: '心电图诊断' },
}

/** What the two texts of a report are called where `labels` (settings.reporting.labels) is set and that modality is used. */
export function reportLabels(labels: Readonly<Record<string, ReportLabels>>, modality: string): ReportLabels {
  const fallback = defaultReportLabels['*'] ?? { findings: '影像所见', impression: '影像诊断' }
  return labels[modality] ?? labels['*'] ?? fallback
}
