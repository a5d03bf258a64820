import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import type { RawObject } from '../../electron/training/simulated-modality.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { dcmtkCannot, pixelKinds } from '../flows/pixel-kinds.ts'
import { drawnByDcmtk, type ImageKind, run, storedAt, writeImage } from '../flows/pixels-for-tests.ts'
import { presentations } from './pixel-presentations.ts'

/** An image that goes into the station, and how another program draws it. */
export type PixelSource = {
  readonly name: string
  readonly object: RawObject
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** The file that the other program draws, and its options; the same image before it was compressed, where that loses nothing. */
  readonly path: string
  readonly how: readonly string[]
  readonly isLossy: boolean
}

type Place = { readonly work: string; readonly studyInstanceUid: string; readonly seriesInstanceUid: string }

/** Puts a file into the study of a test and takes the person out of it. Undefined: dcmtk cannot read it to its end. */
function objectOf(file: string, number: number, { work, studyInstanceUid, seriesInstanceUid }: Place) {
  const [path, sopInstanceUid] = [join(work, `sent-${number}.dcm`), newUid()]
  copyFileSync(file, path)
  const [person, own] = [
    ['(0008,0050)=', '(0010,0010)=', '(0010,0020)=', '(0010,0030)=', '(0010,0040)=', '(0010,1010)='],
    [`(0008,0018)=${sopInstanceUid}`, `(0020,000d)=${studyInstanceUid}`, `(0020,000e)=${seriesInstanceUid}`],
  ]
  const changes = [...person, ...own, '(0008,0060)=CT', '(0020,0011)=1', `(0020,0013)=${number}`]
  if (!run('dcmodify', ['-nb', '-imt', ...changes.flatMap((change) => ['-i', change]), path])) return undefined
  const bytes = readFileSync(path)
  const beginning = readPart10Beginning(bytes)
  // A file without a class of its own gets one of dcmtk's, which no device sends.
  if (!beginning?.object.sopClassUid.startsWith('1.2.840.')) return undefined
  const { sopClassUid, transferSyntaxUid } = beginning.object
  return { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet: bytes.subarray(beginning.dataSetOffset) }
}

const ways: readonly (readonly [
  name: string,
  kind: string,
  program: string,
  args: readonly string[],
  lossy?: 'lossy',
])[] = [
  ['implicit', 'grey-12', 'dcmconv', ['+ti']],
  ['big endian', 'grey-12-signed', 'dcmconv', ['+tb']],
  ['deflated', 'grey-12', 'dcmconv', ['+td']],
  ['RLE', 'grey-12', 'dcmcrle', []],
  ['RLE', 'rgb', 'dcmcrle', []],
  ['JPEG baseline', 'grey-8', 'dcmcjpeg', ['+eb', '+q', '95'], 'lossy'],
  ['JPEG baseline', 'rgb', 'dcmcjpeg', ['+eb', '+q', '95'], 'lossy'],
  ['JPEG extended', 'grey-12', 'dcmcjpeg', ['+ee', '+q', '95'], 'lossy'],
  ['JPEG progressive', 'grey-12', 'dcmcjpeg', ['+ep', '+q', '95'], 'lossy'],
  ['JPEG lossless', 'grey-12', 'dcmcjpeg', ['+e1', '+tl']],
  ['JPEG lossless', 'grey-16-signed', 'dcmcjpeg', ['+el', '+sv', '6', '+tl']],
  ['JPEG-LS', 'grey-12', 'dcmcjpls', ['+el']],
  ['JPEG-LS, planes', 'rgb', 'dcmcjpls', ['+el', '+in']],
  ['JPEG-LS near lossless', 'grey-8', 'dcmcjpls', ['+en', '+md', '2'], 'lossy'],
  ['JPEG 2000', 'grey-12', 'gdcmconv', ['--j2k']],
  ['JPEG 2000', 'grey-16-signed', 'gdcmconv', ['--j2k']],
  ['JPEG 2000', 'rgb', 'gdcmconv', ['--j2k']],
  ['JPEG 2000', 'ybr', 'gdcmconv', ['--j2k']],
  ['JPEG 2000, lossy', 'grey-8', 'gdcmconv', ['--j2k', '--lossy', '--irreversible', '-r', '4'], 'lossy'],
]

