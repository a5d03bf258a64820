import { Button } from 'antd'
import { type ExamState, examStateSchema } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly counts: Readonly<Record<string, number>>
  readonly value: ExamState | undefined
  readonly onChange: (state: ExamState | undefined) => void
}

/** How many exams stand where; a click shows only those. States that no exam is in are left out. */
export function StateFilter({ counts, value, onChange }: Props) {
  const { board, common, words } = useText()
  const states = examStateSchema.options.filter((state) => counts[state] || state === value)
  const total = examStateSchema.options.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
  const choices = [
    { state: undefined, label: common.all, count: total },
    ...states.map((state) => ({ state, label: words.examState[state], count: counts[state] ?? 0 })),
  ]
  return (
    <fieldset className="state-filter">
      <legend className="unseen">{board.stateFilter}</legend>
      {choices.map(({ state, label, count }) => (
        <Button
          key={state ?? 'all'}
          size="small"
          type={state === value ? 'primary' : 'default'}
          aria-pressed={state === value}
          onClick={() => onChange(state === value ? undefined : state)}
        >
          {label} <span className="mono">{count}</span>
        </Button>
      ))}
    </fieldset>
  )
}
