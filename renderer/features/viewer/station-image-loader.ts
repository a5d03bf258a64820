import cornerstone, { type CornerstoneImage } from 'cornerstone-core'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { sessionStore } from '../../api/session-store.ts'
import { badImageCode, StationError } from '../../api/station-error.ts'
import type { StackImage } from './image-stack.ts'
import { fileWindow } from './image-window.ts'
import { type Frame, rangeOf, readFrame, rgbaOf } from './read-frame.ts'

const scheme = 'station'
const cacheBytes = 512 * 1024 * 1024

export function imageIdOf({ instanceId, frame }: StackImage): string {
  return `${scheme}:${frame}/${instanceId}`
}

function monochromeImage(imageId: string, { head, pixels }: Frame): CornerstoneImage {
  const { minimum, maximum } = rangeOf(pixels)
  const { width, center } = fileWindow(head, { minimum, maximum })
  return {
    ...geometryOf(imageId, head),
    minPixelValue: minimum,
    maxPixelValue: maximum,
    slope: head.slope,
    intercept: head.intercept,
    windowWidth: width,
    windowCenter: center,
    getPixelData: () => pixels,
    color: false,
    rgba: false,
    invert: head.photometricInterpretation === 'MONOCHROME1',
    sizeInBytes: pixels.byteLength,
  }
}

function colourImage(imageId: string, { head, pixels }: Frame): CornerstoneImage {
  const rgba = rgbaOf(pixels)
  return {
    ...geometryOf(imageId, head),
    minPixelValue: 0,
    maxPixelValue: 255,
    slope: 1,
    intercept: 0,
    windowWidth: 256,
    windowCenter: 128,
    getPixelData: () => rgba,
    color: true,
    rgba: true,
    invert: false,
    sizeInBytes: rgba.byteLength,
  }
}

function geometryOf(imageId: string, head: Frame['head']) {
  return {
    imageId,
    rows: head.rows,
    columns: head.columns,
    height: head.rows,
    width: head.columns,
    rowPixelSpacing: head.rowPixelSpacing ?? undefined,
    columnPixelSpacing: head.columnPixelSpacing ?? undefined,
  }
}

function readOrExplain(answer: ArrayBuffer): Frame {
  try {
    return readFrame(answer)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw new StationError({ status: 200, code: badImageCode, message, action: '' })
  }
}

async function load(imageId: string): Promise<CornerstoneImage> {
  const [frame = '', instanceId = ''] = imageId.slice(scheme.length + 1).split('/')
  const response = await fetchStation(routes.frame, { params: { id: instanceId, frame } })
  const read = readOrExplain(await response.arrayBuffer())
  return read.head.samplesPerPixel === 1 ? monochromeImage(imageId, read) : colourImage(imageId, read)
}

let registered = false

/** Teaches cornerstone where the station's pixels are. Whoever logs out leaves no images behind in the memory. */
export function registerStationImages(): void {
  if (registered) return
  registered = true
  cornerstone.registerImageLoader(scheme, (imageId) => ({ promise: load(imageId) }))
  cornerstone.imageCache.setMaximumSizeBytes(cacheBytes)
  sessionStore.watch(() => {
    if (!sessionStore.read().session) cornerstone.imageCache.purgeCache()
  })
}
