import { Button, Checkbox, Select, Tooltip } from 'antd'
import { memo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { modalitySchema } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { type BoardFilter, examFlags } from './board-filter.ts'
import type { ChangeFilter } from './use-board-filter.ts'

type Narrowed = Pick<BoardFilter, 'modality' | 'doctor' | 'flag'>
type ChoiceProps = { readonly chosen: Narrowed; readonly change: ChangeFilter }

type Props = ChoiceProps & {
  readonly lateFirst: boolean
  /** The list can be put into this order in the browser only when all of it is there, and that is this many at most. */
  readonly mostLateFirst: number
  readonly canLateFirst: boolean
  /** There is something to take back. */
  readonly isNarrowed: boolean
  readonly onClear: () => void
}

/** By device, doctor and mark. */
export const NarrowFilter = memo(function NarrowFilter(props: Props) {
  const { chosen, change, lateFirst, mostLateFirst, canLateFirst, isNarrowed, onClear } = props
  const { board } = useText()
  const isTooMany = lateFirst && !canLateFirst
  return (
    <>
      <Choices chosen={chosen} change={change} />
      <LateFirst isOn={lateFirst} tooMany={isTooMany ? mostLateFirst : undefined} change={change} />
      {isNarrowed ? (
        <Button type="link" size="small" onClick={onClear}>
          {board.clearFilter}
        </Button>
      ) : null}
    </>
  )
})

const Choices = memo(function Choices({ chosen, change }: ChoiceProps) {
  const { board, words } = useText()
  const accounts = useStationQuery(routes.accountList)
  const doctors = (accounts.data ?? []).filter(({ role }) => role !== 'registrar' && role !== 'technician')
  const names = new Set([...doctors.map(({ displayName }) => displayName), ...(chosen.doctor ? [chosen.doctor] : [])])
  return (
    <>
      <Select
        allowClear
        className="board-narrow"
        aria-label={board.modalityFilter}
        placeholder={board.modalityFilter}
        value={chosen.modality ?? null}
        onChange={(modality?: string) => change({ modality })}
        options={modalitySchema.options.map((value) => ({ value, label: words.modality[value] }))}
        popupMatchSelectWidth={false}
      />
      <Select
        allowClear
        showSearch
        className="board-narrow"
        aria-label={board.doctorFilter}
        placeholder={board.doctorFilter}
        value={chosen.doctor ?? null}
        onChange={(doctor?: string) => change({ doctor })}
        options={[...names].map((value) => ({ value, label: value }))}
      />
      <Select
        allowClear
        className="board-narrow"
        aria-label={board.flagFilter}
        placeholder={board.flagFilter}
        value={chosen.flag ?? null}
        onChange={(flag?: (typeof examFlags)[number]) => change({ flag })}
        options={examFlags.map((value) => ({ value, label: board.flag[value] }))}
        popupMatchSelectWidth={false}
      />
    </>
  )
})

type LateFirstProps = {
  readonly isOn: boolean
  /** The list is longer than so many and cannot be put into this order. */
  readonly tooMany: number | undefined
  readonly change: ChangeFilter
}

const LateFirst = memo(function LateFirst({ isOn, tooMany, change }: LateFirstProps) {
  const { board } = useText()
  return (
    <Tooltip title={tooMany === undefined ? undefined : board.lateFirstTooMany(tooMany)}>
      <Checkbox checked={isOn} onChange={(event) => change({ lateFirst: event.target.checked })}>
        <span className={tooMany === undefined ? '' : 'faint'}>{board.lateFirst}</span>
      </Checkbox>
    </Tooltip>
  )
})
