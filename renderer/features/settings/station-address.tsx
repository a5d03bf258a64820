import { Card, Typography } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

const everyAddress = ['0.0.0.0', '::']

/** What somebody types into the device's console: large enough to read from there. */
export function StationAddress() {
  const { settings } = useText()
  const health = useStationQuery(routes.health)
  const receiver = health.data?.receiver
  if (!receiver) return null
  const ownAddresses = receiver.addresses.join(' / ') || settings.thisComputer
  const facts = [
    // Listening on every address names none of them.
    [settings.host, everyAddress.includes(receiver.host) ? ownAddresses : receiver.host],
    [settings.port, String(receiver.port)],
    [settings.aeTitle, receiver.aeTitle],
  ] as const
  return (
    <Card size="small" className="station-address">
      <h2>{settings.typeIntoDevice}</h2>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Typography.Text className="mono" copyable>
                {value}
              </Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
      <p className="faint">{settings.typeIntoDeviceHint}</p>
    </Card>
  )
}
