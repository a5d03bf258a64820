import { Button, Checkbox, Select, Tooltip } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { modalitySchema } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { type BoardFilter, examFlags, isNarrowed, wholeDay } from './board-filter.ts'
import type { ChangeFilter } from './use-board-filter.ts'

type Props = {
  readonly filter: BoardFilter
  readonly change: ChangeFilter
  /** The list can be put into this order in the browser only when all of it is there. */
  readonly lateFirst: { readonly most: number; readonly possible: boolean }
}

/** By device, doctor and mark. */
export function NarrowFilter({ filter, change, lateFirst }: Props) {
  const { board, words } = useText()
  const accounts = useStationQuery(routes.accountList)
  const doctors = (accounts.data ?? []).filter(({ role }) => role !== 'registrar' && role !== 'technician')
  const names = new Set([...doctors.map(({ displayName }) => displayName), ...(filter.doctor ? [filter.doctor] : [])])
  return (
    <>
      <Select
        allowClear
        className="board-narrow"
        aria-label={board.modalityFilter}
        placeholder={board.modalityFilter}
        value={filter.modality ?? null}
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
        value={filter.doctor ?? null}
        onChange={(doctor?: string) => change({ doctor })}
        options={[...names].map((value) => ({ value, label: value }))}
      />
      <Select
        allowClear
        className="board-narrow"
        aria-label={board.flagFilter}
        placeholder={board.flagFilter}
        value={filter.flag ?? null}
        onChange={(flag?: (typeof examFlags)[number]) => change({ flag })}
        options={examFlags.map((value) => ({ value, label: board.flag[value] }))}
        popupMatchSelectWidth={false}
      />
      <Tooltip title={filter.lateFirst && !lateFirst.possible ? board.lateFirstTooMany(lateFirst.most) : undefined}>
        <Checkbox checked={filter.lateFirst} onChange={(event) => change({ lateFirst: event.target.checked })}>
          <span className={filter.lateFirst && !lateFirst.possible ? 'faint' : ''}>{board.lateFirst}</span>
        </Checkbox>
      </Tooltip>
      {isNarrowed(filter) ? (
        <Button type="link" size="small" onClick={() => change({ ...wholeDay, days: filter.days })}>
          {board.clearFilter}
        </Button>
      ) : null}
    </>
  )
}
