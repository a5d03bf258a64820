import type { MarkShape } from './mark-shapes.ts'
import type { Edges } from './orientation.ts'
import { letterScale, letterSize, placeInside } from './picture-letters.ts'
import type { Box } from './picture-matrix.ts'

export type CornerWords = {
  readonly topLeft: readonly string[]
  readonly topRight: readonly string[]
  readonly bottomLeft: readonly string[]
  readonly bottomRight: readonly string[]
}

type Wanted = {
  /** The picture, and what lies over it; all of the size of the viewport. */
  readonly layers: readonly HTMLCanvasElement[]
  readonly box: Box
  readonly marks: readonly MarkShape[]
  readonly corners: CornerWords | undefined
  readonly edges: Edges | undefined
  readonly mostPixels: number
}

const fontOf = (scale: number) => `${letterSize * scale}px "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
const lineHeight = 17

function words(ink: CanvasRenderingContext2D, text: string, x: number, y: number, scale = 1): void {
  ink.lineWidth = 3 * scale
  ink.strokeStyle = '#000'
  ink.strokeText(text, x, y)
  ink.fillText(text, x, y)
}

function mark(ink: CanvasRenderingContext2D, { lines, label }: MarkShape, box: Box, scale: number): void {
  // Lines may be finer than letters and are still seen.
  const thickness = Math.sqrt(scale)
  for (const [style, width] of [
    ['#000', 4],
    ['#ffd60a', 2],
  ] as const) {
    ink.strokeStyle = style
    ink.lineWidth = width * thickness
    for (const line of lines) {
      ink.beginPath()
      for (const { x, y } of line) ink.lineTo(x - box.x, y - box.y)
      ink.stroke()
    }
  }
  ink.fillStyle = '#ffd60a'
  const widest = Math.max(0, ...label.lines.map((text) => ink.measureText(text).width))
  const wanted = { x: label.at.x - box.x, y: label.at.y - box.y }
  const at = placeInside(wanted, widest, label.lines.length, lineHeight * scale, box)
  for (const [line, text] of label.lines.entries()) words(ink, text, at.x, at.y + line * lineHeight * scale, scale)
}

function corner(ink: CanvasRenderingContext2D, lines: readonly string[], x: number, y: number): void {
  for (const [at, text] of lines.entries()) words(ink, text, x, y + at * lineHeight)
}

/** Which way the patient lies: in the middle of each edge. */
function letters(ink: CanvasRenderingContext2D, edges: Edges, { width, height }: Box, scale: number): void {
  ink.save()
  ink.fillStyle = '#ffd27f'
  ink.textBaseline = 'middle'
  ink.textAlign = 'center'
  words(ink, edges.top, width / 2, 14 * scale, scale)
  words(ink, edges.bottom, width / 2, height - 14 * scale, scale)
  ink.textAlign = 'left'
  words(ink, edges.left, 8, height / 2, scale)
  ink.textAlign = 'right'
  words(ink, edges.right, width - 8, height / 2, scale)
  ink.restore()
}

/** A part of a viewport with its marks, and with what stands in its corners, as a picture of its own, scaled down if it is wider. */
export function drawPicture({ layers, box, marks, corners, edges, mostPixels }: Wanted): HTMLCanvasElement | undefined {
  if (box.width < 1 || box.height < 1) return undefined
  const shrink = Math.min(1, mostPixels / Math.max(box.width, box.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(box.width * shrink)
  canvas.height = Math.round(box.height * shrink)
  const ink = canvas.getContext('2d')
  if (!ink) return undefined
  ink.scale(shrink, shrink)
  for (const layer of layers) ink.drawImage(layer, box.x, box.y, box.width, box.height, 0, 0, box.width, box.height)
  // With its corners it is a picture of the screen; without them it goes into the report and is printed small.
  const scale = corners ? 1 : letterScale(box)
  ink.font = fontOf(scale)
  ink.lineJoin = 'round'
  for (const shape of marks) mark(ink, shape, box, scale)
  if (edges) letters(ink, edges, box, scale)
  if (!corners) return canvas
  ink.fillStyle = '#fff'
  const [left, right, top] = [8, box.width - 8, 18]
  corner(ink, corners.topLeft, left, top)
  corner(ink, corners.bottomLeft, left, box.height - 10 - (corners.bottomLeft.length - 1) * lineHeight)
  ink.textAlign = 'right'
  corner(ink, corners.topRight, right, top)
  corner(ink, corners.bottomRight, right, box.height - 10 - (corners.bottomRight.length - 1) * lineHeight)
  return canvas
}

/** JPEG in base64 that is at most so long; the quality, then the size give way. */
export function jpegWithin(canvas: HTMLCanvasElement, mostLength: number): string {
  for (const quality of [0.92, 0.85, 0.75, 0.6]) {
    const base64 = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? ''
    if (base64.length <= mostLength) return base64
  }
  const smaller = document.createElement('canvas')
  smaller.width = Math.floor(canvas.width * 0.7)
  smaller.height = Math.floor(canvas.height * 0.7)
  smaller.getContext('2d')?.drawImage(canvas, 0, 0, smaller.width, smaller.height)
  return jpegWithin(smaller, mostLength)
}
