import { useCallback, useEffect, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ReportDraft } from '../../../shared/models/report.ts'
import type { UnsavedReport } from '../../../shared/models/writing.ts'
import { callStation } from '../../api/call-station.ts'

const fields = ['findings', 'impression', 'positive', 'critical', 'infectious'] as const

/** Whether somebody would miss one of the two: texts and marks; doctors are chosen again in a second. */
export function differs(a: ReportDraft, b: ReportDraft): boolean {
  return fields.some((field) => a[field] !== b[field]) || (a.advice ?? '') !== (b.advice ?? '')
}

/** What this person typed into the report and did not save, asked for when the exam is opened and when the lock was lost. */
export function useRecovery(examId: string, enabled: boolean, shown: () => ReportDraft) {
  const [kept, setKept] = useState<UnsavedReport>()
  const look = useCallback(async () => {
    // A station that does not answer says so in other places; the text stays where it is.
    const found = await callStation(routes.unsavedRead, { params: { id: examId } }).catch(() => null)
    setKept(found && differs(found.draft, shown()) ? found : undefined)
  }, [examId, shown])
  useEffect(() => {
    if (enabled) void look()
  }, [enabled, look])
  return { kept: enabled ? kept : undefined, look, settle: () => setKept(undefined) }
}
