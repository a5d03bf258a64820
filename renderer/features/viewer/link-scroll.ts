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

/**
 * Where the other series has to stand: at the slice nearest in the patient where both say that they lie in the same frame of
 * reference, else at the same part of its way.
 */
export function linkedIndex(from: LinkedSeries, index: number, to: LinkedSeries): number {
  if (to.count <= 1) return 0
  const here = from.placeOf(index)
  if (here?.frameOfReference) {
    let [nearest, least] = [-1, Infinity]
    for (let at = 0; at < to.count; at++) {
      const there = to.placeOf(at)
      if (!there || there.frameOfReference !== here.frameOfReference) continue
      if (Math.abs(dot(there.normal, here.normal)) < parallel) continue
      const apart = Math.abs(dot(there.position, here.normal) - dot(here.position, here.normal))
      if (apart < least) [nearest, least] = [at, apart]
    }
    if (nearest >= 0) return nearest
  }
  if (from.count <= 1) return 0
  return Math.round((index / (from.count - 1)) * (to.count - 1))
}
