import type { FrameHead } from '../../../shared/api/views.ts'
import { fileWindow } from './image-window.ts'

export type VoiTable = {
  readonly firstValueMapped: number
  readonly numBitsPerEntry: number
  readonly lut: readonly number[]
}

/** More entries are no table any more but a picture. */
const mostEntries = 65_536

/**
 * How the file wants to be seen until a person chooses a window, where a straight line is not enough: its VOI LUT (PS3.3 C.11.2.1.1),
 * or SIGMOID (C.11.2.1.3.1) as a table of 8 bits over the values that the image has; `minimum` and `maximum` are stored values.
 */
export function voiTable(head: FrameHead, minimum: number, maximum: number): VoiTable | undefined {
  if (head.voiLut)
    return { firstValueMapped: head.voiLut.first, numBitsPerEntry: head.voiLut.bits, lut: head.voiLut.entries }
  if (head.voiFunction !== 'SIGMOID') return undefined
  const ends = [minimum, maximum].map((value) => value * head.slope + head.intercept)
  const first = Math.floor(Math.min(...ends))
  const count = Math.ceil(Math.max(...ends)) - first + 1
  if (count > mostEntries) return undefined
  const { width, center } = fileWindow(head, { minimum, maximum })
  const lut = Array.from({ length: count }, (_, at) =>
    Math.round(255 / (1 + Math.exp((-4 * (first + at - center)) / width))),
  )
  return { firstValueMapped: first, numBitsPerEntry: 8, lut }
}
