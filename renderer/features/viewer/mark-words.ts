import type { Dictionary } from '../../text/dictionary.ts'
import { angleAt, areaBetween, cardiothoracicRatio, cobbAngle, distance, type Point } from './geometry.ts'
import type { Mark } from './marks.ts'
import { type Probe, probeAt } from './probe.ts'
import { type RoiStatistics, roiStatistics } from './roi-statistics.ts'
import { rulerFor, type SpacingHead } from './spacing.ts'
import type { ShownPixels } from './viewport.ts'

export type MeasuredImage = {
  readonly modality: string
  readonly head: SpacingHead
  /** Millimetres a pixel that a person measured. */
  readonly calibration: number | undefined
  readonly pixels: ShownPixels | undefined
}

type Words = Dictionary['viewer']

const one = (value: number) => value.toFixed(1)

/** Lines beside a mark: what it measures, and by which ruler. Angles and ratios need a scale only where pixels are not square. */
export function wordsOfMark(
  mark: Pick<Mark, 'kind' | 'points' | 'text'>,
  image: MeasuredImage,
  words: Words,
): string[] {
  const { points, kind, text } = mark
  const ruler = rulerFor(points, image.head, image.calibration)
  const scale = ruler.kind === 'none' ? undefined : ruler.scale
  const long = (from: Point, to: Point) =>
    scale ? `${one(distance(from, to, scale))} mm` : `${one(distance(from, to))} px`
  // Millimetres in the body need no words; every other ruler says what it is.
  const by = ruler.kind === 'patient' || ruler.kind === 'region' ? '' : words.ruler[ruler.kind]
  const [first, second, third, fourth] = points as [Point, Point, Point, Point]
  switch (kind) {
    case 'length':
    case 'calibration':
      return second ? [long(first, second), by].filter(Boolean) : []
    case 'angle':
      return third ? [`${one(angleAt(second, first, third, scale))}°`] : []
    case 'cobb':
      return fourth ? [`Cobb ${one(cobbAngle([first, second], [third, fourth], scale))}°`] : []
    case 'ctr':
      if (!fourth) return second ? [`${words.heart} ${long(first, second)}`] : []
      return [
        `${words.ratio} ${cardiothoracicRatio([first, second], [third, fourth], scale).toFixed(2)}`,
        `${words.heart} ${long(first, second)}`,
        `${words.thorax} ${long(third, fourth)}`,
      ]
    case 'rectangle':
    case 'ellipse': {
      if (!second) return []
      const area = scale
        ? `${one(areaBetween(kind, first, second, scale))} mm²`
        : `${Math.round(areaBetween(kind, first, second))} px²`
      const { pixels } = image
      const found = pixels && !pixels.isColour ? roiStatistics(kind, first, second, pixels) : undefined
      return [...(found ? valuesOf(found, image.modality === 'CT' ? ' HU' : '', words) : []), `${words.area} ${area}`]
    }
    case 'probe': {
      const read = image.pixels && probeAt(first, image.pixels)
      return read ? [probeWords(read, image.modality)] : []
    }
    default:
      return text ? [text] : []
  }
}

function probeWords({ x, y, value }: Probe, modality: string): string {
  return `(${x}, ${y}) ${value}${modality === 'CT' ? ' HU' : ''}`
}

function valuesOf({ mean, sd, minimum, maximum }: RoiStatistics, unit: string, words: Words): string[] {
  return [
    `${words.mean} ${one(mean)}${unit}  ${words.deviation} ${one(sd)}`,
    `${words.least} ${Number(minimum.toFixed(1))}  ${words.greatest} ${Number(maximum.toFixed(1))}`,
  ]
}
