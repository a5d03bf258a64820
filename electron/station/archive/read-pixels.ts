import { open } from 'node:fs/promises'
import { type ElementValues, valuesOf } from '../../../shared/dicom/element-values.ts'
import { type Elements, pixelData, readElements, readHead } from '../../../shared/dicom/read-elements.ts'
import { type DataSetEncoding, dataSetEncodingOf, gePrivateImplicit } from '../../../shared/dicom/transfer-syntax.ts'
import type { StoredDataSet } from './archive.ts'
import { interleaved, paletteChannel, paletteToRgb, ybrFull422ToRgb, ybrFullToRgb } from './color-pixels.ts'
import {
  type ByteSource,
  encapsulatedFrame,
  type FrameBytes,
  fileSource,
  nativeFrame,
  nativeFrameSize,
} from './frame-bytes.ts'
import { codecOf, createFrameDecoder } from './frame-decoder.ts'
import { type ImageDescription, imageDescription } from './image-description.ts'
import { inflateBeginning } from './read-header.ts'

/** One frame for the viewer: grey values as the device gave them, or red, green, blue. */
export type FrameImage = Omit<ImageDescription, 'planarConfiguration'> & {
  readonly kind: 'frame'
  readonly frameIndex: number
  /** Of the stored values, before slope and intercept. */
  readonly minimum: number
  readonly maximum: number
  /** Little endian, `bitsAllocated` a sample; colour is RGB, 8 bits, sample by sample. */
  readonly pixels: Uint8Array
}
export type FrameOutcome = FrameImage | { readonly kind: 'cannot'; readonly reason: string }

export type PixelReader = ReturnType<typeof createPixelReader>

const longestHeader = 4 * 1024 * 1024
const longestInflated = 256 * 1024 * 1024

/** Reads frames of stored instances. Never throws for what a file holds. */
export function createPixelReader(archive: { readonly dataSetOf: (id: string) => StoredDataSet | undefined }) {
  const decoder = createFrameDecoder()

  async function read(stored: StoredDataSet, source: ByteSource, frame: number): Promise<FrameOutcome> {
    const encoding = { ...dataSetEncodingOf(stored.transferSyntaxUid), deflated: false }
    const header = await source.read(0, Math.min(longestHeader, stored.length))
    const found = readElements(header, encoding, { until: pixelData })
    const head = found.kind === 'reached' ? readHead(header, found.stoppedAt, header.length, encoding) : undefined
    if (!head || typeof head === 'string' || head.tag !== pixelData) return cannot('the object holds no image')
    const values = valuesOf(header, found.elements, encoding)
    const image = imageDescription(values, frame)
    if (frame < 0 || frame >= image.numberOfFrames) return cannot(`there is no frame ${frame + 1}`)
    const size = nativeFrameSize(image)
    if (size === undefined)
      return cannot(`an image of ${image.columns} × ${image.rows}, ${image.bitsAllocated} bits is not shown`)

    if (head.length !== 0xffffffff) {
      const native = await nativeFrame(source, head.offset, size, frame)
      if (native.kind === 'cannot') return native
      const isBigEndian = !encoding.littleEndian || stored.transferSyntaxUid === gePrivateImplicit
      if (isBigEndian)
        swapBytes(native.bytes, head.vr === 'OW' ? Math.max(16, image.bitsAllocated) : image.bitsAllocated)
      return finish(native.bytes, image, frame, { header, elements: found.elements, values, encoding })
    }
    const codec = codecOf(stored.transferSyntaxUid)
    if (!codec) return cannot(`transfer syntax ${stored.transferSyntaxUid} cannot be decoded here`)
    const encoded: FrameBytes = await encapsulatedFrame(source, head.offset, image.numberOfFrames, frame)
    if (encoded.kind === 'cannot') return encoded
    const decoded = await decoder.decode(codec, image, encoded.bytes)
    if (decoded.kind === 'cannot') return decoded
    const isRgb = image.samplesPerPixel === 3 && codec !== 'decodeRle' && codec !== 'decodeJpegLs'
    const photometricInterpretation = isRgb ? 'RGB' : image.photometricInterpretation
    const planarConfiguration = decoded.planar ? 1 : 0
    const shown: ImageDescription = { ...image, photometricInterpretation, planarConfiguration }
    return finish(decoded.pixels, shown, frame, { header, elements: found.elements, values, encoding })
  }

  return {
    async readFrame(id: string, frameIndex: number): Promise<FrameOutcome> {
      const stored = archive.dataSetOf(id)
      if (!stored) return cannot('there is no such instance')
      try {
        const file = await open(stored.path, 'r')
        try {
          const whole = fileSource(file)
          const source: ByteSource = { read: (offset, length) => whole.read(stored.offset + offset, length) }
          if (!dataSetEncodingOf(stored.transferSyntaxUid).deflated) return await read(stored, source, frameIndex)
          const bytes = await inflateBeginning(await source.read(0, stored.length), longestInflated)
          const inflated: ByteSource = { read: async (offset, length) => bytes.subarray(offset, offset + length) }
          return await read({ ...stored, length: bytes.length }, inflated, frameIndex)
        } finally {
          await file.close()
        }
      } catch (error) {
        return cannot(`the file cannot be read: ${(error as Error).message}`)
      }
    },
    stop: decoder.stop,
  }
}

