import cornerstone, { type CornerstoneViewport } from 'cornerstone-core'
import type { FrameHead } from '../../../shared/api/views.ts'
import { Superseded } from './frame-source.ts'
import type { Point } from './geometry.ts'
import type { ImageOverlay } from './image-overlay.ts'
import { coveringWindow, fullWindow, type ImageWindow, namesWindow } from './image-window.ts'
import { flipFor } from './orientation.ts'
import { matrixFrom, type PictureMatrix } from './picture-matrix.ts'
import type { GreyPixels } from './roi-statistics.ts'
import { areOfOneFilm, type StationImage, stationFrames } from './station-image-loader.ts'
import type { OwnWindows } from './window-presets.ts'

export type ViewportState = {
  readonly window: ImageWindow
  readonly zoom: number
  readonly inverted: boolean
  readonly rotation: number
  readonly hflip: boolean
  readonly vflip: boolean
  readonly imageId: string
  readonly matrix: PictureMatrix
  /** Of the image, in pixels. */
  readonly width: number
  readonly height: number
  readonly pixels: ShownPixels
  readonly head: FrameHead
  readonly overlays: readonly ImageOverlay[]
}

export type ShownPixels = GreyPixels & { readonly isColour: boolean }

/** All that the pages know of the library that draws: another one can take its place. */
export type Viewport = ReturnType<typeof createViewport>

const zooms = { least: 0.02, most: 40 } as const

function pixelsOf(image: StationImage): ShownPixels {
  const { width, height, slope, intercept, color } = image
  return { width, height, slope, intercept, pixels: image.getPixelData(), isColour: color }
}

type Voi = CornerstoneViewport['voi']

function bothOf(one: Voi, other: Voi): Voi {
  const windowOf = ({ windowWidth, windowCenter }: Voi) => ({ width: windowWidth, center: windowCenter })
  const { width, center } = coveringWindow(windowOf(one), windowOf(other))
  return { windowWidth: width, windowCenter: center }
}

/** Moved by pixels of the screen. A translation is counted in pixels of the image, which lie on their side after a quarter turn and need not be square. */
function translationFor(
  { rowPixelSpacing: row = 1, columnPixelSpacing: column = 1 }: StationImage,
  { rotation, scale, translation }: Pick<CornerstoneViewport, 'rotation' | 'scale' | 'translation'>,
  dx: number,
  dy: number,
): Point {
  const [wide, high] = [Math.max(1, column / row), Math.max(1, row / column)]
  const [across, down] = rotation % 180 === 0 ? [wide, high] : [high, wide]
  return { x: translation.x + dx / scale / across, y: translation.y + dy / scale / down }
}

/** An element that a viewport's image can be magnified in; answers how it is given back. */
export function openGlass(element: HTMLElement): () => void {
  cornerstone.enable(element)
  return () => cornerstone.disable(element)
}

