import { useEffect, useRef } from 'react'
import type { Point } from './geometry.ts'

const size = 220
const factor = 2.5

type Props = {
  /** The picture, and what lies over it; all of the size of the viewport. */
  readonly layers: readonly HTMLCanvasElement[]
  readonly at: Point
}

/** A round glass over the picture, two and a half times as large. */
export function Magnifier({ layers, at }: Props) {
  const glass = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const ink = glass.current?.getContext('2d')
    if (!ink) return
    const seen = size / factor
    ink.fillStyle = '#000'
    ink.fillRect(0, 0, size, size)
    for (const layer of layers) ink.drawImage(layer, at.x - seen / 2, at.y - seen / 2, seen, seen, 0, 0, size, size)
  })
  return (
    <div className="magnifier" style={{ left: at.x - size / 2, top: at.y - size / 2 }} aria-hidden="true">
      <canvas ref={glass} width={size} height={size} />
    </div>
  )
}
