import { type Codec, mayOvershoot, transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { StoredDataSet } from '../archive/archive.ts'
import type { Fragments } from '../archive/frame-bytes.ts'
import type { ImageDescription } from '../archive/image-description.ts'
import { hasColourTransform, isInPlanes } from './codestream-facts.ts'
import { interleaved, paletteChannel, paletteToRgb, toBytes, ybrFull422ToRgb, ybrFullToRgb } from './color-pixels.ts'
import { createFrameDecoder } from './frame-decoder.ts'
import { type FrameFacts, frameFacts } from './frame-facts.ts'
import {
  type BeforePixels,
  type Cannot,
  cannot,
  type FileMemory,
  readStoredFrame,
  type StoredFrame,
  type Surroundings,
} from './locate-pixels.ts'
import { type LookupTable, lookupTable } from './lookup-table.ts'
import { type OverlayPlane, overlayPlanes } from './overlay-planes.ts'
import { rangeOf, type Samples, samplesOf, withinStoredBits, withoutUnusedBits } from './sample-range.ts'
import { expandSegments } from './segmented-palette.ts'
import { createTurns } from './turns.ts'

/** One frame for the viewer: grey values as the device gave them, or red, green, blue. */
export type FrameImage = Omit<ImageDescription, 'planarConfiguration'> & {
  readonly kind: 'frame'
  readonly frameIndex: number
  /** Of the stored values, before slope and intercept. */
  readonly minimum: number
  readonly maximum: number
  /** In place of slope and intercept, where there is one. */
  readonly modalityLut: LookupTable | undefined
  readonly voiLut: LookupTable | undefined
  readonly facts: FrameFacts
  /** Drawn over the picture, in this order. */
  readonly overlays: readonly OverlayPlane[]
  /** Little endian, `bitsAllocated` a sample; colour is RGB, 8 bits, sample by sample. */
  readonly pixels: Uint8Array
}
export type FrameOutcome = FrameImage | Cannot

type Decoded = { readonly kind: 'decoded'; readonly bytes: Uint8Array; readonly image: ImageDescription }

const mostRemembered = 4
/** Two to read while one is decoded and one is sent; a frame of a radiograph has 30 MB. */
const mostAtOnce = 4

/** The last few of a map, in the order in which they were used. */
function lastOf<T>(map: Map<string, T>, key: string) {
  return {
    read: () => map.get(key),
    keep(found: T) {
      map.delete(key)
      map.set(key, found)
      if (map.size > mostRemembered) map.delete(map.keys().next().value!)
    },
  }
}

export type PixelReader = ReturnType<typeof createPixelReader>

/** Reads frames of stored instances, `frameIndex` from 0. Never throws for what a file holds. */
export function createPixelReader(archive: { readonly dataSetOf: (id: string) => StoredDataSet | undefined }) {
  const decoder = createFrameDecoder()
  const seenFragments = new Map<string, Fragments>()
  const seenBefore = new Map<string, BeforePixels>()
  const turns = createTurns(mostAtOnce)

  /** A stored file never changes; the last few are enough. */
  function memoryOf({ path, offset }: StoredDataSet): FileMemory {
    const key = `${path} ${offset}`
    return { fragments: lastOf(seenFragments, key), before: lastOf(seenBefore, key) }
  }

  async function storedFrame(id: string, frameIndex: number): Promise<StoredFrame | Cannot> {
    const stored = archive.dataSetOf(id)
    return stored ? readStoredFrame(stored, frameIndex, memoryOf(stored)) : cannot('there is no such instance')
  }

  /** Native samples of a frame, and how they are to be understood after decoding. */
  async function decoded(frame: StoredFrame): Promise<Decoded | Cannot> {
    const { image } = frame
    if (frame.kind === 'native') {
      const unpacked = image.bitsAllocated === 1 ? { bitsAllocated: 8, bitsStored: 1, highBit: 0 } : {}
      return { kind: 'decoded', bytes: frame.bytes, image: { ...image, ...unpacked } }
    }
    const { codec } = transferSyntaxOf(frame.transferSyntaxUid)
    if (!codec) return cannot(`transfer syntax ${frame.transferSyntaxUid} cannot be decoded here`)
    if (image.bitsAllocated === 1) return cannot('compressed pixels of one bit are not shown')
    const answer = await decoder.decode(codec, image, frame.bytes)
    if (answer.kind === 'cannot') return answer
    const photometricInterpretation = comesAsRgb(codec, frame) ? 'RGB' : image.photometricInterpretation
    const isPlanar = answer.planar || (codec === 'jpeg-ls' && image.samplesPerPixel === 3 && isInPlanes(frame.bytes))
    const planarConfiguration = isPlanar ? 1 : 0
    return {
      kind: 'decoded',
      bytes: answer.pixels,
      image: { ...image, photometricInterpretation, planarConfiguration },
    }
  }

  return {
    /** A few at a time, the others wait; `isWanted` is asked when its turn comes: whoever asked may have gone on. */
    readFrame: (id: string, frameIndex: number, isWanted: () => boolean = () => true): Promise<FrameOutcome> =>
      turns.take(async () => {
        if (!isWanted()) return cannot('nobody waits for this frame any more')
        const frame = await storedFrame(id, frameIndex)
        if (frame.kind === 'cannot') return frame
        const samples = await decoded(frame)
        if (samples.kind === 'cannot') return samples
        const isLoose = mayOvershoot(frame.transferSyntaxUid)
        return finish(samples.bytes, samples.image, frameIndex, frame.around, isLoose)
      }),
    storedFrame,
    /**
     * Samples as the data set describes them, without palette and without turning YBR into RGB, pixel by pixel; only what a lossy
     * codec stores as YBR comes as RGB.
     */
    async decodedFrame(frame: StoredFrame): Promise<{ readonly kind: 'bytes'; readonly bytes: Uint8Array } | Cannot> {
      const samples = await decoded(frame)
      if (samples.kind === 'cannot') return samples
      const isToInterleave = samples.image.planarConfiguration === 1 && frame.image.planarConfiguration === 0
      if (!isToInterleave || frame.kind === 'native') return { kind: 'bytes', bytes: samples.bytes }
      return { kind: 'bytes', bytes: interleaved(samples.bytes, samples.image.bitsAllocated / 8) }
    },
    encodeJpeg: decoder.encodeJpeg,
    /** A JPEG that is no part of a data set; colour comes as RGB, pixel by pixel. */
    decodeJpeg: (image: ImageDescription, bytes: Uint8Array) => decoder.decode('jpeg', image, bytes),
    stop: decoder.stop,
  }
}

/** Whether a codec gives red, green and blue whatever PhotometricInterpretation says. */
function comesAsRgb(codec: Codec, { image, bytes }: StoredFrame): boolean {
  if (image.samplesPerPixel !== 3 || codec === 'rle' || codec === 'jpeg-ls') return false
  const isTransforming = codec === 'jpeg-2000' || codec === 'ht-jpeg-2000'
  return !isTransforming || !image.photometricInterpretation.startsWith('YBR_FULL') || hasColourTransform(bytes)
}

/** Colour to RGB, grey with its range. */
function finish(
  bytes: Uint8Array,
  image: ImageDescription,
  frameIndex: number,
  around: Surroundings,
  isLoose: boolean,
): FrameOutcome {
  const { planarConfiguration, ...description } = image
  const colour = { photometricInterpretation: 'RGB', samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8, highBit: 7 }
  const facts = frameFacts(around.values, frameIndex)
  const inColour = {
    ...description,
    facts,
    ...colour,
    pixelRepresentation: 0,
    kind: 'frame',
    frameIndex,
    minimum: 0,
    maximum: 255,
    modalityLut: undefined,
    voiLut: undefined,
    overlays: overlayPlanes(around, image, frameIndex, undefined),
  } as const
  const expected = image.rows * image.columns
  if (image.samplesPerPixel === 3) {
    const narrow = image.bitsAllocated === 8 ? bytes : toBytes(bytes, image.bitsAllocated, image.bitsStored)
    const pixels = toRgb(narrow, image, planarConfiguration)
    if (pixels.length < expected * 3) return cannot('the decoded frame is shorter than the image')
    return { ...inColour, pixels: pixels.subarray(0, expected * 3) }
  }
  const size = expected * (image.bitsAllocated / 8)
  if (bytes.length < size) return cannot('the decoded frame is shorter than the image')
  const pixels = bytes.subarray(0, size)
  const samples = samplesOf(pixels, image)
  if (image.photometricInterpretation === 'PALETTE COLOR') {
    const rgb = throughPalette(samples, around)
    return rgb ? { ...inColour, pixels: rgb } : cannot('the colour palette cannot be read')
  }
  const range = rangeOf(samples)
  const cleaned = isLoose ? withinStoredBits(samples, range, image) : withoutUnusedBits(samples, range, image)
  const { header, elements, encoding } = around
  const isSigned = image.pixelRepresentation === 1
  return {
    ...description,
    ...(cleaned ? rangeOf(cleaned) : range),
    kind: 'frame',
    facts,
    frameIndex,
    overlays: overlayPlanes(around, image, frameIndex, samples),
    modalityLut: lookupTable(header, elements, 0x00283000, encoding, isSigned),
    voiLut: lookupTable(header, elements, 0x00283010, encoding, false),
    pixels: cleaned ? new Uint8Array(cleaned.buffer, cleaned.byteOffset, cleaned.byteLength) : pixels,
  }
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

function throughPalette(samples: Samples, { header, elements, values, encoding }: Surroundings) {
  const channel = (descriptor: number, data: number, segmented: number) => {
    const plain = elements.get(data)
    const described = values.numbers(descriptor)
    if (plain) return paletteChannel(described, header.subarray(plain.offset, plain.end), encoding.littleEndian)
    const segments = elements.get(segmented)
    if (!segments) return undefined
    const bytes = header.subarray(segments.offset, segments.end)
    const words = Array.from({ length: Math.floor(bytes.length / 2) }, (_, at) =>
      encoding.littleEndian ? bytes.readUInt16LE(at * 2) : bytes.readUInt16BE(at * 2),
    )
    const entries = expandSegments(words, described[0] || 65536)
    if (!entries) return undefined
    return paletteChannel(described, Buffer.from(entries.buffer, 0, entries.byteLength), true)
  }
  const red = channel(0x00281101, 0x00281201, 0x00281221)
  const green = channel(0x00281102, 0x00281202, 0x00281222)
  const blue = channel(0x00281103, 0x00281203, 0x00281223)
  if (!red || !green || !blue || !(samples instanceof Uint8Array || samples instanceof Uint16Array)) return undefined
  return paletteToRgb(samples, [red, green, blue])
}
