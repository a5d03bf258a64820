import { useEffect, useRef } from 'react'
import type { Point } from './geometry.ts'
import { openGlass, type Viewport } from './viewport.ts'

const size = 220
const factor = 2.5

type Props = {
  readonly viewport: Viewport | undefined
  /** What the device drew over the picture, of the size of the viewport. */
  readonly graphics: HTMLCanvasElement | null
  readonly at: Point
}

/** A round glass over the picture, two and a half times as large. */
export function Magnifier({ viewport, graphics, at }: Props) {
  const glass = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  useEffect(() => (glass.current ? openGlass(glass.current) : undefined), [])
  useEffect(() => {
    if (glass.current) viewport?.magnify(glass.current, at, factor)
    const ink = overlay.current?.getContext('2d')
    if (!ink) return
    const seen = size / factor
    ink.clearRect(0, 0, size, size)
    if (graphics) ink.drawImage(graphics, at.x - seen / 2, at.y - seen / 2, seen, seen, 0, 0, size, size)
  })
  return (
    <div className="magnifier" style={{ left: at.x - size / 2, top: at.y - size / 2 }} aria-hidden="true">
      <div ref={glass} style={{ width: size, height: size }} />
      <canvas ref={overlay} width={size} height={size} />
    </div>
  )
}
