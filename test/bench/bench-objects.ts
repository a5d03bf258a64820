import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { newUid } from '../../shared/text/dicom-values.ts'

/** One data set of the benchmark: objects of one modality, in as many folders as there are senders. */
export type BenchObjects = {
  readonly folders: readonly string[]
  readonly count: number
  readonly megabytes: number
}

export type ObjectKind = 'ct' | 'dr' | 'us'

const explicitVrLittleEndian = '1.2.840.10008.1.2.1'

type Shape = {
  readonly sopClassUid: string
  readonly modality: string
  readonly rows: number
  readonly columns: number
  readonly samples: 1 | 3
  readonly frames: number
}

/** CT: 525 KB each. DR: 8 to 16 MB. US: one cine of 210 MB. */
function shapeOf(kind: ObjectKind, at: number): Shape {
  switch (kind) {
    case 'ct':
      return shape('1.2.840.10008.5.1.4.1.1.2', 'CT', 512, 512, 1, 1)
    case 'dr':
      return shape('1.2.840.10008.5.1.4.1.1.1.1', 'DX', 2000 + (at % 5) * 250, 2000 + (at % 9) * 93, 1, 1)
    case 'us':
      return shape('1.2.840.10008.5.1.4.1.1.3.1', 'US', 480, 640, 3, 228)
  }
}

function shape(sopClassUid: string, modality: string, rows: number, columns: number, samples: 1 | 3, frames: number) {
  return { sopClassUid, modality, rows, columns, samples, frames }
}

/** Makes `count` valid objects of one study (PS3.10 files, Explicit VR Little Endian), dealt out to `senders` folders. */
export function makeObjects(folder: string, kind: ObjectKind, count: number, senders = 1): BenchObjects {
  const folders = Array.from({ length: senders }, (_, at) => join(folder, `sender-${at}`))
  for (const one of folders) mkdirSync(one, { recursive: true })
  const study = newUid()
  const series = newUid()
  let bytes = 0
  for (let at = 0; at < count; at++) {
    const file = join(folders[at % senders]!, `${String(at).padStart(4, '0')}.dcm`)
    bytes += writeObject(file, shapeOf(kind, at), { study, series, number: at + 1 })
  }
  return { folders, count, megabytes: bytes / 1e6 }
}

function writeObject(
  file: string,
  { sopClassUid, modality, rows, columns, samples, frames }: Shape,
  of: { readonly study: string; readonly series: string; readonly number: number },
): number {
  const sopInstanceUid = newUid()
  const as = { explicitVr: true, text: 'ascii' } as const
  const meta = encodeDataSet(
    [
      { tag: 0x00020001, vr: 'OB', value: Buffer.from([0, 1]) },
      { tag: 0x00020002, vr: 'UI', value: sopClassUid },
      { tag: 0x00020003, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00020010, vr: 'UI', value: explicitVrLittleEndian },
      { tag: 0x00020012, vr: 'UI', value: '2.25.1' },
    ],
    as,
  )
  const depth = samples === 3 ? 8 : 16
  const head = encodeDataSet(
    [
      { tag: 0x00080016, vr: 'UI', value: sopClassUid },
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00080020, vr: 'DA', value: '20261122' },
      { tag: 0x00080030, vr: 'TM', value: '093000' },
      { tag: 0x00080050, vr: 'SH', value: 'BENCH1' },
      { tag: 0x00080060, vr: 'CS', value: modality },
      { tag: 0x00100010, vr: 'PN', value: 'BENCH^MARK' },
      { tag: 0x00100020, vr: 'LO', value: 'BENCH1' },
      { tag: 0x00100030, vr: 'DA', value: '19700101' },
      { tag: 0x00100040, vr: 'CS', value: 'O' },
      { tag: 0x0020000d, vr: 'UI', value: of.study },
      { tag: 0x0020000e, vr: 'UI', value: of.series },
      { tag: 0x00200011, vr: 'IS', value: '1' },
      { tag: 0x00200013, vr: 'IS', value: String(of.number) },
      { tag: 0x00280002, vr: 'US', value: samples },
      { tag: 0x00280004, vr: 'CS', value: samples === 3 ? 'RGB' : 'MONOCHROME2' },
      ...(samples === 3 ? [{ tag: 0x00280006, vr: 'US', value: 0 }] : []),
      { tag: 0x00280008, vr: 'IS', value: String(frames) },
      { tag: 0x00280010, vr: 'US', value: rows },
      { tag: 0x00280011, vr: 'US', value: columns },
      { tag: 0x00280100, vr: 'US', value: depth },
      { tag: 0x00280101, vr: 'US', value: depth },
      { tag: 0x00280102, vr: 'US', value: depth - 1 },
      { tag: 0x00280103, vr: 'US', value: 0 },
    ],
    as,
  )
  const pixelBytes = rows * columns * samples * (depth / 8) * frames
  const pixelHead = encodeDataSet([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(0) }], as)
  pixelHead.writeUInt32LE(pixelBytes, 8)
  const metaLength = encodeDataSet([{ tag: 0x00020000, vr: 'UL', value: meta.length }], as)
  const before = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), metaLength, meta, head, pixelHead])
  const handle = openSync(file, 'wx')
  try {
    writeSync(handle, before)
    for (let left = pixelBytes; left > 0; left -= noise.length) writeSync(handle, noise.subarray(0, left))
  } finally {
    closeSync(handle)
  }
  return before.length + pixelBytes
}

/** The same noise each time, so that two runs send the same; nothing on the way is to gain by compressing it. */
const noise = (() => {
  const bytes = Buffer.alloc(1 << 20)
  let seed = 1
  for (let at = 0; at < bytes.length; at += 4) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    bytes.writeUInt32LE(seed, at)
  }
  return bytes
})()
