/** Pixels of the image: (0, 0) is the upper left corner of its first pixel, x to the right, y down. */
export type Point = { readonly x: number; readonly y: number }

/** Millimetres between the centres of neighbouring pixels, as PixelSpacing (0028,0030) has them: rows lie `row` apart. */
export type Scale = { readonly row: number; readonly column: number }

const square: Scale = { row: 1, column: 1 }

/** Without a scale the answer is in pixels. */
export function distance(from: Point, to: Point, scale: Scale = square): number {
  return Math.hypot((to.x - from.x) * scale.column, (to.y - from.y) * scale.row)
}

const direction = (from: Point, to: Point, scale: Scale) =>
  Math.atan2((to.y - from.y) * scale.row, (to.x - from.x) * scale.column)

const degrees = (radians: number) => (radians * 180) / Math.PI

/** Between the arms that leave `vertex`, 0 to 180 degrees. */
export function angleAt(vertex: Point, one: Point, other: Point, scale: Scale = square): number {
  const between = Math.abs(direction(vertex, one, scale) - direction(vertex, other, scale))
  return degrees(between > Math.PI ? 2 * Math.PI - between : between)
}

/** Inclination of a line whichever end was drawn first, from -90 to 90 degrees. */
function inclination(from: Point, to: Point, scale: Scale): number {
  const drawn = degrees(direction(from, to, scale))
  if (drawn > 90) return drawn - 180
  return drawn <= -90 ? drawn + 180 : drawn
}

/** Cobb's angle of two end plates that run across the picture, 0 to 180 degrees. */
export function cobbAngle(
  upper: readonly [Point, Point],
  lower: readonly [Point, Point],
  scale: Scale = square,
): number {
  return Math.abs(inclination(...upper, scale) - inclination(...lower, scale))
}

/** Width of the heart by the inner width of the thorax; 0 where the thorax has none. */
export function cardiothoracicRatio(
  heart: readonly [Point, Point],
  thorax: readonly [Point, Point],
  scale: Scale = square,
): number {
  const whole = distance(...thorax, scale)
  return whole > 0 ? distance(...heart, scale) / whole : 0
}

/** Of the box between two corners, or of the ellipse in it; square millimetres, without a scale pixels. */
export function areaBetween(kind: 'rectangle' | 'ellipse', one: Point, other: Point, scale: Scale = square): number {
  const box = Math.abs(other.x - one.x) * scale.column * Math.abs(other.y - one.y) * scale.row
  return kind === 'rectangle' ? box : (box * Math.PI) / 4
}

/** How far a point lies from a stretch between two others, in the units of the three. */
export function distanceToStretch(point: Point, from: Point, to: Point): number {
  const [wide, high] = [to.x - from.x, to.y - from.y]
  const length = wide * wide + high * high
  const along = length === 0 ? 0 : ((point.x - from.x) * wide + (point.y - from.y) * high) / length
  const nearest = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - nearest * wide, point.y - from.y - nearest * high)
}
