import type { ImageSeries } from './image-stack.ts'

/** The series of an earlier exam that is most like the one on the screen: of the same kind of device and the same words. */
export function likestSeries(shown: ImageSeries | undefined, earlier: readonly ImageSeries[]): ImageSeries | undefined {
  const likeness = (series: ImageSeries) =>
    (series.modality === shown?.modality ? 2 : 0) +
    (series.description !== '' && series.description === shown?.description ? 1 : 0)
  return earlier.toSorted((one, other) => likeness(other) - likeness(one))[0]
}
