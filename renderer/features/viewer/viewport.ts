import cornerstone, { type CornerstoneImage } from 'cornerstone-core'
import { fullWindow, type ImageWindow } from './image-window.ts'
import { registerStationImages } from './station-image-loader.ts'

export type ViewportState = {
  readonly window: ImageWindow
  readonly zoom: number
  readonly inverted: boolean
  readonly imageId: string
}

export type Probe = {
  readonly x: number
  readonly y: number
  /** After rescale, as the window counts; a colour as 'R,G,B'. */
  readonly value: string
}

/** All that the pages know of the library that draws: another one can take its place. */
export type Viewport = ReturnType<typeof createViewport>

export function createViewport(element: HTMLElement, onRendered: (state: ViewportState) => void) {
  registerStationImages()
  cornerstone.enable(element)
  let image: CornerstoneImage | undefined
  let series = ''
  /** A window that a person chose stays while scrolling; otherwise every image comes with its own. */
  let ownWindow = false
  let wanted = ''

  const rendered = () => {
    const viewport = cornerstone.getViewport(element)
    if (!viewport || !image) return
    onRendered({
      window: { width: viewport.voi.windowWidth, center: viewport.voi.windowCenter },
      zoom: viewport.scale,
      inverted: viewport.invert !== image.invert,
      imageId: image.imageId,
    })
  }
  element.addEventListener(cornerstone.EVENTS.IMAGE_RENDERED, rendered)

  function change(changes: (viewport: NonNullable<ReturnType<typeof cornerstone.getViewport>>) => void): void {
    const viewport = image && cornerstone.getViewport(element)
    if (!viewport) return
    changes(viewport)
    cornerstone.setViewport(element, viewport)
  }

  return {
    /** Shows an image once it is there, unless another one was asked for meanwhile. Answers whether it is shown. */
    async show(imageId: string, seriesId: string): Promise<boolean> {
      wanted = imageId
      const next = await cornerstone.loadAndCacheImage(imageId)
      if (wanted !== imageId) return false
      const previous = image
      const fresh = cornerstone.getDefaultViewportForImage(element, next)
      const sameSeries = series === seriesId
      const sameSize = previous?.width === next.width && previous?.height === next.height
      if (!sameSeries) ownWindow = false
      series = seriesId
      image = next
      const current = previous && sameSeries ? cornerstone.getViewport(element) : undefined
      cornerstone.displayImage(element, next, {
        ...fresh,
        ...(current && sameSize ? { ...current, voi: fresh.voi, invert: fresh.invert } : {}),
        ...(current && ownWindow ? { voi: current.voi, invert: current.invert } : {}),
      })
      return true
    },
    prefetch(imageIds: readonly string[]): void {
      for (const imageId of imageIds) cornerstone.loadAndCacheImage(imageId).catch(() => undefined)
    },
    window(): ImageWindow | undefined {
      const voi = image && cornerstone.getViewport(element)?.voi
      return voi && { width: voi.windowWidth, center: voi.windowCenter }
    },
    setWindow({ width, center }: ImageWindow): void {
      ownWindow = true
      change((viewport) => {
        viewport.voi = { windowWidth: width, windowCenter: center }
      })
    },
    fileWindow(): ImageWindow | undefined {
      return image && { width: image.windowWidth, center: image.windowCenter }
    },
    fullWindow(): ImageWindow | undefined {
      return image && fullWindow({ minimum: image.minPixelValue, maximum: image.maxPixelValue }, image)
    },
    /** How many values lie between the darkest and the brightest pixel. */
    dynamicRange: (): number => (image ? (image.maxPixelValue - image.minPixelValue) * Math.abs(image.slope) : 0),
    move(dx: number, dy: number): void {
      change((viewport) => {
        viewport.translation = {
          x: viewport.translation.x + dx / viewport.scale,
          y: viewport.translation.y + dy / viewport.scale,
        }
      })
    },
    zoomBy(factor: number): void {
      change((viewport) => {
        viewport.scale = Math.min(40, Math.max(0.02, viewport.scale * factor))
      })
    },
    invert(): void {
      ownWindow = true
      change((viewport) => {
        viewport.invert = !viewport.invert
      })
    },
    rotate(degrees: number): void {
      change((viewport) => {
        viewport.rotation = (viewport.rotation + degrees + 360) % 360
      })
    },
    flip(axis: 'hflip' | 'vflip'): void {
      change((viewport) => {
        viewport[axis] = !viewport[axis]
      })
    },
    fit(): void {
      if (image) cornerstone.fitToWindow(element)
    },
    reset(): void {
      if (!image) return
      ownWindow = false
      cornerstone.setViewport(element, cornerstone.getDefaultViewportForImage(element, image))
    },
    resize: (): void => cornerstone.resize(element, false),
    probe(pageX: number, pageY: number): Probe | undefined {
      if (!image) return undefined
      const point = cornerstone.pageToPixel(element, pageX, pageY)
      const [x, y] = [Math.floor(point.x), Math.floor(point.y)]
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) return undefined
      const pixels = image.getPixelData()
      const at = (y * image.width + x) * (image.rgba ? 4 : 1)
      if (image.color) return { x, y, value: [...pixels.slice(at, at + 3)].join() }
      return { x, y, value: String(Number(((pixels[at] ?? 0) * image.slope + image.intercept).toFixed(2))) }
    },
    destroy(): void {
      wanted = ''
      element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, rendered)
      cornerstone.disable(element)
    },
  }
}

/** A small picture of an image, with its own window. */
export async function drawThumbnail(canvas: HTMLCanvasElement, imageId: string): Promise<void> {
  registerStationImages()
  cornerstone.renderToCanvas(canvas, await cornerstone.loadAndCacheImage(imageId))
}
