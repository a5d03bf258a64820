import { Button, Checkbox, Select } from 'antd'
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
  /** There is something to take back. */
  readonly isNarrowed: boolean
  readonly onClear: () => void
}

/** By device, doctor and mark. */
export const NarrowFilter = memo(function NarrowFilter(props: Props) {
  const { chosen, change, lateFirst, isNarrowed, onClear } = props
  const { board } = useText()
  return (
    <>
      <Choices chosen={chosen} change={change} />
      <Checkbox checked={lateFirst} onChange={(event) => change({ lateFirst: event.target.checked })}>
        {board.lateFirst}
      </Checkbox>
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
