/** Where a picture lies in the patient: ImagePositionPatient, and the normal of ImageOrientationPatient, PS3.3 C.7.6.2. */
export type SlicePlace = {
  readonly frameOfReference: string
  readonly position: Vector
  readonly normal: Vector
}
export type Vector = readonly [number, number, number]

export type LinkedSeries = { readonly count: number; readonly placeOf: (index: number) => SlicePlace | undefined }

export const dot = (one: Vector, other: Vector) => one[0] * other[0] + one[1] * other[1] + one[2] * other[2]

/** As good as parallel: within 5 degrees. */
const parallel = Math.cos((5 * Math.PI) / 180)

/** Where the two series stood when a person, who had brought them to the same level, let them go together. */
export type Levels = { readonly from: number; readonly to: number }

/**
 * Where the other series has to stand: at the slice nearest in the patient where both say that they lie in the same frame of
 * reference. Two exams have two frames: then as far from its level as this one, in millimetres where both say their places, else in
 * images. Without levels at the same part of its way.
 */
export function linkedIndex(from: LinkedSeries, index: number, to: LinkedSeries, levels?: Levels): number {
  if (to.count <= 1) return 0
  const here = from.placeOf(index)
  if (here?.frameOfReference) {
    const nearest = nearestTo(to, here, dot(here.position, here.normal), here.frameOfReference)
    if (nearest !== undefined) return nearest
  }
  if (levels) {
    const [level, other] = [from.placeOf(levels.from), to.placeOf(levels.to)]
    if (here && level && other) {
      const gone = dot(here.position, here.normal) - dot(level.position, here.normal)
      const nearest = nearestTo(to, here, dot(other.position, here.normal) + gone)
      if (nearest !== undefined) return nearest
    }
    return Math.max(0, Math.min(to.count - 1, levels.to + index - levels.from))
  }
  if (from.count <= 1) return 0
  return Math.round((index / (from.count - 1)) * (to.count - 1))
}

/** The slice of the series that lies nearest to a height along the normal, among those that are parallel and, if asked, in that frame. */
function nearestTo(series: LinkedSeries, { normal }: SlicePlace, height: number, frame?: string): number | undefined {
  let [nearest, least] = [-1, Infinity]
  for (let at = 0; at < series.count; at++) {
    const there = series.placeOf(at)
    if (!there || (frame !== undefined && there.frameOfReference !== frame)) continue
    if (Math.abs(dot(there.normal, normal)) < parallel) continue
    const apart = Math.abs(dot(there.position, normal) - height)
    if (apart < least) [nearest, least] = [at, apart]
  }
  return nearest >= 0 ? nearest : undefined
}
