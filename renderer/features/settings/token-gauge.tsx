import { Alert, Progress } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'

/** How much of the day's tokens is used, and what is kept back for uploads near their deadline. */
export function TokenGauge({ destinationId }: { readonly destinationId: string }) {
  const { care, common } = useText()
  const gauge = useStationQuery(cloudCareRoutes.destinationToken, {
    params: { id: destinationId },
    refetchInterval: 60_000,
  })
  if (gauge.error) return <FailureAlert error={gauge.error} onRetry={() => gauge.refetch()} />
  if (!gauge.data) return null
  const { usedToday, usedLast24Hours, limit, reservedFrom, pausedReason } = gauge.data
  const used = Math.max(usedToday, usedLast24Hours)
  return (
    <section className="token-gauge" aria-label={care.token} data-token-used={usedToday}>
      <div className="token-gauge-head">
        <strong>{care.token}</strong>
        <span>{care.tokenUsed(usedToday, limit)}</span>
        <span className="faint">{care.tokenLast24(usedLast24Hours)}</span>
      </div>
      <Progress
        percent={limit > 0 ? Math.min(100, (used / limit) * 100) : 0}
        showInfo={false}
        status={used >= reservedFrom ? 'exception' : 'normal'}
        aria-label={care.tokenUsed(usedToday, limit)}
      />
      <span className="faint">{care.tokenReserve(reservedFrom, limit)}</span>
      {pausedReason ? (
        <Alert type="warning" showIcon title={`${care.tokenPaused}${common.colon}${pausedReason}`} />
      ) : null}
    </section>
  )
}
