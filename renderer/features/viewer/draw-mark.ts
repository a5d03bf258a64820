import type { Point } from './geometry.ts'
import { type MarkKind, pointsOf } from './marks.ts'

/** A mark while it is drawn: `placed` points stand, the last of `points` follows the pointer. */
export type Drawing = {
  readonly kind: MarkKind
  readonly points: readonly Point[]
  readonly placed: number
}

export type DrawStep = { readonly drawing: Drawing; readonly isFinished: boolean }

const stepOf = (drawing: Drawing): DrawStep => ({ drawing, isFinished: drawing.placed >= pointsOf[drawing.kind] })

/** The button goes down: the point that followed stands there, and the next begins to follow. */
export function pressed(before: Drawing | undefined, kind: MarkKind, at: Point): DrawStep {
  const standing = before?.kind === kind ? before.points.slice(0, before.placed) : []
  const points = [...standing, at]
  const placed = points.length
  return stepOf({ kind, points: placed < pointsOf[kind] ? [...points, at] : points, placed })
}

export function moved(drawing: Drawing, to: Point): Drawing {
  if (drawing.points.length === drawing.placed) return drawing
  return { ...drawing, points: [...drawing.points.slice(0, drawing.placed), to] }
}

/** The button comes up: where it was dragged the end of the drag stands, after a click the next point goes on following. */
export function released(drawing: Drawing, at: Point, wasDragged: boolean): DrawStep {
  if (!wasDragged || drawing.points.length === drawing.placed) return stepOf(drawing)
  const points = [...drawing.points.slice(0, drawing.placed), at]
  return stepOf({ ...drawing, points, placed: points.length })
}
