import type { Point } from './geometry.ts'
import { linesOf, type Mark } from './marks.ts'
import { type PictureMatrix, toScreen } from './picture-matrix.ts'

/** A mark as it is drawn, in pixels of the viewport: on the screen by SVG, in a picture by a canvas. */
export type MarkShape = {
  readonly lines: readonly (readonly Point[])[]
  readonly handles: readonly Point[]
  readonly label: { readonly at: Point; readonly lines: readonly string[] }
}

const arrowHead = 11
const spread = Math.PI / 7

function headOf(tip: Point, tail: Point): readonly Point[] {
  const direction = Math.atan2(tail.y - tip.y, tail.x - tip.x)
  const wing = (turn: number) => ({
    x: tip.x + arrowHead * Math.cos(direction + turn),
    y: tip.y + arrowHead * Math.sin(direction + turn),
  })
  return [wing(spread), tip, wing(-spread)]
}

/** A cross where there is a point and no line. */
function crossAt({ x, y }: Point): readonly (readonly Point[])[] {
  return [
    [
      { x: x - 6, y },
      { x: x + 6, y },
    ],
    [
      { x, y: y - 6 },
      { x, y: y + 6 },
    ],
  ]
}

/** About as wide as the letters of 13 pixels are. */
const widthOf = (line: string) => [...line].reduce((sum, sign) => sum + (sign < '\u0100' ? 7.5 : 13.5), 0)

/** `width` of the viewport: words that would run over its edge begin further left, below the line. */
export function shapeOf(
  mark: Pick<Mark, 'kind' | 'points'>,
  matrix: PictureMatrix,
  words: readonly string[],
  width: number,
): MarkShape {
  const handles = mark.points.map((point) => toScreen(matrix, point))
  const lines = linesOf(mark).map((line) => line.map((point) => toScreen(matrix, point)))
  const [tip, tail] = handles as [Point, Point | undefined]
  const extra = mark.kind === 'arrow' && tail ? [headOf(tip, tail)] : mark.kind === 'probe' ? crossAt(tip) : []
  const rightmost = handles.reduce((best, point) => (point.x > best.x ? point : best), tip)
  const at = mark.kind === 'text' ? tip : mark.kind === 'arrow' && tail ? tail : rightmost
  const widest = Math.max(0, ...words.map(widthOf))
  const over = at.x + 9 + widest > width
  const place = over ? { x: Math.max(4, width - widest - 6), y: at.y + 20 } : { x: at.x + 9, y: at.y + 4 }
  return { lines: [...lines, ...extra], handles, label: { at: place, lines: words } }
}
