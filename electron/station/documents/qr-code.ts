import { crc32 } from 'node:zlib'
import QRCode from 'qrcode'

/** The modules of a QR code without its quiet zone: `size` × `size`, row by row. */
export type QrMatrix = { readonly size: number; readonly isDark: (row: number, column: number) => boolean }

/** Four modules of white on every side (ISO/IEC 18004). Phones find it hard to read without. */
export const quietZone = 4

const level = { errorCorrectionLevel: 'M' } as const

/** Undefined where there is nothing to write, or more than a QR code of level M holds (2331 bytes). */
export function qrMatrix(text: string): QrMatrix | undefined {
  if (text === '' || Buffer.byteLength(text) > 2331) return undefined
  const { modules } = QRCode.create(text, level)
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 }
}

/** A dot of a label printer (203 an inch), points. */
const dot = 72 / 203.2

/** Points of a module when the QR with its quiet zone has `room`: whole dots of a label printer where that costs little of the size. */
export function moduleSize(matrix: QrMatrix, room: number): number {
  const widest = room / (matrix.size + 2 * quietZone)
  const whole = Math.floor(widest / dot + 1e-6) * dot
  return whole >= widest * 0.82 ? whole : widest
}

/** Points of the whole QR, quiet zone included. */
export const sideOf = (matrix: QrMatrix, module: number): number => (matrix.size + 2 * quietZone) * module

/** Draws the matrix as filled rectangles, quiet zone included, into a square of `width` points. A run of dark modules is one rectangle. */
export function drawQr(doc: PDFKit.PDFDocument, matrix: QrMatrix, x: number, y: number, width: number): void {
  const module = width / (matrix.size + 2 * quietZone)
  doc.rect(x, y, width, width).fill('#fff')
  for (let row = 0; row < matrix.size; row += 1) {
    let column = 0
    while (column < matrix.size) {
      const start = column
      while (column < matrix.size && matrix.isDark(row, column)) column += 1
      if (column === start) column += 1
      else doc.rect(x + (start + quietZone) * module, y + (row + quietZone) * module, (column - start) * module, module)
    }
  }
  doc.fill('#000')
}

/** A PNG of the text, eight pixels a module, with quiet zone; undefined where `qrMatrix` is. */
export async function qrPngOf(text: string): Promise<Buffer | undefined> {
  if (!qrMatrix(text)) return undefined
  return QRCode.toBuffer(text, { ...level, type: 'png', margin: quietZone, scale: 8 })
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')
const largestPng = 512 * 1024
const largestSide = 2048

/**
 * The PNG that a gateway sent as Base64 (with or without 'data:image/png;base64,'), or as bytes, unchanged; undefined where it is no
 * whole PNG, larger than 512 KiB or 2048 pixels wide or high. Every chunk's CRC is checked, so that a cut-off picture is never printed.
 */
export function readQrPng(source: string | Uint8Array): Buffer | undefined {
  const bytes = typeof source === 'string' ? bytesOfBase64(source) : Buffer.from(source)
  if (!bytes || bytes.length > largestPng || !bytes.subarray(0, 8).equals(pngSignature)) return undefined
  const names: string[] = []
  for (let offset = 8; offset + 12 <= bytes.length; ) {
    const end = offset + 8 + bytes.readUInt32BE(offset)
    if (end + 4 > bytes.length || crc32(bytes.subarray(offset + 4, end)) !== bytes.readUInt32BE(end)) return undefined
    const name = bytes.toString('latin1', offset + 4, offset + 8)
    names.push(name)
    if (name === 'IEND') break
    offset = end + 4
  }
  if (names[0] !== 'IHDR' || !names.includes('IDAT') || names.at(-1) !== 'IEND') return undefined
  const sides = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return sides.every((side) => side > 0 && side <= largestSide) ? bytes : undefined
}

function bytesOfBase64(text: string): Buffer | undefined {
  if (text.length > largestPng * 2) return undefined
  const base64 = text.replace(/^data:image\/png;base64,/i, '').replace(/\s/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64') : undefined
}
