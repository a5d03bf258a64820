import type { CornerWords } from './draw-picture.ts'
import type { Edges } from './orientation.ts'

const corners = [
  ['topLeft', 'overlay-top-left'],
  ['topRight', 'overlay-top-right'],
  ['bottomLeft', 'overlay-bottom-left'],
  ['bottomRight', 'overlay-bottom-right'],
] as const
const sides = ['left', 'right', 'top', 'bottom'] as const

type Props = { readonly words: CornerWords; readonly edges: Edges | undefined; readonly isPrior: boolean }

export function PaneOverlay({ words, edges, isPrior }: Props) {
  return (
    <>
      {corners.map(([corner, className]) => (
        <div
          key={corner}
          data-corner={corner}
          className={`overlay ${className} ${isPrior && corner === 'topLeft' ? 'overlay-prior' : ''}`}
        >
          {words[corner].map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
            <span key={at} className={corner.startsWith('bottom') ? 'mono' : undefined}>
              {line}
            </span>
          ))}
        </div>
      ))}
      {edges
        ? sides.map((side) => (
            <span key={side} className={`edge-letter edge-${side}`} data-edge={side}>
              {edges[side]}
            </span>
          ))
        : null}
    </>
  )
}
