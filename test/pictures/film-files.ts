import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import type { StoredDataSet } from '../../electron/station/archive/archive.ts'
import { part10Beginning, readPart10Beginning } from '../../electron/station/archive/part10.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { elementHead, evenLength } from '../../shared/dicom/write-element.ts'

export type FilmShape = {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** native, or RLE in fragments: 'table' with a Basic Offset Table, 'no-table' with an empty one, 'extended' with (7FE0,0001). */
  readonly as: 'native' | 'table' | 'no-table' | 'extended'
}

const rle = '1.2.840.10008.1.2.5'
const explicit = '1.2.840.10008.1.2.1'
const little = { explicitVr: true, littleEndian: true }

/** Grey of 8 bits; every pixel of a frame is the frame's number, modulo 251. */
export function writeFilm(path: string, { rows, columns, frames, as }: FilmShape): void {
  const object = {
    callingAeTitle: 'US1',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.3.1',
    sopInstanceUid: '2.25.900',
    transferSyntaxUid: as === 'native' ? explicit : rle,
  }
  const us = (tag: number, value: number): ElementToWrite => ({ tag, vr: 'US', value })
  const encoded = (frame: number) => (as === 'native' ? Buffer.alloc(rows * columns, frame % 251) : rleFrame(frame))
  const rleFrame = (frame: number) => evenLength(rleOf(rows * columns, frame % 251), 'OB')
  const size = 8 + rleFrame(0).length
  const offsets = Array.from({ length: frames }, (_, frame) => frame * size)
  const table64 = Buffer.alloc(8 * frames)
  for (const [at, offset] of offsets.entries()) table64.writeBigUInt64LE(BigInt(offset), at * 8)
  const elements: ElementToWrite[] = [
    { tag: 0x00080016, vr: 'UI', value: object.sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: object.sopInstanceUid },
    { tag: 0x00181063, vr: 'DS', value: '33.33' },
    us(0x00280002, 1),
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: String(frames) },
    us(0x00280010, rows),
    us(0x00280011, columns),
    us(0x00280100, 8),
    us(0x00280101, 8),
    us(0x00280102, 7),
    us(0x00280103, 0),
    ...(as === 'extended' ? [{ tag: 0x7fe00001, vr: 'OV', value: table64 }] : []),
  ]
  const file = openSync(path, 'w')
  writeSync(file, part10Beginning(object))
  writeSync(file, encodeDataSet(elements, { explicitVr: true, text: 'ascii' }))
  if (as === 'native') writeSync(file, elementHead(0x7fe00010, 'OB', rows * columns * frames, little))
  else {
    writeSync(file, elementHead(0x7fe00010, 'OB', 0xffffffff, little))
    writeSync(file, item(as === 'table' ? tableOf(offsets) : Buffer.alloc(0)))
  }
  for (let frame = 0; frame < frames; frame++) writeSync(file, as === 'native' ? encoded(frame) : item(encoded(frame)))
  if (as !== 'native') writeSync(file, Buffer.from('feffdde000000000', 'hex'))
  closeSync(file)
}

function tableOf(offsets: readonly number[]): Buffer {
  const table = Buffer.alloc(4 * offsets.length)
  for (const [at, offset] of offsets.entries()) table.writeUInt32LE(offset, at * 4)
  return table
}

function item(value: Buffer): Buffer {
  const head = Buffer.from('feff00e000000000', 'hex')
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}

/** PS3.5 G: one segment of runs; literal runs of one byte each, so that it does not shrink to nothing. */
function rleOf(count: number, value: number): Buffer {
  const head = Buffer.alloc(64)
  head.writeUInt32LE(1, 0)
  head.writeUInt32LE(64, 4)
  const body = Buffer.alloc(count * 2)
  for (let at = 0; at < count; at++) body[at * 2 + 1] = value
  return Buffer.concat([head, body])
}

/** Where a file's data set stands; only its beginning is read. */
export function dataSetIn(path: string): StoredDataSet {
  const beginning = Buffer.alloc(4096)
  const file = openSync(path, 'r')
  readSync(file, beginning, 0, beginning.length, 0)
  closeSync(file)
  const { dataSetOffset: offset, object } = readPart10Beginning(beginning)!
  return { path, offset, length: statSync(path).size - offset, transferSyntaxUid: object.transferSyntaxUid }
}
