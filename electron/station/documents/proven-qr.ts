import { createRequire } from 'node:module'
import type jsQr from 'jsqr'
import type { PNG as PngClass } from 'pngjs'
import { type QrMatrix, qrMatrix, quietZone, readQrPng } from './qr-code.ts'

/** Loaded with the first QR: a station that only receives does without their memory. */
const require = createRequire(import.meta.url)

/** Red, green, blue, alpha of each pixel, row by row. */
type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }

export type ProvenQr =
  /** `text` is what a phone reads from `matrix`. */
  | { readonly kind: 'proven'; readonly text: string; readonly matrix: QrMatrix }
  /** 'dead': it could be read, and leads nowhere any more. */
  | { readonly kind: 'unusable'; readonly reason: 'too-long' | 'no-web-address' | 'no-png' | 'unreadable' | 'dead' }

const unusable = (reason: Exclude<ProvenQr, { kind: 'proven' }>['reason']): ProvenQr => ({ kind: 'unusable', reason })

/** A QR of an address, drawn dot by dot as a printer would and read back: nothing is printed that does not say what was meant. */
export function proveAddress(address: string): ProvenQr {
  if (!isScannableAddress(address)) return unusable('no-web-address')
  const matrix = qrMatrix(address)
  if (!matrix) return unusable('too-long')
  return readPixels(rasterOf(matrix, 3)) === address
    ? { kind: 'proven', text: address, matrix }
    : unusable('unreadable')
}

/**
 * The picture that a gateway sent (PNG, Base64 or bytes): read as a phone reads it. What it says must be a web address; it is then drawn
 * anew, because a picture that is scaled to a label's dots loses its edges.
 */
export function proveGatewayPicture(source: string | Uint8Array): ProvenQr {
  const png = readQrPng(source)
  const pixels = png && pixelsOf(png)
  if (!pixels) return unusable('no-png')
  const text = readPixels(framed(pixels, 1)) ?? readPixels(framed(pixels, 3))
  return text === undefined ? unusable('unreadable') : proveAddress(text)
}

/** An address of the web without spaces, control characters or a password in it, as patients' phones open. */
export function isScannableAddress(text: string | undefined): text is string {
  if (text === undefined || !/^https?:\/\/[^\s/?#\\@]+/i.test(text) || /[\s\p{Cc}]/u.test(text)) return false
  try {
    const { hostname, username, password } = new URL(text)
    return hostname !== '' && username === '' && password === ''
  } catch {
    return false
  }
}

/** What stands in the picture of a QR; undefined where none is found. */
export function readPixels({ data, width, height }: Pixels): string | undefined {
  const read: typeof jsQr = require('jsqr')
  const found = read(data, width, height, { inversionAttempts: 'dontInvert' })
  return found ? Buffer.from(found.binaryData).toString('utf8') : undefined
}

/** The matrix with its quiet zone, `dots` pixels a module. */
function rasterOf(matrix: QrMatrix, dots: number): Pixels {
  const side = (matrix.size + 2 * quietZone) * dots
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / dots) - quietZone, Math.floor(x / dots) - quietZone]
      const isWithin = row >= 0 && column >= 0 && row < matrix.size && column < matrix.size
      if (isWithin && matrix.isDark(row, column)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  return { width: side, height: side, data }
}

/** On white with a white border, `scale` times as large: some gateways leave the quiet zone out or draw very small. */
function framed(pixels: Pixels, scale: number): Pixels {
  const border = 24
  const width = pixels.width * scale + 2 * border
  const height = pixels.height * scale + 2 * border
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < pixels.height * scale; y += 1)
    for (let x = 0; x < pixels.width * scale; x += 1) {
      const from = (Math.floor(y / scale) * pixels.width + Math.floor(x / scale)) * 4
      const to = ((y + border) * width + x + border) * 4
      const alpha = (pixels.data[from + 3] ?? 255) / 255
      for (let channel = 0; channel < 3; channel += 1)
        data[to + channel] = (pixels.data[from + channel] ?? 255) * alpha + 255 * (1 - alpha)
    }
  return { width, height, data }
}

/** Interlaced ones are left alone: their decoder has no limit. */
function pixelsOf(png: Buffer): Pixels | undefined {
  const isInterlaced = png[28] !== 0
  const isTooLarge = png.readUInt32BE(16) * png.readUInt32BE(20) > 1_200_000
  if (isInterlaced || isTooLarge) return undefined
  try {
    const { PNG }: { PNG: typeof PngClass } = require('pngjs')
    const { width, height, data } = PNG.sync.read(png)
    return { width, height, data: new Uint8ClampedArray(data) }
  } catch {
    return undefined
  }
}
