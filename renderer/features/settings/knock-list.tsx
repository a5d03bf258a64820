import { App, Button } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { Knock } from '../../../shared/api/views.ts'
import { type Device, deviceInputSchema } from '../../../shared/models/settings.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { openKnocks } from './open-knocks.ts'

type Props = { readonly devices: readonly Device[]; readonly onAllowed: (device: Device) => void }

/** Devices that were turned away: usually the new one that somebody is just setting up. */
export function KnockList({ devices: known, onAllowed }: Props) {
  const { devices, settings } = useText()
  const { message } = App.useApp()
  const stale = [routes.deviceList, routes.knockList]
  const done = (device: Device) => {
    message.success(devices.allowed(device.aeTitle))
    onAllowed(device)
  }
  const create = useStationMutation(routes.deviceCreate, { stale, onDone: done })
  const change = useStationMutation(routes.deviceChange, { stale, onDone: done })
  /** One click; a device that is known already has moved to another address. */
  const allow = ({ callingAeTitle: aeTitle, address: host, modality }: Knock) => {
    const device = known.find((one) => one.aeTitle === aeTitle)
    if (device) change.mutate({ params: { id: device.id }, body: { ...device, host } })
    else create.mutate({ body: deviceInputSchema.parse({ name: aeTitle, aeTitle, host, modality }) })
  }
  const list = useStationQuery(routes.knockList)
  const shown = openKnocks(list.data ?? [], known)
  return (
    <section className="knocks">
      <h2>{settings.knocks}</h2>
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      {list.data && shown.length === 0 ? <p className="faint">{settings.knocksNone}</p> : null}
      <ul>
        {shown.map((knock) => (
          <li
            key={`${knock.callingAeTitle} ${knock.calledAeTitle} ${knock.address} ${knock.kind}`}
            data-knock={knock.callingAeTitle}
          >
            <div>
              <strong className="mono">{settings.knockLine(knock.callingAeTitle, knock.address, knock.count)}</strong>{' '}
              <Moment at={knock.at} />
              <div className="faint">
                {knock.reason} · {settings.knockCalled(knock.calledAeTitle)}
                {knock.implementation ? ` · ${devices.implementation(knock.implementation)}` : ''}
                {knock.proposes.length > 0 ? ` · ${devices.proposes(knock.proposes)}` : ''}
              </div>
            </div>
            {knock.kind === 'wrong-called-ae' ? (
              <span className="faint knock-advice">{devices.changeAtDevice}</span>
            ) : (
              <Button
                size="small"
                type="primary"
                aria-label={devices.allowThis(knock.callingAeTitle)}
                loading={create.isPending || change.isPending}
                onClick={() => allow(knock)}
              >
                {settings.allow}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
