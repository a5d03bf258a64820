import { Alert, App, Button, Popconfirm } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { Retraction } from '../../../shared/models/retraction.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

/** Deletions that wait for another person, and those that were confirmed. */
export function RetractionBanner({ examId }: { readonly examId: string }) {
  const list = useStationQuery(cloudCareRoutes.retractionList, { params: { id: examId } }).data ?? []
  return list
    .filter((retraction) => retraction.state !== 'withdrawn')
    .map((retraction) => <OneRetraction key={retraction.id} retraction={retraction} />)
}

function OneRetraction({ retraction }: { readonly retraction: Retraction }) {
  const { common, corrections } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const accounts = useStationQuery(routes.accountList).data ?? []
  const destinations = useStationQuery(routes.destinationList).data ?? []
  const stale = [cloudCareRoutes.retractionList, routes.examDeliveries, routes.examRead]
  const confirm = useStationMutation(cloudCareRoutes.retractionConfirm, {
    stale,
    onDone: () => message.success(corrections.confirmed),
  })
  const withdraw = useStationMutation(cloudCareRoutes.retractionWithdraw, {
    stale,
    onDone: () => message.success(corrections.withdrawn),
  })
  const nameOf = (username: string | null) =>
    accounts.find((account) => account.username === username)?.displayName ?? username ?? ''
  const where = destinations.find((one) => one.id === retraction.destinationId)?.name ?? ''
  const own = retraction.proposedBy === user.username
  const params = { id: retraction.examId, retractionId: retraction.id }
  if (retraction.state === 'confirmed')
    return (
      <Alert
        banner
        type="info"
        data-retraction="confirmed"
        title={corrections.confirmedBy(nameOf(retraction.decidedBy), where)}
        description={`${common.reason}${common.colon}${retraction.reason}`}
      />
    )
  return (
    <Alert
      banner
      type="warning"
      data-retraction="proposed"
      title={corrections.waiting(nameOf(retraction.proposedBy), where)}
      description={
        <>
          <div>
            {common.reason}
            {common.colon}
            {retraction.reason}
          </div>
          <div className="faint">{own ? corrections.waitingOwn : corrections.waitingOther}</div>
          {mayCall(user, cloudCareRoutes.retractionConfirm) ? (
            <div className="row-actions actions-below">
              {own ? null : (
                <Popconfirm
                  title={corrections.confirmTitle(where)}
                  description={corrections.confirmHint}
                  okText={corrections.confirm}
                  cancelText={common.cancel}
                  okButtonProps={{ danger: true }}
                  onConfirm={() => confirm.mutate({ params })}
                >
                  <Button size="small" danger loading={confirm.isPending}>
                    {corrections.confirm}
                  </Button>
                </Popconfirm>
              )}
              <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
                {corrections.withdraw}
              </Button>
            </div>
          ) : null}
        </>
      }
    />
  )
}
