import type { FileHandle } from 'node:fs/promises'
import { h264Level41, h264Level42, hevcMain, hevcMain10 } from '../../../shared/dicom/transfer-syntax.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'

export type VideoFacts = {
  readonly kind: 'video'
  readonly codec: 'h264' | 'hevc'
  readonly profile: number
  /** H.264: ten times the level; HEVC: thirty times. */
  readonly level: number
  /** H.264: the constraint flags of the decoder configuration. */
  readonly compatibility: number
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** Of the film, seconds. */
  readonly seconds: number
}
export type VideoOutcome = VideoFacts | { readonly kind: 'cannot'; readonly reason: BothWords }

type Box = { readonly type: string; readonly start: number; readonly end: number }

/** moov describes; what is larger than this describes too much. */
const largestMoov = 64 * 1024 * 1024
const cannot = (reason: BothWords) => ({ kind: 'cannot', reason }) as const

const badDirectory = inBoth('视频的目录不完整', 'the directory of the film is cut short')
const fragmented = inBoth(
  '分段的 MP4（fragmented），请用播放器或剪辑软件另存为普通 MP4',
  'a fragmented MP4; save it as a plain one with a player or an editor',
)

/** What an MP4 (ISO/IEC 14496-12) says of its film, from its boxes; the film itself is not read. */
export async function readMp4(file: FileHandle, size: number): Promise<VideoOutcome> {
  let at = 0
  const head = Buffer.alloc(16)
  for (let boxes = 0; at + 8 <= size && boxes < 10_000; boxes++) {
    const { bytesRead } = await file.read(head, 0, 16, at)
    if (bytesRead < 8) break
    const type = head.toString('latin1', 4, 8)
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - at : short
    if (!Number.isSafeInteger(length) || length < 8 || at + length > size)
      return cannot(inBoth('视频文件不完整', 'the film is cut short'))
    if (type === 'moof') return cannot(fragmented)
    if (type === 'moov') {
      if (length > largestMoov) return cannot(inBoth('视频的目录过大', 'its directory is too large'))
      const moov = Buffer.alloc(length)
      await file.read(moov, 0, length, at)
      return readMoov(moov, short === 1 ? 16 : 8)
    }
    at += length
  }
  return cannot(inBoth('视频文件里没有目录（moov）', 'it has no directory (moov)'))
}

/** Pure. `start`: where the first inner box begins. */
export function readMoov(moov: Buffer, start = 8): VideoOutcome {
  const inside = boxesIn(moov, start, moov.length)
  if (inside.some((box) => box.type === 'mvex')) return cannot(fragmented)
  const films = inside
    .filter((box) => box.type === 'trak')
    .map((track) => readTrack(moov, track))
    .filter((track) => track !== undefined)
  if (films.length !== 1)
    return cannot(
      films.length === 0
        ? inBoth('文件里没有视频', 'it holds no film')
        : inBoth('文件里有多路视频', 'it holds several films'),
    )
  return films[0]!
}

