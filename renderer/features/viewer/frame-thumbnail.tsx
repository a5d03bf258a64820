import { FileImageOutlined } from '@ant-design/icons'
import { useEffect, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'

type Props = {
  readonly instanceId: string
  readonly frame?: number
  readonly label: string
  readonly width: number
  readonly height: number
}

type Shown = { readonly kind: 'loading' | 'failed' } | { readonly kind: 'loaded'; readonly address: string }

/** A small picture that the station draws, with the file's own window: a chest film is not read whole for it. */
export function FrameThumbnail({ instanceId, frame = 0, label, width, height }: Props) {
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })
  const [isDrawn, setDrawn] = useState(false)
  const size = Math.max(32, Math.max(width, height) * 2)
  useEffect(() => {
    const controller = new AbortController()
    let address = ''
    const read = async () => {
      const input = { params: { id: instanceId, frame }, query: { size }, signal: controller.signal }
      const bytes = await (await fetchStation(routes.rendered, input)).blob()
      if (controller.signal.aborted) return
      address = URL.createObjectURL(bytes)
      setShown({ kind: 'loaded', address })
    }
    read().catch(() => !controller.signal.aborted && setShown({ kind: 'failed' }))
    return () => {
      controller.abort()
      if (address) URL.revokeObjectURL(address)
    }
  }, [instanceId, frame, size])
  const state = shown.kind === 'loaded' ? (isDrawn ? 'shown' : 'loading') : shown.kind
  return (
    <span className="thumbnail" data-thumbnail-state={state} style={{ width, height }}>
      {shown.kind === 'loaded' ? (
        <img
          src={shown.address}
          alt={label}
          draggable={false}
          style={{ maxWidth: width, maxHeight: height }}
          onLoad={() => setDrawn(true)}
          onError={() => setShown({ kind: 'failed' })}
        />
      ) : null}
      {shown.kind === 'failed' ? <FileImageOutlined title={label} /> : null}
    </span>
  )
}
