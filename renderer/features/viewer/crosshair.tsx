import { useText } from '../../text/use-text.tsx'
import type { Point } from './geometry.ts'

const gap = 6

/** Where the keys point, over the whole viewport, and what they do. */
export function Crosshair({ at: { x, y } }: { readonly at: Point }) {
  const text = useText().viewer
  const lines = [`M0 ${y}H${x - gap}`, `M${x + gap} ${y}H9999`, `M${x} 0V${y - gap}`, `M${x} ${y + gap}V9999`].join('')
  return (
    <>
      <svg className="mark-layer crosshair" aria-hidden="true" data-crosshair={`${x},${y}`}>
        <path className="mark-edge" d={lines} />
        <path className="crosshair-line" d={lines} />
      </svg>
      <div className="crosshair-hint" role="status">
        {text.crosshairHint}
      </div>
    </>
  )
}
