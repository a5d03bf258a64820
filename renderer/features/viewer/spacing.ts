import type { FrameHead } from '../../../shared/api/views.ts'
import type { Point, Scale } from './geometry.ts'

/**
 * Where millimetres come from: measured by a person with a known length, of the patient, on the detector (larger than the body), on
 * the detector and divided by the magnification that the file names, of a scanned film, in a region of an ultrasound picture, or nowhere.
 */
export type Ruler =
  | {
      readonly kind: 'own' | 'patient' | 'detector' | 'magnified' | 'scanned' | 'region'
      readonly scale: Scale
    }
  | { readonly kind: 'none' }

export type SpacingHead = Pick<
  FrameHead,
  'rowPixelSpacing' | 'columnPixelSpacing' | 'spacingFrom' | 'magnification' | 'pixelAspectRatio' | 'ultrasoundRegions'
>

type Region = NonNullable<FrameHead['ultrasoundRegions']>[number]

const holds = ({ left, top, right, bottom }: Region, { x, y }: Point) =>
  x >= left && x <= right + 1 && y >= top && y <= bottom + 1

/** Height by width of a pixel. */
function shapeOfPixel({ rowPixelSpacing, columnPixelSpacing, pixelAspectRatio }: SpacingHead): number {
  if (rowPixelSpacing && columnPixelSpacing) return rowPixelSpacing / columnPixelSpacing
  return pixelAspectRatio ? pixelAspectRatio[0] / pixelAspectRatio[1] : 1
}

/** The ruler for a mark; `own`: millimetres for the width of a pixel, as a person measured, and that goes before the file. */
export function rulerFor(points: readonly Point[], head: SpacingHead, own: number | undefined): Ruler {
  if (own !== undefined) return { kind: 'own', scale: { row: own * shapeOfPixel(head), column: own } }
  const { ultrasoundRegions = [], rowPixelSpacing: row, columnPixelSpacing: column, spacingFrom, magnification } = head
  const region = ultrasoundRegions.find((one) => points.every((point) => holds(one, point)))
  if (region) return { kind: 'region', scale: { row: region.millimetresPerRow, column: region.millimetresPerColumn } }
  if (ultrasoundRegions.length > 0 || !row || !column) return { kind: 'none' }
  if (spacingFrom === 'detector' && magnification && magnification > 0)
    return { kind: 'magnified', scale: { row: row / magnification, column: column / magnification } }
  return { kind: spacingFrom ?? 'patient', scale: { row, column } }
}
