import { Alert } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { chinaClock } from '../../clinic/moment.tsx'
import { useNow } from '../../components/use-now.ts'
import { useText } from '../../text/use-text.tsx'
import { countdown, dueIndex, holdsOf, nearDeadline } from './hold-window.ts'
import { SendNowButton } from './send-now-button.tsx'

/** What of this exam is held back, and how long its index has. */
export function HoldBanner({ examId }: { readonly examId: string }) {
  const { deliveries } = useText()
  const now = useNow(1000)
  const list = useStationQuery(routes.examDeliveries, { params: { id: examId } }).data ?? []
  const holds = holdsOf(list, now)
  const due = dueIndex(list)
  const left = due ? due.deadlineAt - now : 0
  return (
    <>
      {holds.map(({ destinationId, destinationName, until }) => (
        <Alert
          key={destinationId}
          banner
          type="info"
          data-hold={destinationId}
          title={deliveries.heldTitle(destinationName, chinaClock(until))}
          description={
            <>
              <strong className="countdown">{deliveries.heldLeft(countdown(until - now))}</strong> {deliveries.heldHint}
            </>
          }
          action={<SendNowButton examId={examId} destinationId={destinationId} />}
        />
      ))}
      {due && holds.length === 0 ? (
        <Alert
          banner
          type={left < 0 ? 'error' : left < nearDeadline ? 'warning' : 'info'}
          data-due={left < 0 ? 'overdue' : left < nearDeadline ? 'near' : 'ahead'}
          title={
            left < 0
              ? deliveries.overdueTitle(due.destinationName, countdown(left))
              : deliveries.dueTitle(due.destinationName, countdown(left))
          }
        />
      ) : null}
    </>
  )
}
