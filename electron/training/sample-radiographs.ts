import { bodyInRays } from './sample-bodies.ts'
import type { SamplePixels } from './sample-pixels.ts'
import { type Bone, length, noiseFrom, softEdge, toSegment } from './sample-shapes.ts'
import type { SampleView } from './sample-views.ts'

const detector = { bitsStored: 12, windowCenter: 1500, windowWidth: 2800, rescaleIntercept: 0 } as const

/** A radiograph of 12 bits: air dark, bone bright. */
export function sampleRadiograph(view: SampleView, seed: number): SamplePixels {
  return view.phantom === 'hand' ? hand(view.laterality === 'L', seed) : rays(view, seed)
}

type Shadow = {
  readonly rows: number
  readonly columns: number
  readonly spacing: number
  readonly values: Float32Array
}

/** Each body is worked out once: a thread that sends many studies draws the same ones again and again. */
const shadows = new Map<string, Shadow>()

/** What is left of the rays on the detector, behind a body as it is described in sample-bodies.ts. */
function shadowOf(view: SampleView): Shadow {
  const key = `${view.phantom} ${view.isSide} ${view.laterality}`
  const known = shadows.get(key)
  if (known) return known
  const { attenuation, wide, high, millimetres } = bodyInRays(view)
  const columns = Math.round(wide * 800)
  const rows = Math.round(high * 800)
  const values = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [column, row] = [at % columns, Math.floor(at / columns)]
    const through = Math.exp(-attenuation(((column + 0.5) / columns - 0.5) * wide, ((row + 0.5) / rows) * high))
    return 180 + 3200 * (1 - through)
  })
  const shadow = { rows, columns, spacing: millimetres / 800, values }
  shadows.set(key, shadow)
  return shadow
}

function rays(view: SampleView, seed: number): SamplePixels {
  const { rows, columns, spacing, values } = shadowOf(view)
  const pixels = new Uint16Array(values.length)
  const noise = noiseFrom(seed)
  for (let at = 0; at < pixels.length; at++) pixels[at] = Math.max(0, Math.round((values[at] ?? 0) + noise() * 70))
  return { ...detector, rows, columns, pixels, windowCenter: 1750, pixelSpacing: spacing }
}

/** Five rays of bones, from wrist to fingertip, and the wrist itself. */
function handBones(): readonly Bone[] {
  const wrist: readonly [number, number] = [0.5, 0.86]
  const rays = [
    { angle: -0.95, lengths: [0.16, 0.1, 0.075], start: 0.1 },
    { angle: -0.3, lengths: [0.21, 0.13, 0.08, 0.055], start: 0.14 },
    { angle: -0.04, lengths: [0.2, 0.145, 0.095, 0.06], start: 0.15 },
    { angle: 0.2, lengths: [0.185, 0.135, 0.09, 0.06], start: 0.15 },
    { angle: 0.46, lengths: [0.17, 0.105, 0.065, 0.055], start: 0.15 },
  ]
  const bones: Bone[] = [
    { from: [0.455, 0.9], to: [0.44, 1.1], width: 0.05 },
    { from: [0.565, 0.91], to: [0.58, 1.1], width: 0.034 },
  ]
  for (const { angle, lengths, start } of rays) {
    let distance = start
    for (const [index, size] of lengths.entries()) {
      const at = (along: number): readonly [number, number] => [
        wrist[0] + Math.sin(angle) * along,
        wrist[1] - Math.cos(angle) * along,
      ]
      bones.push({ from: at(distance + 0.012), to: at(distance + size - 0.012), width: 0.024 - index * 0.003 })
      distance += size
    }
  }
  for (let stone = 0; stone < 8; stone++) {
    const x = 0.425 + (stone % 4) * 0.05
    const y = 0.8 + Math.floor(stone / 4) * 0.05
    bones.push({ from: [x, y], to: [x + 0.006, y + 0.004], width: 0.023 })
  }
  return bones
}

/** A right hand from its back, or a left one mirrored: bright bone with a thinner middle, soft tissue around it, scatter over all. */
function hand(isLeft: boolean, seed: number): SamplePixels {
  const rows = 960
  const columns = 768
  const pixels = new Uint16Array(rows * columns)
  const noise = noiseFrom(seed)
  const bones = handBones()
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (column / columns - 0.5) * (isLeft ? -0.9 : 0.9) + 0.5
      const y = row / rows
      let tissue = 0
      let bone = 0
      for (const one of bones) {
        const distance = toSegment(x, y, one)
        tissue = Math.max(tissue, softEdge(distance - one.width - 0.024, 0.03))
        const inside = softEdge(distance - one.width, 0.008)
        bone = Math.max(bone, inside * (0.62 + 0.38 * Math.min(1, distance / one.width)))
      }
      const scatter = 160 + 130 * length(x - 0.5, y - 0.5)
      pixels[row * columns + column] = Math.max(0, Math.round(scatter + 900 * tissue + 1900 * bone + noise() * 90))
    }
  }
  return { ...detector, rows, columns, pixels, pixelSpacing: 0.2 }
}
