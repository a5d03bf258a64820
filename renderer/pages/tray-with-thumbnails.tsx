import { Collapse } from 'antd'
import { ConflictList } from '../features/images/conflict-list.tsx'
import { MoveHistory } from '../features/images/move-history.tsx'
import { TrayPage } from '../features/tray/tray-page.tsx'
import { FrameThumbnail } from '../features/viewer/frame-thumbnail.tsx'
import { useText } from '../text/use-text.tsx'

/** What has no exam yet; above it what contradicts itself, below it what was moved lately and can be taken back. */
export function TrayWithThumbnails() {
  const { images, tray } = useText()
  const thumbnailOf = (instanceId: string) => (
    <FrameThumbnail instanceId={instanceId} label={tray.thumbnail} width={150} height={126} />
  )
  return (
    <TrayPage
      thumbnailOf={thumbnailOf}
      before={<ConflictList thumbnailOf={thumbnailOf} />}
      after={<Collapse size="small" items={[{ key: 'moves', label: images.moves, children: <MoveHistory /> }]} />}
    />
  )
}