function readTrack(moov: Buffer, track: Box): VideoOutcome | undefined {
  const media = child(moov, track, 'mdia')
  const handler = media && child(moov, media, 'hdlr')
  if (!handler || moov.toString('latin1', handler.start + 8, handler.start + 12) !== 'vide') return undefined
  const times = child(moov, media, 'mdhd')
  const table = descend(moov, media, 'minf', 'stbl')
  const descriptions = table && child(moov, table, 'stsd')
  const sizes = table && child(moov, table, 'stsz')
  if (!times || !descriptions || !sizes || sizes.end - sizes.start < 12) return cannot(badDirectory)
  const isLong = moov[times.start] === 1
  if (times.end - times.start < (isLong ? 32 : 20)) return cannot(badDirectory)
  const timescale = moov.readUInt32BE(times.start + (isLong ? 20 : 12))
  const duration = isLong ? Number(moov.readBigUInt64BE(times.start + 24)) : moov.readUInt32BE(times.start + 16)
  const frames = moov.readUInt32BE(sizes.start + 8)
  const entry = boxesIn(moov, descriptions.start + 8, descriptions.end)[0]
  if (!entry || entry.end - entry.start < 78) return cannot(badDirectory)
  if (timescale === 0 || duration === 0 || frames === 0)
    return cannot(inBoth('视频没有画面或时长', 'the film has no pictures or no length'))
  const common = {
    kind: 'video',
    columns: moov.readUInt16BE(entry.start + 24),
    rows: moov.readUInt16BE(entry.start + 26),
    frames,
    seconds: duration / timescale,
  } as const
  if (common.columns === 0 || common.rows === 0) return cannot(inBoth('视频没有画面尺寸', 'the film has no size'))
  const inner = boxesIn(moov, entry.start + 78, entry.end)
  const configuration = inner.find((box) => box.type === 'avcC' || box.type === 'hvcC')
  if ((entry.type === 'avc1' || entry.type === 'avc3') && configuration?.type === 'avcC') {
    if (configuration.end - configuration.start < 4) return cannot(badDirectory)
    const [, profile, compatibility, level] = moov.subarray(configuration.start, configuration.start + 4)
    return { ...common, codec: 'h264', profile: profile!, compatibility: compatibility!, level: level! }
  }
  if ((entry.type === 'hvc1' || entry.type === 'hev1') && configuration?.type === 'hvcC') {
    if (configuration.end - configuration.start < 13) return cannot(badDirectory)
    const profile = moov[configuration.start + 1]! & 0x1f
    return { ...common, codec: 'hevc', profile, compatibility: 0, level: moov[configuration.start + 12]! }
  }
  const coding = entry.type.replace(/[^\x20-\x7e]/gu, '?')
  return cannot(inBoth(`编码 ${coding} 不是 H.264 或 H.265`, `its coding ${coding} is neither H.264 nor H.265`))
}

/** The boxes between two places. A box of 0 length reaches to the end; one that reaches beyond it ends the list. */
function boxesIn(bytes: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = []
  let at = start
  while (at + 8 <= end && boxes.length < 10_000) {
    const short = bytes.readUInt32BE(at)
    const isLong = short === 1 && at + 16 <= end
    const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short
    if (length < (isLong ? 16 : 8) || at + length > end) break
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + (isLong ? 16 : 8), end: at + length })
    at += length
  }
  return boxes
}

const child = (bytes: Buffer, box: Box, type: string) =>
  boxesIn(bytes, box.start, box.end).find((one) => one.type === type)

function descend(bytes: Buffer, box: Box, ...types: readonly string[]): Box | undefined {
  let found: Box | undefined = box
  for (const type of types) found = found && child(bytes, found, type)
  return found
}

/** PS3.5 A.4.6 to A.4.11: the transfer syntax that such a stream may carry, or why there is none. */
export function videoTransferSyntaxOf(
  video: VideoFacts,
):
  | { readonly kind: 'syntax'; readonly uid: string; readonly bits: 8 | 10 }
  | { readonly kind: 'cannot'; readonly reason: BothWords } {
  const syntax = (uid: string, bits: 8 | 10 = 8) => ({ kind: 'syntax', uid, bits }) as const
  if (video.codec === 'hevc') {
    if (video.level > 153)
      return cannot(inBoth(`H.265 级别 ${video.level / 30} 高于 5.1`, `H.265 level ${video.level / 30} is above 5.1`))
    if (video.profile === 1) return syntax(hevcMain)
    if (video.profile === 2) return syntax(hevcMain10, 10)
    return cannot(
      inBoth(`H.265 档次 ${video.profile} 不在 DICOM 之内`, `H.265 profile ${video.profile} is none of DICOM`),
    )
  }
  // Main and constrained baseline streams are within what a High Profile decoder reads (ITU-T H.264 A.2).
  const isHigh =
    video.profile === 100 || video.profile === 77 || (video.profile === 66 && (video.compatibility & 0x40) !== 0)
  if (!isHigh)
    return cannot(
      inBoth(`H.264 档次 ${video.profile} 不在 DICOM 之内`, `H.264 profile ${video.profile} is none of DICOM`),
    )
  if (video.level <= 41) return syntax(h264Level41)
  if (video.level <= 42) return syntax(h264Level42)
  return cannot(inBoth(`H.264 级别 ${video.level / 10} 高于 4.2`, `H.264 level ${video.level / 10} is above 4.2`))
}
