import { Button, Spin } from 'antd'
import type { LookupKind, PriorExam } from '../../../shared/models/lookup.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { without } from './prior-exams.ts'
import { PriorList } from './prior-list.tsx'
import type { PriorLookup } from './use-prior-lookup.ts'

type Props = {
  readonly lookup: PriorLookup
  readonly opened: PriorExam | undefined
  readonly onOpen: (exam: PriorExam, kind: LookupKind) => void
}

/** History and duplicates of other institutions, and what to do where they cannot be asked. */
export function PriorPanel({ lookup, opened, onOpen }: Props) {
  const { lookup: text } = useText()
  if (!lookup.mayAsk || !lookup.hasDestination) return <p className="faint">{text.noDestination}</p>
  if (!lookup.hasIdentity) return <p className="faint">{text.noIdentity}</p>
  if (!lookup.enabled)
    return (
      <div className="prior-ask">
        <Button onClick={lookup.ask}>{text.ask}</Button>
        <span className="faint">{text.askHint}</span>
      </div>
    )
  const { history, duplicate } = lookup
  const waiting = history.isFetching || duplicate.isFetching
  /** Neither question could be asked, for one cause: it is told once. */
  const common = history.error && history.error.message === duplicate.error?.message ? history.error : undefined
  return (
    <div className="prior-panel" data-prior-state={waiting ? 'asking' : 'answered'}>
      {waiting ? (
        <p className="faint">
          <Spin size="small" /> {text.asking}
        </p>
      ) : null}
      {common ? <FailureAlert error={common} onRetry={lookup.ask} /> : null}
      {(['duplicate', 'history'] as const).map((kind) => {
        const { data, error, refetch } = lookup[kind]
        return common ? null : (
          <section key={kind}>
            <h3>{text[kind]}</h3>
            {error ? <FailureAlert error={error} onRetry={() => refetch()} /> : null}
            {data ? (
              <PriorList
                kind={kind}
                answers={kind === 'history' ? without(data, duplicate.data ?? []) : data}
                opened={opened}
                onOpen={onOpen}
              />
            ) : null}
          </section>
        )
      })}
      <Button size="small" disabled={waiting} onClick={lookup.ask}>
        {text.askAgain}
      </Button>
    </div>
  )
}
