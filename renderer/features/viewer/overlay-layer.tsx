import { type RefObject, useEffect, useMemo } from 'react'
import { createOverlayPainter } from './draw-overlays.ts'
import type { ViewportState } from './viewport.ts'

type Props = {
  readonly layer: RefObject<HTMLCanvasElement | null>
  readonly drawn: ViewportState
  /** Of the viewport, in pixels. */
  readonly width: number
  readonly height: number
}

/** What the device drew over its image, above the pixels and below the marks. */
export function OverlayLayer({ layer, drawn, width, height }: Props) {
  const painter = useMemo(createOverlayPainter, [])
  useEffect(() => {
    const ink = layer.current?.getContext('2d')
    if (!ink) return
    ink.clearRect(0, 0, width, height)
    painter.draw(ink, drawn.overlays, drawn.matrix, drawn)
  }, [painter, layer, drawn, width, height])
  return <canvas ref={layer} className="overlay-layer" width={width} height={height} />
}
