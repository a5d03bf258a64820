import type { ReportVersion } from '../../../shared/models/report.ts'
import { chinaClock, momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import type { KeepState } from './use-unsaved.ts'

type Props = {
  readonly newest: ReportVersion | undefined
  readonly unsaved: boolean
  readonly keeping: KeepState
}

/** Whether and when the text was saved, or at least kept. */
export function SavedWords({ newest, unsaved, keeping }: Props) {
  const { report } = useText()
  const saved = newest
    ? `${report.version(newest.version)} · ${report.savedAt(momentWords(newest.writtenAt, Date.now()))}`
    : report.noReport
  const kept =
    keeping.kind === 'kept'
      ? report.autosaved(chinaClock(keeping.at))
      : keeping.kind === 'failed'
        ? report.autosaveFailed
        : ''
  return (
    <span className={keeping.kind === 'failed' ? 'saved-words bad' : 'saved-words faint'} role="status">
      {unsaved ? [report.unsaved, kept].filter(Boolean).join(' · ') : saved}
    </span>
  )
}
