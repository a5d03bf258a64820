import { box, ellipse, roundness, softEdge, toSegment, tube } from './sample-shapes.ts'
import type { SampleView } from './sample-views.ts'

export type BodyInRays = {
  /** Of the detector, in units of `millimetres`. The middle of its upper edge is 0, 0; x to the right, y down. */
  readonly wide: number
  readonly high: number
  readonly millimetres: number
  /** How much of the rays is taken away on the way to this place: 0 in air, about 1 behind soft tissue, 3 behind thick bone. */
  readonly attenuation: (x: number, y: number) => number
}

/** Bodies as their shadows are, put together of round shapes. A right limb is the left one mirrored. */
export function bodyInRays({ phantom, isSide, laterality }: SampleView): BodyInRays {
  switch (phantom) {
    case 'chest':
      return { wide: 1, high: 1.1, millimetres: 380, attenuation: isSide ? chestFromTheSide : chestFromBehind }
    case 'knee': {
      const mirror = laterality === 'R' && !isSide ? -1 : 1
      const knee = isSide ? kneeFromTheSide : kneeFromTheFront
      return { wide: 0.8, high: 1.1, millimetres: 230, attenuation: (x, y) => knee(mirror * x, y) }
    }
    default:
      return { wide: 0.8, high: 1.1, millimetres: 340, attenuation: isSide ? spineFromTheSide : spineFromTheFront }
  }
}

const soft = (distance: number) => softEdge(distance, 0.012)

/** A torso seen from the front or behind: neck, shoulders, trunk. */
function torso(x: number, y: number): number {
  const trunk = roundness(Math.abs(x) - 0.46, 0.46)
  const shoulder = softEdge(0.13 + 0.35 * Math.max(0, Math.abs(x) - 0.14) - y, 0.03)
  return Math.max(trunk * shoulder, 0.55 * roundness(Math.abs(x) - 0.13, 0.13) * softEdge(y - 0.25, 0.15))
}

/** Twelve ribs a side from the spine, first up and then far down, and their ends in front, fainter. */
function ribs(x: number, y: number): number {
  const far = Math.abs(x)
  let shade = 0
  for (let rib = 0; rib < 10; rib++) {
    const top = 0.15 + rib * 0.072
    const reach = 0.36 - 0.32 * Math.max(0, 0.25 - rib * 0.06)
    const behind = top - 0.03 * Math.sin(far * 9) + 0.75 * far * far
    const before = top + 0.2 + 0.42 * (0.36 - far)
    if (far > 0.03 && far < reach) shade = Math.max(shade, 0.34 * soft(Math.abs(y - behind) - 0.011))
    if (far > 0.13 && far < reach && rib < 7) shade = Math.max(shade, 0.2 * soft(Math.abs(y - before) - 0.01))
  }
  return shade
}

/** Discs are darker than the bodies between them. */
const vertebrae = (along: number, height: number) => (Math.abs((along / height) % 1) < 0.16 ? 0.5 : 1)

/** From each root of the lung seven branches go out. */
function vesselsIn(x: number, y: number): number {
  let vessels = 0
  for (let branch = 0; branch < 7; branch++) {
    const turn = 0.9 + branch * 0.33
    const [towards, down] = [Math.sin(turn), -Math.cos(turn)]
    for (const side of [-1, 1]) {
      const from = [side * 0.07, 0.52] as const
      const to = [side * (0.07 + 0.2 * towards), 0.52 + 0.24 * down] as const
      vessels = Math.max(vessels, 0.16 * softEdge(toSegment(x, y, { from, to }) - 0.006, 0.02))
    }
  }
  return vessels
}

/**
 * A chest, rays from behind to the front: the heart's widest 0.36 from side to side, the thorax within its ribs 0.76, which is 0.47; the
 * right half of the diaphragm stands higher, the stomach's bubble lies on the left, which is the right of the picture.
 */
