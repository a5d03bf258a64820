/** The part of cornerstone-core 2.6.1 (UMD, without types of its own) that the viewer uses. */
declare module 'cornerstone-core' {
  export type CornerstoneImage = {
    imageId: string
    minPixelValue: number
    maxPixelValue: number
    slope: number
    intercept: number
    windowCenter: number
    windowWidth: number
    getPixelData: () => Uint8Array | Int8Array | Uint16Array | Int16Array | Uint8ClampedArray
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
  }

  export type CornerstoneViewport = {
    scale: number
    translation: { x: number; y: number }
    voi: { windowWidth: number; windowCenter: number }
    invert: boolean
    pixelReplication: boolean
    rotation: number
    hflip: boolean
    vflip: boolean
  }

  type ImageLoadObject = { promise: Promise<CornerstoneImage>; cancelFn?: () => void }

  type Cornerstone = {
    enable(element: HTMLElement): void
    disable(element: HTMLElement): void
    displayImage(element: HTMLElement, image: CornerstoneImage, viewport?: Partial<CornerstoneViewport>): void
    getDefaultViewportForImage(element: HTMLElement, image: CornerstoneImage): CornerstoneViewport
    getViewport(element: HTMLElement): CornerstoneViewport | undefined
    setViewport(element: HTMLElement, viewport: Partial<CornerstoneViewport>): void
    fitToWindow(element: HTMLElement): void
    resize(element: HTMLElement, fit: boolean): void
    pageToPixel(element: HTMLElement, pageX: number, pageY: number): { x: number; y: number }
    loadAndCacheImage(imageId: string): Promise<CornerstoneImage>
    registerImageLoader(scheme: string, loader: (imageId: string) => ImageLoadObject): void
    renderToCanvas(canvas: HTMLCanvasElement, image: CornerstoneImage): void
    imageCache: { purgeCache(): void; setMaximumSizeBytes(bytes: number): void }
    EVENTS: { IMAGE_RENDERED: string }
  }

  const cornerstone: Cornerstone
  export default cornerstone
}
