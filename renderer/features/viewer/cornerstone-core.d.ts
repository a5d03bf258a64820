/** The part of cornerstone-core 2.6.1 (UMD, without types of its own) that the viewer uses. */
declare module 'cornerstone-core' {
  /** The library keeps and compares it; who renders, reads it. */
  type CornerstoneCurve = (value: number) => number

  export type CornerstoneImage = {
    imageId: string
    minPixelValue: number
    maxPixelValue: number
    slope: number
    intercept: number
    windowCenter: number
    windowWidth: number
    getPixelData: () => Uint8Array | Int8Array | Uint16Array | Int16Array | Uint8ClampedArray
    /** Only of colours. */
    getCanvas?: () => HTMLCanvasElement
    rows: number
    columns: number
    height: number
    width: number
    color: boolean
    rgba: boolean
    invert: boolean
    rowPixelSpacing: number | undefined
    columnPixelSpacing: number | undefined
    sizeInBytes: number
    /** Our own: whether windows are LINEAR_EXACT. */
    isExact: boolean
    /** In place of the library's renderer for images of its kind. */
    render?: (element: CornerstoneElement) => void
    voiLUT: CornerstoneCurve | undefined
  }

  export type CornerstoneViewport = {
    scale: number
    translation: { x: number; y: number }
    voi: { windowWidth: number; windowCenter: number }
    voiLUT: CornerstoneCurve | undefined
    invert: boolean
    pixelReplication: boolean
    rotation: number
    hflip: boolean
    vflip: boolean
  }

  export type CornerstoneElement = {
    canvas: HTMLCanvasElement
    image: CornerstoneImage
    viewport: CornerstoneViewport
  }

  type Cornerstone = {
    enable(element: HTMLElement): void
    disable(element: HTMLElement): void
    displayImage(element: HTMLElement, image: CornerstoneImage, viewport?: Partial<CornerstoneViewport>): void
    getDefaultViewportForImage(element: HTMLElement, image: CornerstoneImage): CornerstoneViewport
    getViewport(element: HTMLElement): CornerstoneViewport | undefined
    setViewport(element: HTMLElement, viewport: Partial<CornerstoneViewport>): void
    fitToWindow(element: HTMLElement): void
    resize(element: HTMLElement, fit: boolean): void
    canvasToPixel(element: HTMLElement, point: { x: number; y: number }): { x: number; y: number }
    pixelToCanvas(element: HTMLElement, point: { x: number; y: number }): { x: number; y: number }
    /** The context's pixels become those of the image, moved, turned and zoomed as the viewport says. */
    setToPixelCoordinateSystem(element: CornerstoneElement, context: CanvasRenderingContext2D): void
    EVENTS: { IMAGE_RENDERED: string }
  }

  const cornerstone: Cornerstone
  export default cornerstone
}
