import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { momentWords } from '../../clinic/moment.tsx'
import { useText } from '../../text/use-text.tsx'
import { usePersonName } from './use-person-name.ts'

type Props = { readonly examId: string; readonly critical: boolean; readonly onTell?: (() => void) | undefined }

/** A critical finding and who was told of it: red until somebody was. Nothing where the report is not critical. */
export function CriticalNotices({ examId, critical, onTell }: Props): ReactNode {
  const { common, report, writing } = useText()
  const list = useStationQuery(routes.criticalList, { params: { id: examId }, enabled: critical })
  const nameOf = usePersonName()
  if (!critical) return null
  const notices = list.data ?? []
  return (
    <Alert
      className="critical-notices"
      type={notices.length > 0 ? 'warning' : 'error'}
      showIcon
      data-critical-told={notices.length}
      title={
        notices.length === 0 ? (
          report.criticalUntold
        ) : (
          <ul>
            {notices.map(({ id, toldTo, how, at, toldBy, note }) => (
              <li key={id}>
                {report.critical}
                {common.colon}
                {report.criticalToldLine(toldTo, writing.howTold[how], momentWords(at, Date.now()), nameOf(toldBy))}
                {note ? ` ${note}` : ''}
              </li>
            ))}
          </ul>
        )
      }
      action={
        onTell ? (
          <Button size="small" danger={notices.length === 0} onClick={onTell}>
            {report.criticalTell}
          </Button>
        ) : null
      }
    />
  )
}
