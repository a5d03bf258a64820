import { type ImageOverlay, rgbaOfOverlay } from './image-overlay.ts'
import type { PictureMatrix } from './picture-matrix.ts'

function painted(overlay: ImageOverlay): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = overlay.columns
  canvas.height = overlay.rows
  canvas.getContext('2d')?.putImageData(new ImageData(rgbaOfOverlay(overlay), overlay.columns, overlay.rows), 0, 0)
  return canvas
}

/** Draws overlays over one viewport; it remembers those it drew last, because a person moves and zooms. */
export function createOverlayPainter() {
  let held = new Map<ImageOverlay, HTMLCanvasElement>()
  return {
    /** Where their pixels of the image lie; nothing beyond its edges (`image`: its size in pixels). */
    draw(
      ink: CanvasRenderingContext2D,
      overlays: readonly ImageOverlay[],
      { a, b, c, d, e, f }: PictureMatrix,
      image: { readonly width: number; readonly height: number },
    ): void {
      held = new Map(overlays.map((overlay) => [overlay, held.get(overlay) ?? painted(overlay)]))
      const scale = Math.hypot(a, b)
      // Enlarged they stay sharp. Made smaller a thin line grows faint: drawn once more it is as bright as it was.
      const times = scale < 1 ? Math.min(4, Math.round(1 / scale)) : 1
      ink.save()
      ink.transform(a, b, c, d, e, f)
      ink.beginPath()
      ink.rect(0, 0, image.width, image.height)
      ink.clip()
      ink.imageSmoothingEnabled = scale < 1
      for (const [overlay, canvas] of held)
        for (let time = 0; time < times; time++) ink.drawImage(canvas, overlay.left, overlay.top)
      ink.restore()
    },
  }
}
