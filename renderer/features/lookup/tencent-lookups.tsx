import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { CloudStudies } from './cloud-studies.tsx'

/** One section for each Tencent cloud that is on. */
export function TencentLookups({ examId }: { readonly examId: string }) {
  const user = useUser()
  const destinations = useStationQuery(routes.destinationList).data ?? []
  if (!mayCall(user, lookupRoutes.cloudStudies)) return null
  return destinations
    .filter((one) => one.kind === 'aimis' && one.enabled)
    .map(({ id, name }) => <CloudStudies key={id} examId={examId} destinationId={id} destinationName={name} />)
}
