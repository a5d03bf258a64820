import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { StoredDataSet } from '../../electron/station/archive/archive.ts'
import { part10Beginning, readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'
const explicitLittle = '1.2.840.10008.1.2.1'

export type ImageKind = {
  readonly name: string
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly isSigned?: boolean
  readonly photometric: string
  readonly planar?: 0 | 1
  readonly frames?: number
  /** How it is to be seen. */
  readonly more?: readonly ElementToWrite[]
}

export const rows = 48
export const columns = 64

/** Edges, gradients and every value of the range, different from frame to frame; smooth enough for a lossy codec. */
function samplesOf({ bitsStored, isSigned, photometric, frames = 1 }: ImageKind): number[][] {
  const top = 2 ** bitsStored - 1
  const isColour = /RGB|YBR/.test(photometric)
  return Array.from({ length: frames }, (_, frame) =>
    Array.from({ length: rows * columns }, (_, at) => {
      const [x, y] = [at % columns, Math.floor(at / columns)]
      const wave = (phase: number) => (1 + Math.sin((x + frame * 5) / 9 + phase) * Math.cos(y / 7 + phase)) / 2
      const value = (phase: number) => Math.round(wave(phase) * top)
      if (isColour) return [value(0), value(1), value(2)]
      return [isSigned ? value(0) - 2 ** (bitsStored - 1) : value(0)]
    }).flat(),
  )
}

/** Shared colour, PS3.3 C.7.6.3.1.2: Y Y Cb Cr. */
function subsampled(pixels: readonly number[]): number[] {
  const out: number[] = []
  for (let at = 0; at < pixels.length; at += 6) out.push(pixels[at]!, pixels[at + 3]!, pixels[at + 1]!, pixels[at + 2]!)
  return out
}

function planes(pixels: readonly number[]): number[] {
  return [0, 1, 2].flatMap((channel) => pixels.filter((_, at) => at % 3 === channel))
}

/** A Part 10 file in explicit little endian. */
export function writeImage(path: string, kind: ImageKind): void {
  const isColour = /RGB|YBR/.test(kind.photometric)
  const frames = samplesOf(kind).map((list) => {
    if (kind.photometric === 'YBR_FULL_422') return subsampled(list)
    return kind.planar === 1 ? planes(list) : list
  })
  const flat = frames.flat()
  const bytes = Buffer.alloc(flat.length * (kind.bitsAllocated / 8))
  for (const [at, value] of flat.entries()) {
    if (kind.bitsAllocated === 8) bytes.writeUInt8(value & 0xff, at)
    else bytes.writeUInt16LE(value & (kind.isSigned ? 0xffff : 2 ** kind.bitsStored - 1), at * 2)
  }
  const us = (tag: number, value: number): ElementToWrite => ({ tag, vr: 'US', value })
  const object = {
    callingAeTitle: 'TEST',
    sopClassUid: secondaryCapture,
    sopInstanceUid: '2.25.4711',
    transferSyntaxUid: explicitLittle,
  }
  const elements: ElementToWrite[] = [
    { tag: 0x00080016, vr: 'UI', value: object.sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: object.sopInstanceUid },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.4712' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.4713' },
    us(0x00280002, isColour ? 3 : 1),
    { tag: 0x00280004, vr: 'CS', value: kind.photometric },
    ...(isColour ? [us(0x00280006, kind.planar ?? 0)] : []),
    ...(kind.frames ? [{ tag: 0x00280008, vr: 'IS', value: String(kind.frames) }] : []),
    us(0x00280010, rows),
    us(0x00280011, columns),
    us(0x00280100, kind.bitsAllocated),
    us(0x00280101, kind.bitsStored),
    us(0x00280102, kind.bitsStored - 1),
    us(0x00280103, kind.isSigned ? 1 : 0),
    ...(kind.photometric === 'PALETTE COLOR' ? palette() : []),
    ...(kind.more ?? []),
    { tag: 0x7fe00010, vr: kind.bitsAllocated === 8 ? 'OB' : 'OW', value: bytes },
  ]
  writeFileSync(
    path,
    Buffer.concat([part10Beginning(object), encodeDataSet(elements, { explicitVr: true, text: 'ascii' })]),
  )
}

function palette(): ElementToWrite[] {
  return [0, 1, 2].flatMap((channel): ElementToWrite[] => {
    const entries = Buffer.alloc(512)
    for (let at = 0; at < 256; at++) entries.writeUInt16LE(((at * (channel + 1)) % 256) * 257, at * 2)
    return [
      { tag: 0x00281101 + channel, vr: 'US', value: [256, 0, 16] },
      { tag: 0x00281201 + channel, vr: 'OW', value: entries },
    ]
  })
}

/** Where the data set of a file stands, as the archive would know it. */
export function storedAt(path: string): StoredDataSet | undefined {
  const bytes = readFileSync(path)
  const beginning = readPart10Beginning(bytes)
  if (!beginning) return undefined
  const { dataSetOffset: offset, object } = beginning
  return { path, offset, length: bytes.length - offset, transferSyntaxUid: object.transferSyntaxUid }
}

/** Runs one of dcmtk's programs; whether it did its work. */
export function run(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

/** The picture of a frame (from 1) as dcmtk draws it. JPEG-LS is decoded by dcmdjpls before. Undefined: dcmtk cannot. */
export function drawnByDcmtk(path: string, frame: number, how: readonly string[], work: string): Buffer | undefined {
  const out = `${work}/theirs.pnm`
  const plain = `${work}/plain.dcm`
  rmSync(out, { force: true })
  const isJpegLs = /^1\.2\.840\.10008\.1\.2\.4\.8[01]$/.test(storedAt(path)?.transferSyntaxUid ?? '')
  if (isJpegLs && !run('dcmdjpls', [path, plain])) return undefined
  run('dcmj2pnm', ['+F', String(frame), ...how, isJpegLs ? plain : path, out])
  if (!existsSync(out)) return undefined
  const bytes = readFileSync(out)
  const head = /^P[56]\s+(?:#[^\n]*\n)?\d+\s+\d+\s+\d+\s/.exec(bytes.subarray(0, 200).toString('latin1'))
  return head ? bytes.subarray(head[0].length) : undefined
}