function chestFromBehind(x: number, y: number): number {
  const body = torso(x, y)
  if (body === 0 && y > 0.25) return 0
  const dome = x < 0 ? 0.83 + 1.1 * (x + 0.17) ** 2 : 0.86 + 1.1 * (x - 0.19) ** 2
  const lung = Math.min(1, 1.4 * roundness(ellipse(Math.abs(x), y, 0.2, 0.56, 0.18, 0.43), 0.18))
  const isAir = soft(y - dome) * lung
  const inHeart = ellipse(x - 0.22 * (y - 0.7), y, 0.065, 0.7, 0.185, 0.18)
  const heart = 0.4 * soft(inHeart) + 0.6 * roundness(inHeart, 0.18)
  const middle = soft(Math.abs(x) - 0.055 - 0.02 * Math.sin(y * 9)) * softEdge(0.12 - y, 0.05)
  const aorta = soft(ellipse(x, y, 0.06, 0.37, 0.045, 0.05))
  let value = 1.15 * body - 0.85 * isAir * body
  if (isAir > 0) value += isAir * vesselsIn(x, y)
  value += 0.7 * heart * soft(y - dome - 0.03) + 0.4 * middle + 0.3 * aorta * isAir
  value += 0.5 * softEdge(dome - y, 0.02) * body
  value -= 0.4 * soft(ellipse(x, y, 0.22, 0.945, 0.06, 0.035))
  value -= 0.28 * soft(Math.abs(x) - 0.018) * softEdge(y - 0.4, 0.04)
  value += 0.38 * soft(Math.abs(x) - 0.035) * vertebrae(y, 0.055) + ribs(x, y) * softEdge(y - 0.95, 0.1)
  for (const side of [-1, 1])
    value += 0.4 * tube(x, y, { from: [side * 0.04, 0.205], to: [side * 0.36, 0.14], width: 0.016 })
  return Math.max(0, value)
}

/** A chest from its left side, the front to the left: breastbone, heart on the diaphragm, spine behind. */
function chestFromTheSide(x: number, y: number): number {
  const dome = 0.85 + 0.5 * (x + 0.05) ** 2 + 0.16 * Math.max(0, x)
  const body = Math.max(
    roundness(ellipse(x, y, 0, 0.75, 0.4, 0.7), 0.4),
    0.6 * roundness(Math.abs(x - 0.05) - 0.14, 0.14),
  )
  const lung =
    Math.min(1, 1.5 * roundness(ellipse(x + 0.1 * (y - 0.5), y, 0.01, 0.54, 0.27, 0.42), 0.27)) * soft(y - dome)
  const heart = roundness(ellipse(x + 0.35 * (y - 0.68), y, -0.1, 0.7, 0.14, 0.17), 0.14) * soft(y - dome - 0.02)
  const back = 0.24 + 0.06 * Math.sin(3 * (y - 0.25))
  let value = 1.7 * body - 1.15 * lung * Math.min(1, body * 1.4) + 0.55 * heart
  value += 0.5 * softEdge(dome - y, 0.02) * body
  value += 0.42 * soft(Math.abs(x - back) - 0.035) * vertebrae(y, 0.06) * body
  value += 0.4 * tube(x, y, { from: [-0.23, 0.24], to: [-0.31, 0.62], width: 0.014 })
  for (let rib = 0; rib < 8; rib++) {
    const top = 0.2 + rib * 0.075
    value += 0.14 * tube(x, y, { from: [0.24, top], to: [-0.2, top + 0.17], width: 0.009 })
  }
  return Math.max(0, value)
}

/** A left knee from the front: thigh bone with two rolls, shin bone with its plateau, calf bone outside, kneecap over all. */
function kneeFromTheFront(x: number, y: number): number {
  const flesh = roundness(Math.abs(x) - 0.27 - 0.05 * Math.cos(5 * (y - 0.1)), 0.3)
  let bone = 0.85 * tube(x, y, { from: [0, -0.1], to: [0, 0.36], width: 0.068 })
  for (const side of [-1, 1]) bone = Math.max(bone, 0.8 * soft(ellipse(x, y, side * 0.085, 0.46, 0.088, 0.082)))
  bone = Math.max(bone, 0.8 * soft(box(x, y, 0, 0.4, 0.1, 0.1)))
  bone = Math.max(bone, 0.8 * soft(box(x, y, 0, 0.615, 0.168, 0.048)), 0.7 * soft(box(x, y, 0, 0.67, 0.11, 0.05)))
  for (const side of [-1, 1]) bone = Math.max(bone, 0.6 * soft(ellipse(x, y, side * 0.022, 0.565, 0.012, 0.022)))
  bone = Math.max(bone, 0.85 * tube(x, y, { from: [0, 0.7], to: [0.01, 1.2], width: 0.065 }))
  bone = Math.max(bone, 0.6 * tube(x, y, { from: [0.165, 0.7], to: [0.15, 1.2], width: 0.026 }))
  return 0.75 * flesh + bone + 0.22 * soft(ellipse(x, y, 0, 0.38, 0.088, 0.092))
}

