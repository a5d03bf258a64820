import { FileImageOutlined } from '@ant-design/icons'
import { useEffect, useRef, useState } from 'react'
import { imageIdOf } from './station-image-loader.ts'
import { drawThumbnail } from './viewport.ts'

type Props = {
  readonly instanceId: string
  readonly frame?: number
  readonly label: string
  readonly width: number
  readonly height: number
}

export function FrameThumbnail({ instanceId, frame = 0, label, width, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  useEffect(() => {
    let gone = false
    const target = canvas.current
    if (!target) return
    drawThumbnail(target, imageIdOf({ instanceId, frame, instanceNumber: null })).then(
      () => !gone && setState('shown'),
      () => !gone && setState('failed'),
    )
    return () => {
      gone = true
    }
  }, [instanceId, frame])
  return (
    <span className="thumbnail" data-thumbnail-state={state} style={{ width, height }}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={label} hidden={state === 'failed'} />
      {state === 'failed' ? <FileImageOutlined title={label} /> : null}
    </span>
  )
}
