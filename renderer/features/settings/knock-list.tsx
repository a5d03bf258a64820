import { Button } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { Knock } from '../../../shared/api/views.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'

/** Devices that were turned away: usually the new one that somebody is just setting up. */
export function KnockList({ onAllow }: { readonly onAllow: (knock: Knock) => void }) {
  const { settings } = useText()
  const list = useStationQuery(routes.knockList)
  return (
    <section className="knocks">
      <h2>{settings.knocks}</h2>
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.data?.length === 0 ? <p className="faint">{settings.knocksNone}</p> : null}
      <ul>
        {list.data?.map((knock) => (
          <li key={`${knock.callingAeTitle} ${knock.calledAeTitle} ${knock.address}`} data-knock={knock.callingAeTitle}>
            <div>
              <strong className="mono">{settings.knockLine(knock.callingAeTitle, knock.address, knock.count)}</strong>{' '}
              <Moment at={knock.at} />
              <div className="faint">
                {knock.reason} · {settings.knockCalled(knock.calledAeTitle)}
              </div>
            </div>
            <Button size="small" type="primary" onClick={() => onAllow(knock)}>
              {settings.allow}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
