import { App, Button } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Delivery } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useNow } from '../../components/use-now.ts'
import { useText } from '../../text/use-text.tsx'
import { mayGiveUp, mayRetry } from './delivery-order.ts'
import { isHeld } from './hold-window.ts'
import { SendNowButton } from './send-now-button.tsx'

const stale = [routes.deliveryList, routes.examDeliveries, routes.health, routes.examList]

export function DeliveryActions({ delivery }: { readonly delivery: Delivery }) {
  const { common, deliveries } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const [givingUp, setGivingUp] = useState(false)
  const retry = useStationMutation(routes.deliveryRetry, { stale, onDone: () => message.success(deliveries.retried) })
  const giveUp = useStationMutation(routes.deliveryCancel, {
    stale,
    onDone: () => {
      setGivingUp(false)
      message.success(deliveries.givenUp)
    },
  })
  const params = { id: delivery.id }
  const held = isHeld(delivery, useNow(5000))
  return (
    <span className="row-actions">
      {held ? <SendNowButton examId={delivery.examId} destinationId={delivery.destinationId} /> : null}
      {!held && mayRetry(delivery.state) && mayCall(user, routes.deliveryRetry) ? (
        <Button
          size="small"
          type={delivery.state === 'blocked' ? 'primary' : 'default'}
          loading={retry.isPending}
          onClick={() => retry.mutate({ params })}
        >
          {common.retry}
        </Button>
      ) : null}
      {mayGiveUp(delivery.state) && mayCall(user, routes.deliveryCancel) ? (
        <Button size="small" type="text" onClick={() => setGivingUp(true)}>
          {deliveries.giveUp}
        </Button>
      ) : null}
      <ReasonDialog
        open={givingUp}
        title={deliveries.giveUpTitle}
        confirmText={deliveries.giveUp}
        danger
        loading={giveUp.isPending}
        onConfirm={(reason) => giveUp.mutate({ params, body: { reason } })}
        onClose={() => setGivingUp(false)}
      />
    </span>
  )
}