/** A knee from its side, the front to the left, a little bent. */
function kneeFromTheSide(x: number, y: number): number {
  const flesh = Math.max(
    roundness(toSegment(x, y, { from: [0.08, -0.1], to: [0, 0.52] }) - 0.24, 0.26),
    roundness(toSegment(x, y, { from: [0, 0.52], to: [0.05, 1.2] }) - 0.21, 0.24),
  )
  let bone = 0.85 * tube(x, y, { from: [0.05, -0.1], to: [0.01, 0.36], width: 0.066 })
  bone = Math.max(bone, 0.85 * soft(ellipse(x, y, 0.035, 0.46, 0.12, 0.095)))
  bone = Math.max(
    bone,
    0.8 * soft(box(x, y, 0.02, 0.62, 0.115, 0.05)),
    0.7 * soft(ellipse(x, y, -0.045, 0.7, 0.045, 0.06)),
  )
  bone = Math.max(bone, 0.85 * tube(x, y, { from: [0.01, 0.68], to: [0.05, 1.2], width: 0.062 }))
  bone = Math.max(bone, 0.55 * tube(x, y, { from: [0.12, 0.7], to: [0.13, 1.2], width: 0.025 }))
  return 0.75 * flesh + bone + 0.55 * soft(ellipse(x - 0.12 * (y - 0.4), y, -0.15, 0.4, 0.035, 0.085))
}

/** A lower back from the front: five vertebrae with their roots and spines, the last ribs, the wings of the hip bones. */
function spineFromTheFront(x: number, y: number): number {
  const flesh = roundness(Math.abs(x) - 0.4 + 0.05 * Math.sin(4 * y), 0.42)
  let bone = 0
  for (let at = -1; at < 6; at++) {
    const middle = 0.1 + at * 0.135
    const wide = 0.075 + at * 0.004
    bone = Math.max(bone, 0.62 * soft(box(x, y, 0, middle, wide, 0.052)))
    for (const side of [-1, 1]) {
      bone = Math.max(bone, 0.85 * soft(ellipse(x, y, side * wide * 0.62, middle - 0.012, 0.014, 0.02)))
      bone = Math.max(
        bone,
        0.4 * tube(x, y, { from: [side * wide, middle], to: [side * 0.15, middle - 0.01], width: 0.012 }),
      )
      if (at < 1)
        bone = Math.max(
          bone,
          0.35 * tube(x, y, { from: [side * 0.09, middle], to: [side * 0.3, middle + 0.12], width: 0.011 }),
        )
    }
    bone = Math.max(bone, 0.85 * soft(ellipse(x, y, 0, middle + 0.035, 0.011, 0.03)))
  }
  bone = Math.max(bone, 0.6 * soft(ellipse(x, y, 0, 0.98, 0.1 - 0.1 * (y - 0.98), 0.12)))
  for (const side of [-1, 1]) bone = Math.max(bone, 0.5 * soft(ellipse(x, y, side * 0.25, 1.02, 0.14, 0.19)))
  const muscle = 0.18 * softEdge(Math.abs(x) - 0.07 - 0.13 * Math.max(0, y - 0.15), 0.02) * softEdge(0.15 - y, 0.1)
  const bowel = 0.25 * soft(ellipse(x, y, 0.26, 0.4, 0.06, 0.13)) + 0.2 * soft(ellipse(x, y, -0.25, 0.66, 0.07, 0.09))
  return Math.max(0, 1.2 * flesh + bone + muscle - bowel)
}

/** A lower back from the left, the belly to the left: bodies in their bow, spines behind them, the sacrum below. */
function spineFromTheSide(x: number, y: number): number {
  const flesh = roundness(ellipse(x, y, 0, 0.55, 0.42, 1), 0.42)
  const bow = (along: number) => 0.08 - 0.09 * Math.sin(Math.PI * Math.min(1, Math.max(0, along / 0.95)))
  let bone = 0
  for (let at = -1; at < 6; at++) {
    const middle = 0.09 + at * 0.14
    const lean = 0.5 * (middle - 0.45)
    const [dx, dy] = [x - bow(middle), y - middle]
    bone = Math.max(bone, 0.85 * soft(box(dx + lean * dy, dy - lean * dx * 0.6, 0, 0, 0.083, 0.054)))
    bone = Math.max(bone, 0.5 * tube(dx, dy, { from: [0.09, 0], to: [0.16, 0.035], width: 0.018 }))
    bone = Math.max(bone, 0.45 * soft(box(dx, dy, 0.2, 0.055, 0.045, 0.025)))
  }
  bone = Math.max(bone, 0.75 * tube(x, y, { from: [0.1, 0.94], to: [0.24, 1.12], width: 0.07 }))
  return 1.35 * flesh + bone
}
