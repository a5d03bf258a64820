/**
 * Smaller by area: each new sample is the mean of the old ones that it covers, those at its edges by their share, so that nothing
 * thin disappears. `channels` samples a pixel. Sizes in pixels, the new ones not larger than the old.
 */
export function shrinkSamples(
  samples: ArrayLike<number>,
  from: { readonly rows: number; readonly columns: number },
  to: { readonly rows: number; readonly columns: number },
  channels: 1 | 3,
): Float32Array {
  const across = narrowed(samples, from, to.columns, channels)
  const shrunk = new Float32Array(to.rows * to.columns * channels)
  const lineLength = to.columns * channels
  const { targets, sources, portions } = shares(from.rows, to.rows)
  for (let part = 0; part < targets.length; part++) {
    const portion = portions[part]!
    const from0 = sources[part]! * lineLength
    const to0 = targets[part]! * lineLength
    for (let at = 0; at < lineLength; at++) shrunk[to0 + at]! += across[from0 + at]! * portion
  }
  return shrunk
}

function narrowed(
  samples: ArrayLike<number>,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  newColumns: number,
  channels: 1 | 3,
): Float32Array {
  const across = new Float32Array(rows * newColumns * channels)
  const { targets, sources, portions } = shares(columns, newColumns)
  for (let row = 0; row < rows; row++) {
    const from0 = row * columns * channels
    const to0 = row * newColumns * channels
    for (let channel = 0; channel < channels; channel++) {
      for (let part = 0; part < targets.length; part++) {
        across[to0 + targets[part]! * channels + channel]! +=
          samples[from0 + sources[part]! * channels + channel]! * portions[part]!
      }
    }
  }
  return across
}

/** Which old sample belongs with which portion to which new one, entry by entry; the portions of a new one are 1 together. */
function shares(from: number, to: number) {
  const ratio = from / to
  const targets = new Int32Array(from + to)
  const sources = new Int32Array(from + to)
  const portions = new Float64Array(from + to)
  let count = 0
  for (let target = 0; target < to; target++) {
    const begin = target * ratio
    const end = Math.min(from, (target + 1) * ratio)
    for (let source = Math.floor(begin); source < Math.min(from, Math.ceil(end - 1e-9)); source++) {
      targets[count] = target
      sources[count] = source
      portions[count++] = (Math.min(end, source + 1) - Math.max(begin, source)) / ratio
    }
  }
  return {
    targets: targets.subarray(0, count),
    sources: sources.subarray(0, count),
    portions: portions.subarray(0, count),
  }
}

/** Rows and columns of an image whose longest side is at most `longest` pixels, in the same proportion. Never larger. */
export function sizeWithin(rows: number, columns: number, longest: number | undefined) {
  const ratio = longest === undefined ? 1 : Math.min(1, longest / Math.max(rows, columns))
  return { rows: Math.max(1, Math.round(rows * ratio)), columns: Math.max(1, Math.round(columns * ratio)) }
}