/** One image for each kind, each transfer syntax and each way of being seen. All are small and of one size. */
export async function madeSources(place: Place): Promise<readonly PixelSource[]> {
  const files = new Map<string, { readonly kind: ImageKind; readonly path: string }>()
  const sources: PixelSource[] = []
  const add = (name: string, kind: ImageKind, file: string, path: string, how: readonly string[], isLossy = false) => {
    const object = objectOf(file, sources.length + 1, place)
    if (!object) throw new Error(`${name} cannot be made`)
    sources.push({ name, object, rows: 48, columns: 64, frames: kind.frames ?? 1, path, how, isLossy })
    return object
  }
  for (const kind of pixelKinds) {
    const path = join(place.work, `${kind.name}.dcm`)
    writeImage(path, kind)
    files.set(kind.name, { kind, path })
    add(kind.name, kind, path, path, ['+Wm'])
  }
  for (const [way, kindName, program, args, lossy] of ways) {
    const { kind, path } = files.get(kindName)!
    const name = `${kindName}, ${way}`
    const packed = join(place.work, `${name.replaceAll(/[ ,]+/g, '-')}.dcm`)
    if (!run(program, [...args, path, packed])) throw new Error(`${program} cannot make ${name}`)
    const drawn = lossy ? packed : path
    add(name, kind, packed, drawn, ['+Wm'], lossy !== undefined)
  }
  for (const { name, kind, how } of presentations) {
    const path = join(place.work, `${name.replaceAll(/[ ,.]+/g, '-')}.dcm`)
    writeImage(path, kind)
    add(name, kind, path, path, how)
  }
  for (const kindName of ['grey-12', 'rgb']) {
    const { kind, path } = files.get(kindName)!
    const plain = add(`${kindName}, HTJ2K`, kind, path, path, ['+Wm'])
    const last = sources.pop()!
    const size = 48 * 64 * (kindName === 'rgb' ? 3 : 2)
    const pixels = await highThroughput(kind, plain.dataSet.subarray(plain.dataSet.length - size))
    sources.push({ ...last, object: encapsulated(plain, size, '1.2.840.10008.1.2.4.201', pixels) })
  }
  return sources
}

/** What cannot be shown: a syntax without a decoder here, a picture that is cut off, and one that is no picture. */
export function hopelessObjects(place: Place): readonly RawObject[] {
  const path = join(place.work, 'hopeless.dcm')
  writeImage(path, { name: 'hopeless', bitsAllocated: 8, bitsStored: 8, photometric: 'MONOCHROME2' })
  const [whole, cut] = [join(place.work, 'whole.dcm'), join(place.work, 'cut.dcm')]
  if (!run('dcmcjpls', ['+el', path, whole])) throw new Error('dcmcjpls')
  copyFileSync(whole, cut)
  const stream = readFileSync(whole)
  const from = stream.indexOf('ffd8ff', 0, 'hex')
  return (
    [
      ['1.2.840.10008.1.2.4.92', stream.subarray(from, -8)],
      ['1.2.840.10008.1.2.4.80', stream.subarray(from, from + 60)],
      ['1.2.840.10008.1.2.4.90', Buffer.alloc(200, 7)],
    ] as const
  ).map(([syntax, pixels], at) => {
    const object = objectOf(path, 900 + at, place)
    if (!object) throw new Error('hopeless')
    return encapsulated(object, 48 * 64, syntax, pixels)
  })
}