function cannot(reason: string): { readonly kind: 'cannot'; readonly reason: string } {
  return { kind: 'cannot', reason }
}

type Surroundings = {
  readonly header: Buffer
  readonly elements: Elements
  readonly values: ElementValues
  readonly encoding: DataSetEncoding
}

/** Colour to RGB, grey with its range. */
function finish(bytes: Uint8Array, image: ImageDescription, frameIndex: number, around: Surroundings): FrameOutcome {
  const { planarConfiguration, ...description } = image
  if (image.samplesPerPixel === 3) {
    if (image.bitsAllocated !== 8) return cannot(`colour of ${image.bitsAllocated} bits is not shown`)
    const pixels = toRgb(bytes, image, planarConfiguration)
    return {
      ...description,
      kind: 'frame',
      photometricInterpretation: 'RGB',
      frameIndex,
      minimum: 0,
      maximum: 255,
      pixels,
    }
  }
  const expected = image.rows * image.columns * (image.bitsAllocated / 8)
  if (bytes.length < expected) return cannot('the decoded frame is shorter than the image')
  const pixels = bytes.subarray(0, expected)
  const samples = samplesOf(pixels, image)
  if (image.photometricInterpretation === 'PALETTE COLOR') {
    const rgb = throughPalette(samples, around)
    if (!rgb) return cannot('the colour palette cannot be read')
    const colour = { photometricInterpretation: 'RGB', samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8 }
    return { ...description, ...colour, kind: 'frame', frameIndex, minimum: 0, maximum: 255, pixels: rgb }
  }
  let minimum = Number.POSITIVE_INFINITY
  let maximum = Number.NEGATIVE_INFINITY
  for (const sample of samples) {
    if (sample < minimum) minimum = sample
    if (sample > maximum) maximum = sample
  }
  return { ...description, kind: 'frame', frameIndex, minimum, maximum, pixels }
}

/** Only native 4:2:2 shares colour between pixels; a codec gives every pixel its own. */
function toRgb(
  bytes: Uint8Array,
  { photometricInterpretation, rows, columns }: ImageDescription,
  planar: 0 | 1,
): Uint8Array {
  const isShared = photometricInterpretation === 'YBR_FULL_422' && bytes.length < rows * columns * 3
  if (isShared) return ybrFull422ToRgb(bytes)
  const pixels = planar === 1 ? interleaved(bytes) : bytes
  return photometricInterpretation.startsWith('YBR_FULL') ? ybrFullToRgb(pixels) : pixels
}

function samplesOf(pixels: Uint8Array, { bitsAllocated, pixelRepresentation }: ImageDescription) {
  const isAligned = pixels.byteOffset % 4 === 0
  const own = isAligned ? pixels : new Uint8Array(pixels)
  const where = [own.buffer, own.byteOffset, own.length / (bitsAllocated / 8)] as const
  const isSigned = pixelRepresentation === 1
  if (bitsAllocated === 8) return isSigned ? new Int8Array(...where) : new Uint8Array(...where)
  if (bitsAllocated === 16) return isSigned ? new Int16Array(...where) : new Uint16Array(...where)
  return isSigned ? new Int32Array(...where) : new Uint32Array(...where)
}

function throughPalette(samples: ReturnType<typeof samplesOf>, { header, elements, values, encoding }: Surroundings) {
  const channel = (descriptor: number, data: number) => {
    const element = elements.get(data)
    if (!element) return undefined
    return paletteChannel(
      values.numbers(descriptor),
      header.subarray(element.offset, element.end),
      encoding.littleEndian,
    )
  }
  const red = channel(0x00281101, 0x00281201)
  const green = channel(0x00281102, 0x00281202)
  const blue = channel(0x00281103, 0x00281203)
  if (!red || !green || !blue || !(samples instanceof Uint8Array || samples instanceof Uint16Array)) return undefined
  return paletteToRgb(samples, [red, green, blue])
}

/** Big endian OW is written in words of 16 bits, also when a sample has 8 (PS3.5 8.1.1). */
function swapBytes(bytes: Buffer, bitsAllocated: number): void {
  if (bitsAllocated === 16) bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16()
  else if (bitsAllocated === 32) bytes.subarray(0, bytes.length - (bytes.length % 4)).swap32()
}
