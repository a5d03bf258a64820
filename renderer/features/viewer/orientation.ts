import type { FrameHead } from '../../../shared/api/views.ts'
import type { Vector } from './link-scroll.ts'

/** Letters of PS3.3 C.7.6.1.1.1: left, right, anterior, posterior, head, feet. */
export type Edges = { readonly left: string; readonly right: string; readonly top: string; readonly bottom: string }

const opposite: Readonly<Record<string, string>> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' }

const turned = (letters: string) => [...letters].map((letter) => opposite[letter] ?? letter).join('')

/** The direction of a vector in the patient (x to the left, y to the back, z to the head): the main letter first. */
export function lettersOf(vector: Vector): string {
  const named = [
    { size: Math.abs(vector[0]), letter: vector[0] > 0 ? 'L' : 'R' },
    { size: Math.abs(vector[1]), letter: vector[1] > 0 ? 'P' : 'A' },
    { size: Math.abs(vector[2]), letter: vector[2] > 0 ? 'H' : 'F' },
  ]
  return named
    .filter(({ size }) => size > 0.2)
    .toSorted((one, other) => other.size - one.size)
    .map(({ letter }) => letter)
    .join('')
}

/** What lies at the edges of an image that is not turned: from its row and column directions, as vectors or as letters. */
export function edgesOf(rows: string, columns: string): Edges {
  return { left: turned(rows), right: rows, top: turned(columns), bottom: columns }
}

type Turned = { readonly rotation: number; readonly hflip: boolean; readonly vflip: boolean }

/** The edges after the image was flipped and then turned clockwise by quarters; undefined where it stands askew. */
export function shownEdges(edges: Edges, { rotation, hflip, vflip }: Turned): Edges | undefined {
  const quarters = ((rotation / 90) % 4) + (rotation < 0 ? 4 : 0)
  if (!Number.isInteger(quarters)) return undefined
  let { left, right, top, bottom } = edges
  if (hflip) [left, right] = [right, left]
  if (vflip) [top, bottom] = [bottom, top]
  for (let turn = 0; turn < quarters % 4; turn++) [top, right, bottom, left] = [left, top, right, bottom]
  return { left, right, top, bottom }
}

/** Which flip of the image mirrors what is seen: after a quarter turn left and right of the screen are above and below in the image. */
export function flipFor(axis: 'hflip' | 'vflip', rotation: number): 'hflip' | 'vflip' {
  if (rotation % 180 === 0) return axis
  return axis === 'hflip' ? 'vflip' : 'hflip'
}

type OrientedHead = Pick<FrameHead, 'imageOrientation' | 'patientOrientation'>

/** What lies at the edges of an image as it was stored; undefined where it does not say. */
export function headEdges({ imageOrientation, patientOrientation }: OrientedHead): Edges | undefined {
  if (imageOrientation)
    return edgesOf(
      lettersOf(imageOrientation.slice(0, 3) as unknown as Vector),
      lettersOf(imageOrientation.slice(3) as unknown as Vector),
    )
  if (!patientOrientation?.every((letters) => /^[LRAPHF]+$/.test(letters))) return undefined
  return edgesOf(...patientOrientation)
}
