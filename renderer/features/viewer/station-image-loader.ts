import type { CornerstoneImage } from 'cornerstone-core'
import { routes } from '../../../shared/api/routes.ts'
import type { FrameHead } from '../../../shared/api/views.ts'
import { fetchStation } from '../../api/call-station.ts'
import { sessionStore } from '../../api/session-store.ts'
import { badImageCode, StationError } from '../../api/station-error.ts'
import { colourCanvas } from './colour-canvas.ts'
import { createFrameSource } from './frame-source.ts'
import { ownCurve } from './grey-table.ts'
import type { ImageOverlay } from './image-overlay.ts'
import type { StackImage } from './image-stack.ts'
import { fileWindow, isExact } from './image-window.ts'
import { type Frame, rangeOf, readFrame, rgbaOf } from './read-frame.ts'
import { renderGrey } from './render-grey.ts'

/** Three hundred slices of a CT; a clinic's computer with 4 GB has room for it beside everything else. */
const cacheBytes = 160 * 1024 * 1024
export const parallelLoads = 4

export function imageIdOf({ instanceId, frame }: Pick<StackImage, 'instanceId' | 'frame'>): string {
  return `station:${frame}/${instanceId}`
}

/** Whether both are frames of one object, as a film's are. */
export const areOfOneFilm = (one: string, other: string): boolean => instanceOf(one) === instanceOf(other)

const instanceOf = (imageId: string) => imageId.slice(imageId.indexOf('/') + 1)

/** A picture for the library that draws, and what it says about itself. */
export type StationImage = CornerstoneImage & {
  readonly head: FrameHead
  readonly overlays: readonly ImageOverlay[]
}

function monochromeImage(imageId: string, frame: Frame): StationImage {
  const { head, pixels } = frame
  const { minimum, maximum } = rangeOf(pixels)
  const window = fileWindow(head, { minimum, maximum })
  return {
    ...geometryOf(imageId, frame),
    minPixelValue: minimum,
    maxPixelValue: maximum,
    slope: head.slope,
    intercept: head.intercept,
    windowWidth: window.width,
    windowCenter: window.center,
    isExact: isExact(head),
    render: renderGrey,
    getPixelData: () => pixels,
    color: false,
    rgba: false,
    invert: (head.photometricInterpretation === 'MONOCHROME1') !== (head.isInverse ?? false),
    voiLUT: ownCurve(head, window),
    sizeInBytes: pixels.buffer.byteLength,
  }
}

function colourImage(imageId: string, frame: Frame): StationImage {
  const rgba = rgbaOf(frame.pixels)
  return {
    ...geometryOf(imageId, frame),
    minPixelValue: 0,
    maxPixelValue: 255,
    slope: 1,
    intercept: 0,
    // With this window the library draws the canvas as it is.
    windowWidth: 255,
    windowCenter: 128,
    isExact: true,
    getPixelData: () => rgba,
    getCanvas: () => colourCanvas(rgba, frame.head),
    color: true,
    rgba: true,
    invert: false,
    voiLUT: undefined,
    sizeInBytes: rgba.byteLength,
  }
}

function geometryOf(imageId: string, { head, overlays }: Frame) {
  return {
    imageId,
    rows: head.rows,
    columns: head.columns,
    height: head.rows,
    width: head.columns,
    // Only their ratio is drawn; what a length is, the head says.
    rowPixelSpacing: head.rowPixelSpacing ?? head.pixelAspectRatio?.[0],
    columnPixelSpacing: head.columnPixelSpacing ?? head.pixelAspectRatio?.[1],
    head,
    overlays,
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

async function load(imageId: string, signal: AbortSignal): Promise<StationImage> {
  const [frame = '', instanceId = ''] = imageId.slice('station:'.length).split('/')
  // A film would only pass through the browser's cache, at the cost of a copy on the disk.
  const cache = frame === '0' ? 'default' : 'no-store'
  const response = await fetchStation(routes.frame, { params: { id: instanceId, frame }, signal, cache })
  const read = readOrExplain(await response.arrayBuffer())
  return read.head.samplesPerPixel === 1 ? monochromeImage(imageId, read) : colourImage(imageId, read)
}

/** The one memory of pictures of this window. Whoever logs out leaves none behind. */
export const stationFrames = createFrameSource<StationImage>({
  load,
  sizeOf: ({ sizeInBytes }) => sizeInBytes,
  mostBytes: cacheBytes,
  parallel: parallelLoads,
})

sessionStore.watch(() => {
  if (!sessionStore.read().session) stationFrames.clear()
})
