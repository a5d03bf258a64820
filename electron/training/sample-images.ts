/** Pixels of an image as a device would have made it; no text in it, nothing of any person. */
export type SamplePixels = {
  readonly rows: number
  readonly columns: number
  readonly bitsStored: number
  readonly pixels: Uint16Array
  readonly windowCenter: number
  readonly windowWidth: number
  readonly rescaleIntercept: number
  /** Millimetres. */
  readonly pixelSpacing: number
}

/** `position` from 0 to 1: which slice of the body, or which view. */
export function sampleImage(modality: string, position: number, seed: number): SamplePixels {
  switch (modality) {
    case 'CT':
    case 'MR':
    case 'PT':
      return thoraxSlice(position, seed)
    case 'US':
      return ultrasoundFan(position, seed)
    default:
      return handRadiograph(seed)
  }
}

/** A small generator with a seed: the same study looks the same in every run. */
function noiseFrom(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0xffffffff - 0.5
  }
}

/** Math.hypot minds overflow and takes ten times as long, over and over for each pixel. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y)
}

/** 0 outside, 1 inside, soft in between. */
function softEdge(distance: number, width: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance / width))
}

function ellipse(x: number, y: number, centreX: number, centreY: number, radiusX: number, radiusY: number): number {
  const acrossX = (x - centreX) / radiusX
  const acrossY = (y - centreY) / radiusY
  return (length(acrossX, acrossY) - 1) * Math.min(radiusX, radiusY)
}

/** An axial slice of a chest in Hounsfield units with an intercept of -1024: lungs, heart, spine, ribs, table. */
function thoraxSlice(position: number, seed: number): SamplePixels {
  const size = 512
  const pixels = new Uint16Array(size * size)
  const noise = noiseFrom(seed)
  const level = Math.sin(Math.PI * (0.15 + 0.7 * position))
  const lung = 0.2 + 0.22 * level
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column / size - 0.5) * 2
      const y = (row / size - 0.5) * 2
      let value = -1000
      const put = (density: number, distance: number) => {
        value += (density - value) * softEdge(distance, 0.015)
      }
      put(-150, y > 0.72 && y < 0.75 && Math.abs(x) < 0.8 ? -1 : 1)
      put(-90, ellipse(x, y, 0, 0, 0.86, 0.62))
      put(45, ellipse(x, y, 0, 0, 0.8, 0.56))
      put(-850, ellipse(x, y, -0.4, -0.02, lung, 0.42))
      put(-850, ellipse(x, y, 0.42, -0.02, lung * 0.92, 0.41))
      put(55, ellipse(x, y, 0.12, -0.12, 0.2 + 0.1 * level, 0.22 + 0.06 * level))
      put(160, ellipse(x, y, -0.02, 0.16, 0.07, 0.07))
      put(420, ellipse(x, y, 0, 0.36, 0.12, 0.1))
      put(30, ellipse(x, y, 0, 0.48, 0.045, 0.04))
      put(380, ellipse(x, y, 0, 0.55, 0.03, 0.06))
      put(350, ellipse(x, y, 0, -0.53, 0.09, 0.025))
      for (let rib = 0; rib < 6; rib++) {
        const turn = (rib - 2.5) * 0.42 + position * 0.5
        put(480, ellipse(x, y, 0.72 * Math.cos(turn), 0.49 * Math.sin(turn), 0.045, 0.022))
        put(480, ellipse(x, y, -0.72 * Math.cos(turn), 0.49 * Math.sin(turn), 0.045, 0.022))
      }
      for (let vessel = 0; vessel < 5; vessel++) {
        const turn = vessel * 1.3 + position * 4
        put(30, ellipse(x, y, -0.38 + 0.17 * Math.cos(turn), 0.2 * Math.sin(turn), 0.014, 0.014))
        put(30, ellipse(x, y, 0.46 + 0.14 * Math.cos(turn), 0.2 * Math.sin(turn), 0.014, 0.014))
      }
      pixels[row * size + column] = Math.max(0, Math.round(value + 1024 + noise() * 40))
    }
  }
  return {
    rows: size,
    columns: size,
    bitsStored: 12,
    pixels,
    windowCenter: 40,
    windowWidth: 400,
    rescaleIntercept: -1024,
    pixelSpacing: 0.7,
  }
}

type Bone = { readonly from: readonly [number, number]; readonly to: readonly [number, number]; readonly width: number }

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

function toSegment(x: number, y: number, { from, to }: Bone): number {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)))
  return length(x - from[0] - along * dx, y - from[1] - along * dy)
}

/** A hand on the detector: bright bone with a thinner middle, soft tissue around it, scatter over all. */
function handRadiograph(seed: number): SamplePixels {
  const rows = 960
  const columns = 768
  const pixels = new Uint16Array(rows * columns)
  const noise = noiseFrom(seed)
  const bones = handBones()
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (column / columns - 0.5) * 0.9 + 0.5
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
  return {
    rows,
    columns,
    bitsStored: 12,
    pixels,
    windowCenter: 1500,
    windowWidth: 2800,
    rescaleIntercept: 0,
    pixelSpacing: 0.2,
  }
}

/** A convex probe's fan: speckle that darkens with depth, a round cyst with its bright back wall. */
function ultrasoundFan(position: number, seed: number): SamplePixels {
  const rows = 480
  const columns = 640
  const pixels = new Uint16Array(rows * columns)
  const noise = noiseFrom(seed)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (column - columns / 2) / rows
      const y = row / rows + 0.18
      const depth = length(x, y)
      const angle = Math.atan2(x, y)
      if (Math.abs(angle) > 0.62 || depth < 0.22 || depth > 1.15) continue
      const cyst = length(x - 0.12 + position * 0.1, y - 0.68) - 0.11
      const echo = 1500 * Math.exp(-1.1 * depth) * (0.55 + 0.9 * Math.abs(noise()) + 0.2 * Math.sin(depth * 38))
      const wall = Math.exp(-((cyst - 0.01) ** 2) / 0.0002) * 900
      pixels[row * columns + column] = Math.max(0, Math.round(echo * (cyst < 0 ? 0.08 : 1) + wall))
    }
  }
  return {
    rows,
    columns,
    bitsStored: 12,
    pixels,
    windowCenter: 700,
    windowWidth: 1400,
    rescaleIntercept: 0,
    pixelSpacing: 0.3,
  }
}
