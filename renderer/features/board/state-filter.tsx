import { Button } from 'antd'
import { createContext, memo, use } from 'react'
import { type ExamState, examStateSchema } from '../../../shared/models/exam.ts'
import { useText } from '../../text/use-text.tsx'

type Counts = Readonly<Record<string, number>>
type Choose = (state: ExamState | undefined) => void

type Props = { readonly counts: Counts; readonly value: ExamState | undefined; readonly onChange: Choose }

/** The numbers change at every key: they are told past the buttons, which stay as they are. */
const CountsContext = createContext<Counts>({})

/** How many exams stand where; a click shows only those. States that no exam is in are left out. */
export const StateFilter = memo(function StateFilter({ counts, value, onChange }: Props) {
  const { board } = useText()
  const states = examStateSchema.options.filter((state) => counts[state] || state === value)
  return (
    <CountsContext value={counts}>
      <fieldset className="state-filter">
        <legend className="unseen">{board.stateFilter}</legend>
        {[undefined, ...states].map((state) => (
          <StateButton key={state ?? 'all'} state={state} isChosen={state === value} onChange={onChange} />
        ))}
      </fieldset>
    </CountsContext>
  )
})

type ButtonProps = { readonly state: ExamState | undefined; readonly isChosen: boolean; readonly onChange: Choose }

const StateButton = memo(function StateButton({ state, isChosen, onChange }: ButtonProps) {
  const { common, words } = useText()
  return (
    <Button
      size="small"
      type={isChosen ? 'primary' : 'default'}
      aria-pressed={isChosen}
      onClick={() => onChange(isChosen ? undefined : state)}
    >
      {state ? words.examState[state] : common.all} <Count state={state} />
    </Button>
  )
})

function Count({ state }: { readonly state: ExamState | undefined }) {
  const counts = use(CountsContext)
  const all = () => examStateSchema.options.reduce((sum, one) => sum + (counts[one] ?? 0), 0)
  return <span className="mono">{state ? (counts[state] ?? 0) : all()}</span>
}
