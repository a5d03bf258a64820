import { DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { memo } from 'react'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { useText } from '../../text/use-text.tsx'
import { type DayChoice, datePresets, daysOf, isDatePreset, rangeChoice } from './date-preset.ts'

type Props = { readonly value: DayChoice; readonly onChange: (days: DayChoice) => void }

/** The usual days by a click, others from the calendar. */
export const DayFilter = memo(function DayFilter({ value, onChange }: Props) {
  const { board } = useText()
  const { from, to } = isDatePreset(value) ? {} : daysOf(value, 0)
  return (
    <>
      <Segmented
        aria-label={board.datePreset}
        // Own days are none of these: nothing is marked then.
        value={(isDatePreset(value) ? value : '') as DayChoice}
        onChange={onChange}
        options={datePresets.map((preset) => ({ value: preset as DayChoice, label: board.preset[preset] }))}
      />
      <DatePicker.RangePicker
        className="board-range"
        aria-label={board.dateRange}
        placeholder={[board.dateFrom, board.dateTo]}
        value={from && to ? [dayjs(from), dayjs(to)] : null}
        disabledDate={(day) => day.format('YYYY-MM-DD') > chinaDay(Date.now())}
        onChange={(range) => {
          const [first, last] = range ?? []
          onChange(first && last ? rangeChoice(first.format('YYYY-MM-DD'), last.format('YYYY-MM-DD')) : 'today')
        }}
      />
    </>
  )
})
