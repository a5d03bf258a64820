import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Codec } from '../../../shared/dicom/transfer-syntax.ts'
import type { ImageDescription } from '../archive/image-description.ts'
import type { Picture } from './picture.ts'

export type DecodeOutcome =
  | { readonly kind: 'decoded'; readonly pixels: Uint8Array; readonly planar: boolean }
  | { readonly kind: 'cannot'; readonly reason: string }

/** The decoder of each family of compressed pixels by its name in the codecs' library. */
const decoders: Readonly<Record<Codec, string>> = {
  rle: 'decodeRle',
  jpeg: 'decodeJpeg',
  'jpeg-ls': 'decodeJpegLs',
  'jpeg-2000': 'decodeJpeg2000',
  'ht-jpeg-2000': 'decodeHtJpeg2000',
  'jpeg-xl': 'decodeJpegXl',
}

/**
 * The worker's program as text: it must run the same from the sources and from the packaged station, where there is no file of its
 * own. It gets one frame at a time and answers with its pixels or with why not.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const { Context, NativeCodecs, log } = require(workerData.codecs)
log.setLevel('silent')
const ready = NativeCodecs.initializeAsync()
parentPort.on('message', async ({ id, codec, image, bytes, quality }) => {
  try {
    await ready
    if (codec === 'encodeJpeg') {
      const context = NativeCodecs.encodeJpeg(new Context({ ...image, decodedBuffer: bytes }), { lossy: true, quality })
      const pixels = new Uint8Array(context.getEncodedBuffer())
      parentPort.postMessage({ id, pixels, planar: false }, [pixels.buffer])
      return
    }
    const encoded = new Context({ ...image, encodedBuffer: bytes })
    const isColour = image.samplesPerPixel === 3 && image.photometricInterpretation !== 'RGB'
    const context = NativeCodecs[codec](encoded, { convertColorspaceToRgb: codec === 'decodeJpeg' && isColour })
    const pixels = context.getDecodedBuffer()
    parentPort.postMessage({ id, pixels, planar: context.getPlanarConfiguration() === 1 }, [pixels.buffer])
  } catch (error) {
    parentPort.postMessage({ id, reason: String(error && error.message || error).trim() })
  }
})
`

type Waiting = { readonly answer: (outcome: DecodeOutcome) => void; readonly timer: NodeJS.Timeout }
type Answer = { readonly id: number; readonly pixels?: Uint8Array; readonly planar?: boolean; readonly reason?: string }

export type FrameDecoder = ReturnType<typeof createFrameDecoder>

/**
 * Decodes compressed frames, and makes JPEGs, in a worker thread of limited memory and time: a file that makes a codec run wild costs the worker, not
 * the station. `timeout` in milliseconds.
 */
export function createFrameDecoder({ timeout = 20_000 }: { readonly timeout?: number } = {}) {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  function start(): Worker {
    const dimse = createRequire(import.meta.url).resolve('dcmjs-dimse')
    const started = new Worker(program, {
      eval: true,
      workerData: { codecs: createRequire(dimse).resolve('dcmjs-codecs') },
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    })
    started.unref()
    started.on('message', (answer: Answer) => settle(answer))
    const gone = (why: string) => {
      if (worker === started) worker = undefined
      for (const id of [...waiting.keys()]) settle({ id, reason: why })
    }
    started.on('error', (error) => gone(`the decoder failed: ${(error as Error).message}`))
    started.on('exit', () => gone('the decoder ended'))
    return started
  }

  function settle({ id, pixels, planar, reason }: Answer): void {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    clearTimeout(entry.timer)
    if (waiting.size === 0) worker?.unref()
    if (pixels) entry.answer({ kind: 'decoded', pixels, planar: planar === true })
    else entry.answer({ kind: 'cannot', reason: reason ?? 'the decoder gave nothing' })
  }

  function ask(
    order: { readonly codec: string; readonly image: object; readonly quality?: number },
    bytes: Uint8Array,
  ) {
    worker ??= start()
    const using = worker
    using.ref()
    const id = ++lastId
    const own = new Uint8Array(bytes) // its memory goes to the worker
    return new Promise<DecodeOutcome>((answer) => {
      const timer = setTimeout(() => {
        settle({ id, reason: 'it took too long' })
        void using.terminate()
      }, timeout)
      waiting.set(id, { answer, timer })
      using.postMessage({ ...order, id, bytes: own }, [own.buffer])
    })
  }

  return {
    decode(codec: Codec, image: ImageDescription, bytes: Uint8Array): Promise<DecodeOutcome> {
      const { rows: height, columns: width } = image
      return ask({ codec: decoders[codec], image: { ...image, width, height } }, bytes)
    },
    /** 8 bits a sample, one sample (grey) or three (RGB, pixel by pixel) a pixel; `quality` from 1 to 100. */
    encodeJpeg(picture: Picture, quality: number): Promise<DecodeOutcome> {
      const { rows: height, columns: width, samplesPerPixel } = picture
      const photometricInterpretation = samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2'
      const fixed = { bitsAllocated: 8, bitsStored: 8, pixelRepresentation: 0, planarConfiguration: 0 }
      const image = { ...fixed, width, height, samplesPerPixel, photometricInterpretation }
      return ask({ codec: 'encodeJpeg', image, quality }, picture.pixels)
    },
    async stop(): Promise<void> {
      await worker?.terminate()
      worker = undefined
    },
  }
}
