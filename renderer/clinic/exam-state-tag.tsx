import { Tag } from 'antd'
import { memo } from 'react'
import type { ExamState } from '../../shared/models/exam.ts'
import { useText } from '../text/use-text.tsx'

/** Colour and word together: the colour alone says nothing to everybody. */
const looks: Readonly<
  Record<ExamState, { readonly color: string; readonly variant: 'filled' | 'outlined' | 'solid' }>
> = {
  registered: { color: 'default', variant: 'filled' },
  'in-progress': { color: 'blue', variant: 'outlined' },
  imaged: { color: 'blue', variant: 'filled' },
  written: { color: 'orange', variant: 'filled' },
  'awaiting-audit': { color: 'orange', variant: 'outlined' },
  returned: { color: 'red', variant: 'filled' },
  approved: { color: 'green', variant: 'filled' },
  released: { color: '#237804', variant: 'solid' },
  amending: { color: 'purple', variant: 'filled' },
  cancelled: { color: 'default', variant: 'outlined' },
}

export const ExamStateTag = memo(function ExamStateTag({ state }: { readonly state: ExamState }) {
  const { words } = useText()
  const { color, variant } = looks[state]
  return (
    <Tag color={color} variant={variant} className="state-tag" data-exam-state={state}>
      {words.examState[state]}
    </Tag>
  )
})
