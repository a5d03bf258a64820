import type { ExamState } from './exam.ts'
import type { ReportState } from './report.ts'

/** What decides an exam's state. `report` is the newest version, `amending` says that an older version was released. */
export type ExamStateFacts = {
  readonly cancelled: boolean
  readonly imageCount: number
  /** A performed procedure step is in progress or completed. */
  readonly isPerformed: boolean
  readonly report: ReportState | undefined
  readonly amending: boolean
}

/** The one place where exam, images and report become the state that staff see. */
export function examStateOf(facts: ExamStateFacts): ExamState {
  if (facts.cancelled) return 'cancelled'
  switch (facts.report) {
    case undefined:
      if (facts.imageCount > 0) return 'imaged'
      return facts.isPerformed ? 'in-progress' : 'registered'
    case 'draft':
      return facts.amending ? 'amending' : 'written'
    case 'returned':
    case 'awaiting-audit':
    case 'approved':
    case 'released':
      return facts.report
  }
}
