export type PlainPixels = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly bitsAllocated: 8 | 16
  /** Sample by sample, row by row, little endian. */
  readonly pixels: Uint8Array
}

/**
 * Pure: a picture as EXIF orientation 1 to 8 means it to be seen (EXIF 2.32, 4.6.4 A). 3: half a turn, 6: a quarter clockwise,
 * 8: a quarter the other way, 2, 4, 5 and 7 mirrored as well.
 */
export function turnUpright(image: PlainPixels, orientation: number): PlainPixels {
  if (orientation <= 1 || orientation > 8) return image
  const { rows, columns, pixels } = image
  const size = image.samplesPerPixel * (image.bitsAllocated / 8)
  const isTurned = orientation >= 5
  const [toRows, toColumns] = isTurned ? [columns, rows] : [rows, columns]
  const turned = new Uint8Array(toRows * toColumns * size)
  for (let row = 0; row < toRows; row++)
    for (let column = 0; column < toColumns; column++) {
      const [fromRow, fromColumn] = sourceOf(orientation, row, column, rows, columns)
      const from = (fromRow * columns + fromColumn) * size
      const to = (row * toColumns + column) * size
      for (let byte = 0; byte < size; byte++) turned[to + byte] = pixels[from + byte]!
    }
  return { ...image, rows: toRows, columns: toColumns, pixels: turned }
}

function sourceOf(orientation: number, row: number, column: number, rows: number, columns: number): [number, number] {
  switch (orientation) {
    case 2:
      return [row, columns - 1 - column]
    case 3:
      return [rows - 1 - row, columns - 1 - column]
    case 4:
      return [rows - 1 - row, column]
    case 5:
      return [column, row]
    case 6:
      return [rows - 1 - column, row]
    case 7:
      return [rows - 1 - column, columns - 1 - row]
    default:
      return [column, columns - 1 - row]
  }
}
