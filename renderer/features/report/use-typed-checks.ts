import { useEffect, useMemo, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { ReportCheck, ReportDraft } from '../../../shared/models/report.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { checkFactsOf } from '../../../shared/reports/check-facts.ts'
import { withOverrides } from '../../../shared/reports/check-overrides.ts'
import { checkReport, isForRelease } from '../../../shared/reports/check-report.ts'
import { useStationQuery } from '../../api/use-station-query.ts'

/** Patients come while a report is written. */
const namesEveryMilliseconds = 60_000

/** A pause of typing after which the text is looked at. */
const pauseMilliseconds = 400

/** The checks of what stands on the screen. Those that count only at the release are shown with the notice of the critical value instead. */
export function useTypedChecks(
  draft: ReportDraft,
  page: ExamPage,
  reporting: StationSettings['reporting'] | undefined,
  enabled: boolean,
): readonly ReportCheck[] {
  const [settled, setSettled] = useState(draft)
  const text = JSON.stringify(draft)
  useEffect(() => {
    const pause = setTimeout(() => setSettled(JSON.parse(text)), pauseMilliseconds)
    return () => clearTimeout(pause)
  }, [text])
  const forbiddenWords = reporting?.forbiddenWords
  const { exam, patient, studies, reports } = page
  const overrides = reports[0]?.overrides
  const otherNames = useStationQuery(routes.otherNames, {
    params: { id: exam.id },
    enabled,
    refetchInterval: namesEveryMilliseconds,
  }).data
  return useMemo(() => {
    // Before the first word there is nothing to remark.
    const isEmpty = [settled.findings, settled.impression].every((words) => words.trim() === '')
    if (!enabled || !forbiddenWords || isEmpty) return []
    const lateralities = studies.flatMap(({ instances }) => instances.map(({ laterality }) => laterality))
    const facts = checkFactsOf({
      exam,
      patient,
      lateralities,
      forbiddenWords,
      criticalTold: true,
      ...(otherNames && { otherNames }),
    })
    return withOverrides(checkReport(settled, facts), overrides).filter((check) => !isForRelease(check))
  }, [enabled, forbiddenWords, exam, patient, studies, overrides, otherNames, settled])
}
