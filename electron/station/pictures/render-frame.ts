import { drawOverlays } from './draw-overlays.ts'
import { encodePng } from './encode-picture.ts'
import { greyLevels, type Window } from './grey-levels.ts'
import { type Cannot, cannot } from './locate-pixels.ts'
import type { Picture } from './picture.ts'
import type { FrameImage, PixelReader } from './read-pixels.ts'
import { samplesOf } from './sample-range.ts'
import { shrinkSamples, sizeWithin } from './shrink-samples.ts'

export type RenderOptions = {
  readonly format: 'jpeg' | 'png'
  /** Longest side in pixels; absent: the image's own. Never enlarged. */
  readonly size?: number | undefined
  /** Both or none; in modality values (HU for CT). Absent: the file's own window, else the whole range. */
  readonly windowCenter?: number | undefined
  readonly windowWidth?: number | undefined
  readonly windowFunction?: Window['function'] | undefined
  /** Of a JPEG, 1 to 100. */
  readonly quality?: number | undefined
}

export type RenderOutcome =
  | {
      readonly kind: 'rendered'
      readonly bytes: Buffer
      readonly contentType: 'image/jpeg' | 'image/png'
      readonly rows: number
      readonly columns: number
    }
  | Cannot

export type FrameRenderer = ReturnType<typeof createFrameRenderer>

const usualQuality = 90
const longestJpegSide = 65_500

/** Draws a frame of a stored instance as a person sees it. `frame` from 0. Never throws for what a file holds. */
export function createFrameRenderer(pixels: PixelReader) {
  return async function renderFrame(id: string, frame: number, options: RenderOptions): Promise<RenderOutcome> {
    const image = await pixels.readFrame(id, frame)
    if (image.kind === 'cannot') return image
    const picture = drawFrame(image, options)
    const { rows, columns } = picture
    if (options.format === 'png') {
      return { kind: 'rendered', bytes: await encodePng(picture), contentType: 'image/png', rows, columns }
    }
    if (Math.max(rows, columns) > longestJpegSide) return cannot(`${columns} × ${rows} is too large for a JPEG`)
    const quality = Math.min(100, Math.max(1, Math.round(options.quality ?? usualQuality)))
    const encoded = await pixels.encodeJpeg(picture, quality)
    if (encoded.kind === 'cannot') return encoded
    const bytes = Buffer.from(encoded.pixels.buffer, encoded.pixels.byteOffset, encoded.pixels.length)
    return { kind: 'rendered', bytes, contentType: 'image/jpeg', rows, columns }
  }
}

type DrawOptions = Pick<RenderOptions, 'size' | 'windowCenter' | 'windowWidth' | 'windowFunction'>

/** Pure: the picture of a frame with what the device drew over it. */
export function drawFrame(image: FrameImage, options: DrawOptions): Picture {
  return drawOverlays(drawPixels(image, options), image.overlays, image)
}

/** Shrunk first, then windowed, so that a thumbnail costs one pass over the large image. */
function drawPixels(image: FrameImage, options: DrawOptions): Picture {
  const size = sizeWithin(image.rows, image.columns, options.size)
  const isSmaller = size.rows < image.rows || size.columns < image.columns
  if (image.samplesPerPixel === 3) {
    const pixels = isSmaller ? Uint8Array.from(rounded(shrinkSamples(image.pixels, image, size, 3))) : image.pixels
    return { ...size, samplesPerPixel: 3, pixels }
  }
  const { windowCenter: center, windowWidth: width, windowFunction } = options
  const asked =
    center !== undefined && width !== undefined && width > 0
      ? { center, width, ...(windowFunction && { function: windowFunction }) }
      : undefined
  const grey = greyLevels(image, asked)
  const samples = samplesOf(image.pixels, image)
  if (isSmaller) {
    const levels = shrinkSamples(samples, image, size, 1)
    for (let at = 0; at < levels.length; at++) levels[at] = grey(levels[at]!)
    return { ...size, samplesPerPixel: 1, pixels: Uint8Array.from(rounded(levels)) }
  }
  const pixels = new Uint8Array(samples.length)
  const { minimum, maximum } = image
  if (maximum - minimum <= 0xffff) {
    const levels = Uint8Array.from({ length: maximum - minimum + 1 }, (_, at) => Math.round(grey(minimum + at)))
    for (let at = 0; at < samples.length; at++) pixels[at] = levels[samples[at]! - minimum]!
  } else for (let at = 0; at < samples.length; at++) pixels[at] = Math.round(grey(samples[at]!))
  return { ...size, samplesPerPixel: 1, pixels }
}

function rounded(levels: Float32Array): Float32Array {
  for (let at = 0; at < levels.length; at++) levels[at] = Math.round(levels[at]!)
  return levels
}
