import { z } from 'zod'
import { distanceToStretch, type Point } from './geometry.ts'
import { type PictureMatrix, toScreen } from './picture-matrix.ts'

export const markKinds = [
  'length',
  'angle',
  'cobb',
  'rectangle',
  'ellipse',
  'ctr',
  'arrow',
  'text',
  'probe',
  'calibration',
] as const

/** What a person drew on a picture, in pixels of the image. A calibration is a length until it is finished and is not kept. */
export const markSchema = z.object({
  id: z.string(),
  kind: z.enum(markKinds),
  points: z
    .array(z.object({ x: z.number(), y: z.number() }))
    .min(1)
    .max(4)
    .readonly(),
  text: z.string().max(100).optional(),
})
export type Mark = z.infer<typeof markSchema>
export type MarkKind = Mark['kind']

/** angle: arm, vertex, arm. cobb and ctr: two lines. rectangle and ellipse: opposite corners of the box. arrow: tip, then tail. */
export const pointsOf: Readonly<Record<MarkKind, 1 | 2 | 3 | 4>> = {
  length: 2,
  angle: 3,
  cobb: 4,
  rectangle: 2,
  ellipse: 2,
  ctr: 4,
  arrow: 2,
  text: 1,
  probe: 1,
  calibration: 2,
}

const around = 48

/** The lines of a mark in pixels of the image; each is a list of points that hang together. */
export function linesOf({ kind, points }: Pick<Mark, 'kind' | 'points'>): readonly (readonly Point[])[] {
  const [first, second, third, fourth] = points
  if (!first || !second) return []
  switch (kind) {
    case 'rectangle':
      return [[first, { x: second.x, y: first.y }, second, { x: first.x, y: second.y }, first]]
    case 'ellipse': {
      const [radiusX, radiusY] = [(second.x - first.x) / 2, (second.y - first.y) / 2]
      const turn = (at: number) => ({
        x: first.x + radiusX + radiusX * Math.cos((at * 2 * Math.PI) / around),
        y: first.y + radiusY + radiusY * Math.sin((at * 2 * Math.PI) / around),
      })
      return [Array.from({ length: around + 1 }, (_, at) => turn(at))]
    }
    case 'angle':
      return [points]
    case 'cobb':
    case 'ctr':
      return third && fourth
        ? [
            [first, second],
            [third, fourth],
          ]
        : [[first, second]]
    default:
      return [[first, second]]
  }
}

export type Grip =
  | { readonly kind: 'handle'; readonly mark: Mark; readonly at: number }
  | { readonly kind: 'body'; readonly mark: Mark }

/** What lies under the pointer, in pixels of the viewport: handles before lines, what was drawn last before what lies below. */
export function gripAt(marks: readonly Mark[], matrix: PictureMatrix, pointer: Point, reach = 8): Grip | undefined {
  const newestFirst = marks.toReversed()
  for (const mark of newestFirst) {
    const at = mark.points.findIndex((point) => {
      const shown = toScreen(matrix, point)
      return Math.hypot(shown.x - pointer.x, shown.y - pointer.y) <= reach
    })
    if (at >= 0) return { kind: 'handle', mark, at }
  }
  const body = newestFirst.find((mark) =>
    linesOf(mark).some((line) =>
      line.some((point, at) => {
        const next = line[at + 1]
        return next && distanceToStretch(pointer, toScreen(matrix, point), toScreen(matrix, next)) <= Math.min(reach, 6)
      }),
    ),
  )
  return body && { kind: 'body', mark: body }
}

/** A handle goes where the pointer is; a body goes as far as the pointer went. */
export function movedMark(grip: Grip, from: Point, to: Point): Mark {
  const points = grip.mark.points.map((point, at) => {
    if (grip.kind === 'handle') return at === grip.at ? to : point
    return { x: point.x + to.x - from.x, y: point.y + to.y - from.y }
  })
  return { ...grip.mark, points }
}

/** What a person writes beside the arrow or as a note, and how long the known length is. */
export const needsWords = (kind: MarkKind): kind is 'arrow' | 'text' | 'calibration' =>
  kind === 'arrow' || kind === 'text' || kind === 'calibration'

/** Whose words are changed later. */
export const hasWords = (kind: MarkKind): boolean => kind === 'arrow' || kind === 'text'
