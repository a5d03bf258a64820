import { App, Button } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'

/** C-ECHO to the device: is its own port reachable? */
export function DeviceEcho({ deviceId }: { readonly deviceId: string }) {
  const { devices } = useText()
  const { notification } = App.useApp()
  const echo = useStationMutation(routes.deviceEcho, {
    onDone: ({ ok, detail }) =>
      notification[ok ? 'success' : 'warning']({ title: ok ? devices.echoOk : devices.echoBad, description: detail }),
  })
  return (
    <Button size="small" loading={echo.isPending} onClick={() => echo.mutate({ params: { id: deviceId } })}>
      {devices.echo}
    </Button>
  )
}
