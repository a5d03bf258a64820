import { routes } from '../../../shared/api/routes.ts'
import type { DestinationView } from '../../../shared/api/settings-routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { CloudLink } from '../../components/cloud-link.tsx'
import { useText } from '../../text/use-text.tsx'
import { simulatorAddress } from './simulator-address.ts'

/** In training mode the simulated cloud has a page: what it would hold, and faults to switch on. */
export function SimulatorLink({ destination }: { readonly destination: DestinationView }) {
  const { care } = useText()
  const health = useStationQuery(routes.health)
  const address = simulatorAddress(destination.settings)
  if (health.data?.mode !== 'training' || !address) return null
  return <CloudLink address={address}>{care.simulator}</CloudLink>
}
