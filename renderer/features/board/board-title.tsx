import { Button } from 'antd'
import { memo } from 'react'
import { useNavigate } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import { type DayChoice, daysOf, isDatePreset } from './date-preset.ts'

/** Which days are shown stands at the top: a list of last week is no list of today. */
export const BoardTitle = memo(function BoardTitle({ days }: { readonly days: DayChoice }) {
  const { board } = useText()
  const navigate = useNavigate()
  const { from = '', to = '' } = isDatePreset(days) ? {} : daysOf(days, 0)
  return (
    <PageHeading
      title={isDatePreset(days) ? board.titleOf[days] : board.titleOfDays(from, to)}
      extra={
        <Button type="primary" onClick={() => navigate('/register')}>
          {board.register}
        </Button>
      }
    />
  )
})
