import { createRequire } from 'node:module'
import type { PNG as PngClass } from 'pngjs'

const require = createRequire(import.meta.url)

/** 8 bits a sample, grey or red, green, blue pixel by pixel, as a scanner or a phone gave it. */
export type PlainPicture = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly pixels: Uint8Array
}

export type InkWishes = {
  readonly width: number
  readonly height: number
  /** A photographed sheet is grey: what is as light as most of it becomes transparent. False: only what is white. */
  readonly isPhotographed: boolean
}

export const signatureWishes: InkWishes = { width: 480, height: 160, isPhotographed: true }
export const logoWishes: InkWishes = { width: 400, height: 300, isPhotographed: false }

/** A pixel with less ink is paper. Of 255. */
const faintest = 24

/**
 * The ink of a picture without its paper: cut to where there is ink, shrunk to fit, paper transparent. A PNG of red, green, blue, alpha with
 * 8 bits, the only kind that is ever embedded in a document. undefined where there is no ink, or hardly anything else.
 */
export function inkOf(picture: PlainPicture, wishes: InkWishes): Buffer | undefined {
  const { columns, rows } = picture
  const paper = wishes.isPhotographed ? paperLevel(picture) : 255
  const at = (x: number, y: number) => pixelAt(picture, x, y, paper)
  const box = inkBox(columns, rows, at)
  if (!box || (wishes.isPhotographed && box.count > columns * rows * 0.6)) return undefined
  const [wide, high] = [box.right - box.left + 1, box.bottom - box.top + 1]
  const scale = Math.min(1, wishes.width / wide, wishes.height / high)
  const width = Math.max(1, Math.round(wide * scale))
  const height = Math.max(1, Math.round(high * scale))
  const { PNG }: { PNG: typeof PngClass } = require('pngjs')
  const png = new PNG({ width, height, colorType: 6 })
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = { x: box.left + (x * wide) / width, y: box.top + (y * high) / height }
      const [red, green, blue, alpha] = average(at, from, wide / width, high / height)
      png.data.set([red, green, blue, alpha < faintest ? 0 : alpha], (y * width + x) * 4)
    }
  return PNG.sync.write(png, { colorType: 6, inputHasAlpha: true, deflateLevel: 9 })
}

type Ink = readonly [red: number, green: number, blue: number, alpha: number]

/** Colour to alpha: the darkest channel says how much ink lies on the paper, and of what colour it is. */
function pixelAt({ columns, samplesPerPixel, pixels }: PlainPicture, x: number, y: number, paper: number): Ink {
  const at = (y * columns + x) * samplesPerPixel
  const lit = (value = 255) => Math.min(255, (value * 255) / paper)
  const red = lit(pixels[at])
  const [green, blue] = samplesPerPixel === 1 ? [red, red] : [lit(pixels[at + 1]), lit(pixels[at + 2])]
  const alpha = 255 - Math.min(red, green, blue)
  if (alpha < 1) return [0, 0, 0, 0]
  const inked = (value: number) => ((value - (255 - alpha)) * 255) / alpha
  return [inked(red), inked(green), inked(blue), alpha]
}

/** The brightness that nine tenths of the pixels do not exceed, a little darkened: the sheet with its shadows. */
function paperLevel({ pixels }: PlainPicture): number {
  const counts = new Uint32Array(256)
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1
  let seen = 0
  for (let level = 0; level < 256; level += 1) {
    seen += counts[level] ?? 0
    if (seen >= pixels.length * 0.7) return Math.max(96, level * 0.93)
  }
  return 255
}

function inkBox(columns: number, rows: number, at: (x: number, y: number) => Ink) {
  let [left, right, top, bottom, count] = [columns, -1, rows, -1, 0]
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      if (at(x, y)[3] < faintest * 2) continue
      count += 1
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  return right < 0 ? undefined : { left, right, top, bottom, count }
}

function average(
  at: (x: number, y: number) => Ink,
  from: { readonly x: number; readonly y: number },
  wide: number,
  high: number,
): Ink {
  const sum = [0, 0, 0, 0]
  let count = 0
  const [endX, endY] = [
    Math.max(from.x + wide, Math.floor(from.x) + 1),
    Math.max(from.y + high, Math.floor(from.y) + 1),
  ]
  for (let y = Math.floor(from.y); y < endY - 1e-9; y += 1)
    for (let x = Math.floor(from.x); x < endX - 1e-9; x += 1) {
      const [red, green, blue, alpha] = at(x, y)
      sum[0]! += red * alpha
      sum[1]! += green * alpha
      sum[2]! += blue * alpha
      sum[3]! += alpha
      count += 1
    }
  const alpha = sum[3]!
  const channel = (value: number) => (alpha === 0 ? 0 : Math.round(value / alpha))
  return [channel(sum[0]!), channel(sum[1]!), channel(sum[2]!), Math.round(alpha / Math.max(1, count))]
}
