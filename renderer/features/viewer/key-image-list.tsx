import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { FrameThumbnail } from './frame-thumbnail.tsx'
import type { KeyImages } from './use-key-images.ts'
import type { Viewer } from './use-viewer.ts'

type Props = { readonly keyImages: KeyImages; readonly viewer: Viewer }

/** The images of the report with their captions, in their order. */
export function KeyImageList({ keyImages, viewer }: Props) {
  const text = useText().viewer
  if (keyImages.list.length === 0) return <p className="key-image-hint">{text.noKeyImages}</p>
  const show = (instanceId: string, frame: number) => viewer.showImage(instanceId, frame - 1)
  return (
    <ol className="key-image-list">
      {keyImages.list.map(({ instanceId, frame, caption, picture }, at) => (
        <li key={`${instanceId}/${frame}/${picture?.length ?? 0}`}>
          <button type="button" aria-label={text.showKeyImage(at + 1)} onClick={() => show(instanceId, frame)}>
            {picture ? (
              <img src={`data:image/jpeg;base64,${picture}`} alt={text.showKeyImage(at + 1)} />
            ) : (
              <FrameThumbnail instanceId={instanceId} frame={frame - 1} label={text.keyImages} width={84} height={64} />
            )}
          </button>
          <Input
            size="small"
            aria-label={text.caption(at + 1)}
            placeholder={text.captionHint}
            maxLength={60}
            defaultValue={caption}
            disabled={!keyImages.mayChange}
            onBlur={({ target }) => target.value.trim() !== caption && keyImages.describe(at, target.value.trim())}
            onPressEnter={({ currentTarget }) => currentTarget.blur()}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            disabled={!keyImages.mayChange || keyImages.isSaving}
            aria-label={text.removeKeyImage(at + 1)}
            onClick={() => keyImages.remove(at)}
          />
        </li>
      ))}
    </ol>
  )
}
