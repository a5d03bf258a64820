import { Alert, Switch } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { CloudLink } from '../../components/cloud-link.tsx'
import { useText } from '../../text/use-text.tsx'

/** Training mode brings its own clouds: one switch, then everything can be tried without telling anybody anything. */
export function TrainingClouds({ mayChange }: { readonly mayChange: boolean }) {
  const { care } = useText()
  const pages = useStationQuery(cloudCareRoutes.trainingCloudsRead)
  const turn = useStationMutation(cloudCareRoutes.trainingCloudsTurn, {
    stale: [cloudCareRoutes.trainingCloudsRead, routes.destinationList, routes.settingsRead, routes.health],
  })
  const on = (pages.data?.length ?? 0) > 0
  return (
    <Alert
      type="warning"
      showIcon
      className="training-clouds"
      title={care.trainingClouds}
      description={
        <>
          <div>{care.trainingCloudsHint}</div>
          {on ? (
            <div className="prior-links">
              {pages.data?.map(({ name, url }) => (
                <CloudLink key={url} address={url}>
                  {care.trainingPage(name)}
                </CloudLink>
              ))}
            </div>
          ) : null}
        </>
      }
      action={
        <Switch
          aria-label={care.trainingClouds}
          checked={on}
          disabled={!mayChange}
          loading={turn.isPending || pages.isPending}
          onChange={(wanted) => turn.mutate({ body: { on: wanted } })}
        />
      }
    />
  )
}
