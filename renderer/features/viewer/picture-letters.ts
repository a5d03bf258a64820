import type { Point } from './geometry.ts'
import type { Box } from './picture-matrix.ts'

type Size = Pick<Box, 'width' | 'height'>

/** Of the letters on the screen, in pixels. */
export const letterSize = 13
/** So much of the longer side letters take that are read on paper: 2 mm in a picture of 60 mm, about 6 points. */
const partOnPaper = 0.035

/** How much larger than on the screen letters and lines are drawn into a picture of the report, which is printed small; never smaller. */
export function letterScale({ width, height }: Size): number {
  return Math.max(1, (partOnPaper * Math.max(width, height)) / letterSize)
}

/** Where lines of words begin (the base of the first) so that they stand inside the picture as whole as can be. */
export function placeInside(at: Point, wide: number, lines: number, lineHeight: number, box: Size): Point {
  const lowest = box.height - 4 - (lines - 1) * lineHeight
  return {
    x: Math.max(4, Math.min(at.x, box.width - wide - 4)),
    y: Math.max(lineHeight, Math.min(at.y, lowest)),
  }
}
