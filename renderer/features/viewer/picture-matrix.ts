import type { Point } from './geometry.ts'

/** From pixels of the image to pixels of the viewport: x' = a·x + c·y + e, y' = b·x + d·y + f, as SVG writes it. */
export type PictureMatrix = {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** Where three points of the image came to lie says everything. */
export function matrixFrom(toScreen: (point: Point) => Point): PictureMatrix {
  const origin = toScreen({ x: 0, y: 0 })
  const right = toScreen({ x: 1, y: 0 })
  const down = toScreen({ x: 0, y: 1 })
  return {
    a: right.x - origin.x,
    b: right.y - origin.y,
    c: down.x - origin.x,
    d: down.y - origin.y,
    e: origin.x,
    f: origin.y,
  }
}

export function toScreen({ a, b, c, d, e, f }: PictureMatrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

export function toImage({ a, b, c, d, e, f }: PictureMatrix, { x, y }: Point): Point {
  const determinant = a * d - b * c
  const [right, down] = [x - e, y - f]
  return { x: (d * right - c * down) / determinant, y: (a * down - b * right) / determinant }
}

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** The part of the viewport that the image covers: what is worth a picture of its own. Whole pixels. */
export function coveredBox(
  matrix: PictureMatrix,
  image: { readonly width: number; readonly height: number },
  viewport: { readonly width: number; readonly height: number },
): Box {
  const corners = [
    { x: 0, y: 0 },
    { x: image.width, y: 0 },
    { x: 0, y: image.height },
    { x: image.width, y: image.height },
  ].map((corner) => toScreen(matrix, corner))
  const across = corners.map(({ x }) => x)
  const down = corners.map(({ y }) => y)
  const left = Math.max(0, Math.floor(Math.min(...across)))
  const top = Math.max(0, Math.floor(Math.min(...down)))
  const right = Math.min(viewport.width, Math.ceil(Math.max(...across)))
  const bottom = Math.min(viewport.height, Math.ceil(Math.max(...down)))
  return { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}
