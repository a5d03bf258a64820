let canvas: HTMLCanvasElement | undefined
let painted: Uint8ClampedArray | undefined

/**
 * A canvas that shows these pixels (red, green, blue, opaque) until somebody asks for others: the library copies it to a viewport
 * at once, and one for all takes no memory from the frames of a film.
 */
export function colourCanvas(
  rgba: Uint8ClampedArray<ArrayBuffer>,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): HTMLCanvasElement {
  canvas ??= document.createElement('canvas')
  if (painted === rgba) return canvas
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns
    canvas.height = rows
  }
  canvas.getContext('2d', { alpha: false })?.putImageData(new ImageData(rgba, columns, rows), 0, 0)
  painted = rgba
  return canvas
}