export function createViewport(element: HTMLElement, onRendered: (state: ViewportState) => void) {
  const owner = {}
  cornerstone.enable(element)
  let image: StationImage | undefined
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
      rotation: viewport.rotation,
      hflip: viewport.hflip,
      vflip: viewport.vflip,
      imageId: image.imageId,
      matrix: matrixFrom((point) => cornerstone.pixelToCanvas(element, point)),
      width: image.width,
      height: image.height,
      pixels: pixelsOf(image),
      head: image.head,
      overlays: image.overlays,
    })
  }
  element.addEventListener(cornerstone.EVENTS.IMAGE_RENDERED, rendered)

  function change(changes: (viewport: CornerstoneViewport) => void): void {
    const viewport = image && cornerstone.getViewport(element)
    if (!viewport) return
    changes(viewport)
    cornerstone.setViewport(element, viewport)
  }

  function display(next: StationImage, seriesId: string): void {
    const previous = image
    const fresh = cornerstone.getDefaultViewportForImage(element, next)
    const sameSeries = series === seriesId
    const sameSize = previous?.width === next.width && previous?.height === next.height
    if (!sameSeries) ownWindow = false
    series = seriesId
    image = next
    const current = previous && sameSeries ? cornerstone.getViewport(element) : undefined
    // A window made of each frame's own values would make a film flicker: it grows with the frames that were seen.
    const grows = previous && areOfOneFilm(previous.imageId, next.imageId) && !namesWindow(next.head)
    cornerstone.displayImage(element, next, {
      ...fresh,
      ...(current && sameSize ? { ...current, voi: fresh.voi, voiLUT: fresh.voiLUT, invert: fresh.invert } : {}),
      ...(current && grows ? { voi: bothOf(current.voi, fresh.voi) } : {}),
      ...(current && ownWindow ? { voi: current.voi, voiLUT: current.voiLUT, invert: current.invert } : {}),
    })
  }

  function moveBy(dx: number, dy: number): void {
    change((viewport) => {
      if (image) viewport.translation = translationFor(image, viewport, dx, dy)
    })
  }

  return {
    /** Shows an image once it is there, unless another one was asked for meanwhile. Answers whether it is shown. */
    async show(imageId: string, seriesId: string): Promise<boolean> {
      wanted = imageId
      try {
        const next = await stationFrames.read(owner, imageId)
        if (wanted !== imageId) return false
        display(next, seriesId)
        return true
      } catch (error) {
        if (error instanceof Superseded || wanted !== imageId) return false
        throw error
      }
    },
    /** Shows it if it is there already. */
    showReady(imageId: string, seriesId: string): boolean {
      const next = stationFrames.peek(imageId)
      if (!next) return false
      wanted = imageId
      display(next, seriesId)
      return true
    },
    /** What will be shown soon, in its order. */
    want: (imageIds: readonly string[]): void => stationFrames.want(owner, imageIds),
    imageBytes: (): number => image?.sizeInBytes ?? 0,
    window(): ImageWindow | undefined {
      const voi = image && cornerstone.getViewport(element)?.voi
      return voi && { width: voi.windowWidth, center: voi.windowCenter }
    },
    setWindow({ width, center }: ImageWindow): void {
      ownWindow = true
      change((viewport) => {
        viewport.voi = { windowWidth: width, windowCenter: center }
        viewport.voiLUT = undefined
      })
    },
    /** As the image came, its curve too; what is inverted stays so. */
    restoreWindow(): void {
      if (!image) return
      const fresh = cornerstone.getDefaultViewportForImage(element, image)
      change((viewport) => {
        ownWindow = viewport.invert !== fresh.invert
        viewport.voi = fresh.voi
        viewport.voiLUT = fresh.voiLUT
      })
    },
    /** The windows that the image has by itself. */
    ownWindows(): OwnWindows | undefined {
      return (
        image && {
          file: { width: image.windowWidth, center: image.windowCenter },
          full: fullWindow({ minimum: image.minPixelValue, maximum: image.maxPixelValue }, image, image.isExact),
          isInverse: image.invert,
        }
      )
    },
    /** How many values lie between the darkest and the brightest pixel. */
    dynamicRange: (): number => (image ? (image.maxPixelValue - image.minPixelValue) * Math.abs(image.slope) : 0),
    move: moveBy,
    /** The point given, in pixels of the viewport, stays where it is; without one the middle does. */
    zoomBy(factor: number, around?: Point): void {
      if (!image) return
      const kept = around && cornerstone.canvasToPixel(element, around)
      change((viewport) => {
        viewport.scale = Math.min(zooms.most, Math.max(zooms.least, viewport.scale * factor))
      })
      if (!around || !kept) return
      const now = cornerstone.pixelToCanvas(element, kept)
      moveBy(around.x - now.x, around.y - now.y)
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
    /** Mirrors what is seen, however it was turned before. */
    flip(axis: 'hflip' | 'vflip'): void {
      change((viewport) => {
        const turned = flipFor(axis, viewport.rotation)
        viewport[turned] = !viewport[turned]
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
    /**
     * Shows the same image in another element, larger by a factor, with what lies at the point given in its middle: drawn from the
     * image's own pixels, so that a picture that was shrunk to fit shows what is in it.
     */
    magnify(glass: HTMLElement, at: Point, factor: number): void {
      const seen = image && cornerstone.getViewport(element)
      if (!image || !seen) return
      const kept = cornerstone.canvasToPixel(element, at)
      const larger = { ...seen, scale: seen.scale * factor, translation: { x: 0, y: 0 } }
      cornerstone.displayImage(glass, image, larger)
      const now = cornerstone.pixelToCanvas(glass, kept)
      const { clientWidth, clientHeight } = glass
      const translation = translationFor(image, larger, clientWidth / 2 - now.x, clientHeight / 2 - now.y)
      cornerstone.setViewport(glass, { ...larger, translation })
    },
    resize: (): void => cornerstone.resize(element, false),
    /** What the picture that is to be seen now says about itself; while one is drawn, the state tells of the one before. */
    head: (): FrameHead | undefined => image?.head,
    /** What is on the screen, without what lies over it. */
    canvas: (): HTMLCanvasElement | null => element.querySelector('canvas'),
    destroy(): void {
      wanted = ''
      stationFrames.leave(owner)
      element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, rendered)
      cornerstone.disable(element)
    },
  }
}
