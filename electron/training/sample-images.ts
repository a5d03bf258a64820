import { bodyPartsIn } from '../../shared/text/body-words.ts'
import type { SamplePixels } from './sample-pixels.ts'
import { sampleRadiograph } from './sample-radiographs.ts'
import { ellipse, length, noiseFrom, softEdge } from './sample-shapes.ts'
import { sampleViewOf, type ViewOrder } from './sample-views.ts'

const nothingOrdered: ViewOrder = { words: '', bodyPart: '' }

/** `position` from 0 to 1: which slice of the body; `order`: what is to be seen. */
export function sampleImage(modality: string, position: number, seed: number, order = nothingOrdered): SamplePixels {
  switch (modality) {
    case 'CT':
    case 'MR':
    case 'PT':
      return bodyPartsIn(order.bodyPart || order.words).includes('head')
        ? headSlice(position, seed)
        : thoraxSlice(position, seed)
    case 'US':
      return ultrasoundFan(position, seed)
    default:
      return sampleRadiograph(sampleViewOf(order, seed), seed)
  }
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

/** An axial slice of a head in Hounsfield units: skull, two halves of a brain with its grey edge, ventricles. */
function headSlice(position: number, seed: number): SamplePixels {
  const size = 512
  const pixels = new Uint16Array(size * size)
  const noise = noiseFrom(seed)
  const level = Math.sin(Math.PI * (0.25 + 0.6 * position))
  const [wide, high] = [0.62 * level, 0.78 * level]
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (column / size - 0.5) * 2
      const y = (row / size - 0.5) * 2
      let value = -1000
      const put = (density: number, distance: number) => {
        value += (density - value) * softEdge(distance, 0.012)
      }
      put(40, ellipse(x, y, 0, 0, wide + 0.05, high + 0.05))
      put(950, ellipse(x, y, 0, 0, wide, high))
      put(8, ellipse(x, y, 0, 0, wide - 0.06, high - 0.06))
      const folds = 0.012 * Math.sin(14 * Math.atan2(y, x) + 5 * position)
      put(38, ellipse(x, y, 0, 0, wide - 0.075, high - 0.075) + folds)
      put(29, ellipse(x, y, 0, 0, wide - 0.16, high - 0.16) + 1.5 * folds)
      for (const side of [-1, 1]) {
        put(37, ellipse(x, y, side * 0.17, 0.02, 0.075, 0.11))
        put(6, ellipse(x - side * 0.06 * (y + 0.15), y, side * 0.07, -0.14, 0.035, 0.13))
        put(6, ellipse(x + side * 0.1 * (y - 0.2), y, side * 0.13, 0.25, 0.04, 0.12))
      }
      put(52, Math.abs(x) - 0.005 + (Math.abs(y) > 0.35 * level && Math.abs(y) < high - 0.07 ? 0 : 1))
      pixels[row * size + column] = Math.max(0, Math.round(value + 1024 + noise() * 8))
    }
  }
  return {
    rows: size,
    columns: size,
    bitsStored: 12,
    pixels,
    windowCenter: 40,
    windowWidth: 80,
    rescaleIntercept: -1024,
    pixelSpacing: 0.45,
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
