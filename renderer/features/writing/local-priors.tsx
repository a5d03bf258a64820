import { Button, Empty, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { LocalPrior } from '../../../shared/models/writing.ts'
import { ChangedText } from '../../clinic/changed-text.tsx'
import type { ReportPen, ReportTexts } from '../../clinic/report-pen.ts'
import { useText } from '../../text/use-text.tsx'
import { comparisonSentence, dayOfPrior, type WrittenPrior } from './prior-reports.ts'

type Props = {
  readonly priors: readonly LocalPrior[]
  readonly pen: ReportPen
  readonly texts: ReportTexts
  readonly chosen: string | undefined
  readonly labels: { readonly findings: string; readonly impression: string }
  readonly comparison: string
  readonly onChoose: (examId: string) => void
  readonly onPut: (texts: Partial<ReportTexts>) => void
}

/** What this station reported of the same person before: read beside the report, copied, and compared with what is written now. */
export function LocalPriors({ priors, pen, texts, chosen, labels, comparison, onChoose, onPut }: Props) {
  const { writing } = useText()
  if (priors.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={writing.noPriors} />
  const open = priors.find(({ examId }) => examId === chosen) ?? priors.find(({ report }) => report !== null)
  return (
    <div className="local-priors">
      <ul className="local-prior-list">
        {priors.map((prior) => (
          <li key={prior.examId}>
            <Button
              type="text"
              size="small"
              className="local-prior"
              aria-pressed={prior.examId === open?.examId}
              onClick={() => onChoose(prior.examId)}
            >
              <span className="mono">{dayOfPrior(prior)}</span> {prior.modality} {prior.itemName}
              {prior.report ? null : <Tag>{writing.priorWithoutReport}</Tag>}
            </Button>
          </li>
        ))}
      </ul>
      {open ? <Link to={`/exams/${open.examId}`}>{writing.openPrior}</Link> : null}
      {open?.report ? (
        <PriorText
          prior={open as WrittenPrior}
          pen={pen}
          texts={texts}
          labels={labels}
          comparison={comparison}
          onPut={onPut}
        />
      ) : null}
    </div>
  )
}

type TextProps = Pick<Props, 'pen' | 'texts' | 'labels' | 'comparison' | 'onPut'> & { readonly prior: WrittenPrior }

function PriorText({ prior, pen, texts, labels, comparison, onPut }: TextProps) {
  const { writing } = useText()
  const [view, setView] = useState<'text' | 'changes'>('text')
  const { findings, impression } = prior.report
  return (
    <section className="prior-report" aria-label={writing.changesAgainst(dayOfPrior(prior))} data-prior={prior.examId}>
      <Segmented
        size="small"
        value={view}
        onChange={setView}
        options={[
          { value: 'text', label: writing.priorText },
          { value: 'changes', label: writing.showChanges },
        ]}
      />
      {view === 'changes' ? <p className="faint">{writing.changes}</p> : null}
      {(
        [
          ['findings', findings],
          ['impression', impression],
        ] as const
      ).map(([field, text]) => (
        <div key={field}>
          <h4>{labels[field]}</h4>
          {view === 'text' ? <p className="prior-words">{text}</p> : <ChangedText before={text} after={texts[field]} />}
        </div>
      ))}
      {pen.canWrite ? (
        <div className="row-actions">
          <Button size="small" type="primary" onClick={() => onPut({ findings, impression })}>
            {writing.copyPrior}
          </Button>
          <Button size="small" onClick={() => onPut({ findings })}>
            {writing.copyPriorFindings}
          </Button>
          <Button size="small" onClick={() => onPut({ impression })}>
            {writing.copyPriorImpression}
          </Button>
          <Button
            size="small"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pen.insert(comparisonSentence(comparison, prior))}
          >
            {writing.comparison}
          </Button>
        </div>
      ) : null}
      {pen.canWrite ? <p className="faint helper-hint">{writing.copyLastHint}</p> : null}
    </section>
  )
}
