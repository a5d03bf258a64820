import { Empty, Spin } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { byUrgency } from './delivery-order.ts'
import { DeliveryReason, DeliveryStateTag, DeliveryTimes, StepWords } from './delivery-parts.tsx'

/** Everything that the clouds must be told about one exam, narrow enough for the side of the exam page. */
export function ExamDeliveries({ examId }: { readonly examId: string }) {
  const { deliveries } = useText()
  const list = useStationQuery(routes.examDeliveries, { params: { id: examId } })
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  if (!list.data) return <Spin />
  if (list.data.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={deliveries.empty} />
  return (
    <ul className="delivery-list">
      {list.data.toSorted(byUrgency).map((delivery) => (
        <li key={delivery.id} data-delivery={`${delivery.kind}:${delivery.step}`}>
          <div className="delivery-head">
            <strong>
              {delivery.destinationName} · <StepWords delivery={delivery} />
            </strong>
            <DeliveryStateTag state={delivery.state} />
          </div>
          <DeliveryReason delivery={delivery} />
          <div className="delivery-foot">
            <DeliveryTimes delivery={delivery} />
            <DeliveryActions delivery={delivery} />
          </div>
        </li>
      ))}
    </ul>
  )
}
