import type { Point } from './geometry.ts'
import type { MarkShape } from './mark-shapes.ts'

export type LayeredMark = { readonly id: string; readonly shape: MarkShape; readonly isChosen: boolean }

const path = (points: readonly Point[]) => points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')

/** Marks over the picture: every line has a dark edge, so that it is seen on white and on black. */
export function MarkLayer({ marks }: { readonly marks: readonly LayeredMark[] }) {
  return (
    <svg className="mark-layer" aria-hidden="true">
      {marks.map(({ id, shape, isChosen }) => (
        <g key={id} data-mark={id} className={isChosen ? 'mark mark-chosen' : 'mark'}>
          {shape.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a mark have no other name than their place
            <g key={at}>
              <polyline className="mark-edge" points={path(line)} />
              <polyline className="mark-line" points={path(line)} />
            </g>
          ))}
          {shape.handles.map(({ x, y }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: so have its handles
            <circle key={at} className="mark-handle" cx={x} cy={y} r={isChosen ? 5 : 3.5} />
          ))}
          {shape.label.lines.map((words, at) => (
            <text
              // biome-ignore lint/suspicious/noArrayIndexKey: and its words
              key={at}
              className="mark-words"
              x={shape.label.at.x}
              y={shape.label.at.y + at * 16}
            >
              {words}
            </text>
          ))}
        </g>
      ))}
    </svg>
  )
}
