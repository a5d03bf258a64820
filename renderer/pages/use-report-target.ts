import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import type { ExamPage } from '../../shared/api/views.ts'
import { reportTransitions } from '../../shared/models/report.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import type { ReportQuote } from '../features/report/report-quote.ts'

/** '?tab=preflight' in the address opens that side. */
const examTabs = ['report', 'registration', 'prior', 'preflight', 'images', 'deliveries', 'history'] as const
export type ExamTab = (typeof examTabs)[number]
export type ReportTarget = ReturnType<typeof useReportTarget>

/** Which side of the exam is shown, and what other features bring to the report. */
export function useReportTarget(page: ExamPage) {
  const user = useUser()
  const [asked] = useSearchParams()
  const [tab, setTab] = useState<ExamTab>(() => examTabs.find((one) => one === asked.get('tab')) ?? 'report')
  const [focus, setFocus] = useState<{ readonly field: string }>()
  const [quote, setQuote] = useState<ReportQuote>()
  const state = page.reports[0]?.state ?? 'draft'
  const mayWrite =
    page.state !== 'cancelled' && reportTransitions[state].save !== undefined && mayCall(user, routes.reportSave)
  return {
    tab,
    setTab,
    focus,
    quote,
    mayWrite,
    focusField(field: string) {
      setTab('report')
      setFocus({ field })
    },
    quoteInto(text: ReportQuote) {
      setTab('report')
      setQuote({ ...text })
    },
  }
}
