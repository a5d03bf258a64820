import { App, Button, Popconfirm } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly examId: string; readonly destinationId: string }

/** Ends the hold window. */
export function SendNowButton({ examId, destinationId }: Props) {
  const { common, deliveries } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const send = useStationMutation(cloudCareRoutes.sendNow, {
    stale: [routes.deliveryList, routes.examDeliveries, routes.examRead],
    onDone: () => message.success(deliveries.sentNow),
  })
  if (!mayCall(user, cloudCareRoutes.sendNow)) return null
  return (
    <Popconfirm
      title={deliveries.sendNowTitle}
      description={deliveries.sendNowHint}
      okText={deliveries.sendNow}
      cancelText={common.cancel}
      onConfirm={() => send.mutate({ params: { id: examId }, body: { destinationId } })}
    >
      <Button size="small" loading={send.isPending}>
        {deliveries.sendNow}
      </Button>
    </Popconfirm>
  )
}
