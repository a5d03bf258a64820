import { App, Button } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

/** C-ECHO to the device: is its own port reachable? */
export function DeviceEcho({ deviceId }: { readonly deviceId: string }) {
  const { devices } = useText()
  const { language } = useLanguage()
  const { notification } = App.useApp()
  const echo = useStationMutation(routes.deviceEcho, {
    onDone: ({ ok, detail, detailInEnglish }) =>
      notification[ok ? 'success' : 'warning']({
        title: ok ? devices.echoOk : devices.echoBad,
        description: language === 'en' ? detailInEnglish : detail,
      }),
  })
  return (
    <Button size="small" loading={echo.isPending} onClick={() => echo.mutate({ params: { id: deviceId } })}>
      {devices.echo}
    </Button>
  )
}