/** The same data set with its native pixels, `size` bytes at its end, replaced by one compressed frame. */
function encapsulated(object: RawObject, size: number, transferSyntaxUid: string, pixels: Uint8Array): RawObject {
  const before = object.dataSet.subarray(0, object.dataSet.length - size - 12)
  const even = Buffer.concat([pixels, Buffer.alloc(pixels.length % 2)])
  const item = Buffer.from('feff00e000000000', 'hex')
  item.writeUInt32LE(even.length, 4)
  const head = Buffer.from('e07f10004f420000ffffffff' + 'feff00e000000000', 'hex')
  const dataSet = Buffer.concat([before, head, item, even, Buffer.from('feffdde000000000', 'hex')])
  return { ...object, transferSyntaxUid, dataSet }
}

async function highThroughput(kind: ImageKind, pixels: Uint8Array): Promise<Uint8Array> {
  const dimse = createRequire(import.meta.url).resolve('dcmjs-dimse')
  const { Context, NativeCodecs, log } = createRequire(dimse)('dcmjs-codecs')
  log.setLevel('silent')
  await NativeCodecs.initializeAsync()
  const { bitsAllocated, bitsStored, photometric: photometricInterpretation } = kind
  const samplesPerPixel = photometricInterpretation === 'RGB' ? 3 : 1
  const size = { width: 64, height: 48, planarConfiguration: 0, pixelRepresentation: 0 }
  const image = { ...size, bitsAllocated, bitsStored, samplesPerPixel, photometricInterpretation }
  const own = Uint8Array.from(pixels)
  const context = NativeCodecs.encodeHtJpeg2000(new Context({ ...image, decodedBuffer: own }), { lossy: false })
  return new Uint8Array(context.getEncodedBuffer())
}

const corpus = resolve(process.env.CORPUS_DIR ?? '../shared/corpus')
export const hasCorpus = existsSync(corpus)

/** One file of the corpus for each transfer syntax and kind of pixels, with square pixels. */
export async function corpusSources(place: Place): Promise<readonly PixelSource[]> {
  const reader = createPixelReader({ dataSetOf: storedAt })
  const found = new Map<string, Omit<PixelSource, 'object'>>()
  for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(corpus, name)
    const stored = statSync(file).isFile() && !dcmtkCannot.test(name) ? storedAt(file) : undefined
    const image = stored && (await reader.readFrame(file, 0))
    if (!stored || image?.kind !== 'frame') continue
    const frame = await reader.storedFrame(file, 0)
    if (frame.kind === 'cannot') continue
    const { pixelSpacing: spacing, facts, rows, columns } = image
    const isSquare = (!spacing || spacing.row === spacing.column) && !facts.pixelAspectRatio
    const { photometricInterpretation, bitsAllocated, bitsStored, pixelRepresentation } = frame.image
    const key = [stored.transferSyntaxUid, photometricInterpretation, bitsAllocated, bitsStored, pixelRepresentation]
    if (!isSquare || found.has(key.join())) continue
    const isGrey = image.samplesPerPixel === 1
    const how = isGrey && image.voiLut ? ['+Wl', '1'] : isGrey && image.windowWidth ? ['+Wi', '1'] : ['+Wm']
    found.set(key.join(), { name, rows, columns, frames: image.numberOfFrames, path: file, how, isLossy: true })
  }
  await reader.stop()
  // Those of one size one after another: the window is made larger for each.
  const inOrder = [...found.values()].sort((one, other) => one.rows - other.rows || one.columns - other.columns)
  return inOrder.flatMap((source, at) => {
    const object = objectOf(source.path, 1000 + at, place)
    return object ? [{ ...source, object }] : []
  })
}

/** By dcmtk, or by dcmtk after gdcm decoded what dcmtk cannot. */
export function drawnByOthers({ path, how }: PixelSource, frame: number, work: string): Buffer | undefined {
  const drawn = drawnByDcmtk(path, frame + 1, how, work)
  if (drawn) return drawn
  const raw = join(work, 'raw.dcm')
  return run('gdcmconv', ['--raw', path, raw]) ? drawnByDcmtk(raw, frame + 1, how, work) : undefined
}
