import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { PlainPixels } from './turn-pixels.ts'

export type PngOutcome =
  | (PlainPixels & { readonly kind: 'decoded' })
  | { readonly kind: 'cannot'; readonly reason: BothWords }

const failed = (why: string): PngOutcome => ({
  kind: 'cannot',
  reason: inBoth(`解码失败（${why}）`, `decoding failed (${why})`),
})

/** A picture of more pixels is not from a scanner, a camera or a screen. */
export const mostPixels = 64_000_000
const timeout = 60_000

/**
 * In a thread of limited memory: a picture that makes the decoder run wild costs the thread. Transparent parts show white paper. The program
 * is text, so that it runs the same from the sources and from the packaged station.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
const { PNG } = require(workerData.pngjs)
try {
  const bytes = Buffer.from(workerData.bytes)
  const isDeepGrey = bytes[24] === 16 && (bytes[25] === 0 || bytes[25] === 4)
  const png = PNG.sync.read(bytes, { skipRescale: isDeepGrey })
  const isGrey = bytes[25] === 0 || bytes[25] === 4
  const most = isDeepGrey ? 65535 : 255
  const samples = isGrey ? 1 : 3
  const count = png.width * png.height
  const out = isDeepGrey ? new Uint16Array(count) : new Uint8Array(count * samples)
  for (let pixel = 0; pixel < count; pixel++) {
    const alpha = png.data[pixel * 4 + 3]
    for (let sample = 0; sample < samples; sample++) {
      const value = png.data[pixel * 4 + sample]
      out[pixel * samples + sample] = alpha === most ? value : Math.round((value * alpha + most * (most - alpha)) / most)
    }
  }
  const pixels = new Uint8Array(out.buffer)
  parentPort.postMessage({ rows: png.height, columns: png.width, samplesPerPixel: samples, bitsAllocated: isDeepGrey ? 16 : 8, pixels }, [pixels.buffer])
} catch (error) {
  parentPort.postMessage({ reason: String(error && error.message || error) })
}
`

/** Grey stays grey (16 bits stay 16), a palette and colours become RGB of 8 bits. */
export async function decodePng(bytes: Buffer): Promise<PngOutcome> {
  if (bytes.length < 33) return { kind: 'cannot', reason: inBoth('PNG 不完整', 'the PNG is cut short') }
  const pixels = bytes.readUInt32BE(16) * bytes.readUInt32BE(20)
  if (pixels === 0 || pixels > mostPixels)
    return { kind: 'cannot', reason: inBoth(`${pixels} 个像素`, `${pixels} pixels`) }
  const worker = new Worker(program, {
    eval: true,
    workerData: { pngjs: createRequire(import.meta.url).resolve('pngjs'), bytes },
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  return new Promise<PngOutcome>((answer) => {
    const end = (outcome: PngOutcome) => {
      clearTimeout(timer)
      answer(outcome)
      void worker.terminate()
    }
    const timer = setTimeout(
      () => end({ kind: 'cannot', reason: inBoth('解码用时过长', 'decoding took too long') }),
      timeout,
    )
    worker.on('message', (message: PlainPixels & { readonly reason?: string }) =>
      end(message.reason === undefined ? { ...message, kind: 'decoded' } : failed(message.reason)),
    )
    worker.on('error', (error) => end(failed((error as Error).message)))
    worker.on('exit', () => end({ kind: 'cannot', reason: inBoth('解码中断', 'the decoder broke off') }))
  })
}
