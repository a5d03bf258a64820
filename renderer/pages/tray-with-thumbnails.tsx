import { TrayPage } from '../features/tray/tray-page.tsx'
import { FrameThumbnail } from '../features/viewer/frame-thumbnail.tsx'
import { useText } from '../text/use-text.tsx'

export function TrayWithThumbnails() {
  const { tray } = useText()
  return (
    <TrayPage
      thumbnailOf={(instanceId) => (
        <FrameThumbnail instanceId={instanceId} label={tray.thumbnail} width={150} height={126} />
      )}
    />
  )
}
