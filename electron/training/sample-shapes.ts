// Of what simulated bodies are put together: distances below 0 lie inside.

/** A small generator with a seed, from -0.5 to 0.5: the same study looks the same in every run. */
export function noiseFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0xffffffff - 0.5
  }
}

/** Math.hypot minds overflow and takes ten times as long, over and over for each pixel. */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

/** 0 outside, 1 inside, soft in between. */
export function softEdge(distance: number, width: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance / width))
}

export function ellipse(
  x: number,
  y: number,
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
): number {
  const acrossX = (x - centreX) / radiusX
  const acrossY = (y - centreY) / radiusY
  return (length(acrossX, acrossY) - 1) * Math.min(radiusX, radiusY)
}

/** A box with round corners, by its middle and half its sizes. */
export function box(x: number, y: number, centreX: number, centreY: number, halfX: number, halfY: number): number {
  const round = Math.min(halfX, halfY) * 0.35
  const [dx, dy] = [Math.abs(x - centreX) - halfX + round, Math.abs(y - centreY) - halfY + round]
  return length(Math.max(0, dx), Math.max(0, dy)) + Math.min(0, Math.max(dx, dy)) - round
}

export type Bone = {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly width: number
}

export function toSegment(x: number, y: number, { from, to }: Pick<Bone, 'from' | 'to'>): number {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)))
  return length(x - from[0] - along * dx, y - from[1] - along * dy)
}

/** How much a round body or bone lets the ray go through: 1 in its middle, 0 at its edge; a tube's wall is denser. */
export function roundness(distance: number, radius: number): number {
  const across = Math.max(0, 1 + distance / radius)
  return across >= 1 ? 0 : Math.sqrt(1 - across * across)
}

/** A tubular bone: its wall is brighter than its middle. */
export function tube(x: number, y: number, bone: Bone): number {
  const distance = toSegment(x, y, bone)
  const inside = softEdge(distance - bone.width, 0.012)
  return inside * (0.6 + 0.4 * Math.min(1, distance / bone.width) ** 3)
}
