import cornerstone, { type CornerstoneElement } from 'cornerstone-core'
import { windowed } from '../../../shared/dicom/voi-window.ts'
import { greyTable, type VoiCurve } from './grey-table.ts'
import type { FramePixels } from './read-frame.ts'

type Painted = {
  readonly canvas: HTMLCanvasElement
  readonly ink: CanvasRenderingContext2D
  readonly data: ImageData
  /** Of what it is: the same picture is painted once, however it is moved and turned. */
  readonly of: { pixels: object; width: number; center: number; isInverse: boolean; curve: VoiCurve | undefined }
}

/** One for each viewport; it goes with the viewport's canvas. */
const painted = new WeakMap<HTMLCanvasElement, Painted>()

function canvasOf(width: number, height: number, known: Painted | undefined): Omit<Painted, 'of'> | undefined {
  if (known?.canvas.width === width && known.canvas.height === height) return known
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const ink = canvas.getContext('2d', { alpha: false })
  return ink ? { canvas, ink, data: ink.createImageData(width, height) } : undefined
}

function paint(pixels: FramePixels, minimum: number, table: Uint32Array, words: Uint32Array): void {
  const count = Math.min(pixels.length, words.length)
  for (let at = 0; at < count; at++) words[at] = table[(pixels[at] as number) - minimum] as number
}

function pictureOf({ canvas: screen, image, viewport }: CornerstoneElement): HTMLCanvasElement | undefined {
  const pixels = image.getPixelData() as FramePixels
  const { windowWidth: width, windowCenter: center } = viewport.voi
  const of = { pixels, width, center, isInverse: viewport.invert, curve: viewport.voiLUT && image.voiLUT }
  const known = painted.get(screen)
  const isSame = known && (Object.keys(of) as (keyof typeof of)[]).every((key) => known.of[key] === of[key])
  if (isSame) return known.canvas
  const own = canvasOf(image.width, image.height, known)
  if (!own) return undefined
  const range = { minimum: image.minPixelValue, maximum: image.maxPixelValue }
  const curve = of.curve ?? windowed({ width, center }, image.isExact ? 'LINEAR_EXACT' : 'LINEAR')
  paint(pixels, range.minimum, greyTable(range, image, curve, of.isInverse), new Uint32Array(own.data.data.buffer))
  own.ink.putImageData(own.data, 0, 0)
  painted.set(screen, { ...own, of })
  return own.canvas
}

/**
 * Draws an image in greys, in place of the library's own way: that takes every window for LINEAR_EXACT, and guesses how bright the
 * entries of a VOI LUT are from its largest.
 */
export function renderGrey(element: CornerstoneElement): void {
  const ink = element.canvas.getContext('2d', { desynchronized: true })
  const picture = pictureOf(element)
  if (!ink || !picture) return
  ink.setTransform(1, 0, 0, 1, 0, 0)
  ink.fillStyle = '#000'
  ink.fillRect(0, 0, element.canvas.width, element.canvas.height)
  ink.imageSmoothingEnabled = !element.viewport.pixelReplication
  cornerstone.setToPixelCoordinateSystem(element, ink)
  ink.drawImage(picture, 0, 0)
}
