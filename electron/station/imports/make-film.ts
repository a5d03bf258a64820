import { open } from 'node:fs/promises'
import { videoPhotographicStorage } from '../../../shared/dicom/sop-class.ts'
import { inBoth } from '../../../shared/problems/both-words.ts'
import {
  commonElements,
  encodeMade,
  imageElements,
  type MakingFor,
  madeSopInstanceUid,
  oneFragment,
} from './made-object.ts'
import { type Made, pixelElements } from './make-picture.ts'
import { readMp4, videoTransferSyntaxOf } from './read-mp4.ts'

/** What the one fragment of a film can be, bytes (PS3.5 A.4: an even length of 32 bits). */
const largestFilm = 0xfffffffe

/** An MP4 as Video Photographic Image, PS3.3 A.32.7: the file is streamed into the one fragment, PS3.5 8.2.7. */
export async function makeFromMp4(path: string, making: MakingFor, studyInstanceUid: string): Promise<Made> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > largestFilm) return { kind: 'cannot', reason: inBoth('视频超过 4 GB', 'the film is larger than 4 GB') }
    const video = await readMp4(file, size)
    if (video.kind === 'cannot') return video
    const syntax = videoTransferSyntaxOf(video)
    if (syntax.kind === 'cannot') return syntax
    const frameTime = (video.seconds * 1000) / video.frames
    const raw = video.rows * video.columns * 1.5 * (syntax.bits / 8) * video.frames
    const head = encodeMade([
      ...commonElements(making, 'film'),
      ...imageElements(making, 'DERIVED\\SECONDARY'),
      { tag: 0x00080016, vr: 'UI', value: videoPhotographicStorage },
      { tag: 0x00080060, vr: 'CS', value: 'XC' },
      { tag: 0x00080070, vr: 'LO', value: '' },
      { tag: 0x00180040, vr: 'IS', value: String(Math.max(1, Math.round(1000 / frameTime))) },
      { tag: 0x00180072, vr: 'DS', value: decimal(video.seconds) },
      { tag: 0x00181063, vr: 'DS', value: decimal(frameTime) },
      { tag: 0x00280008, vr: 'IS', value: String(video.frames) },
      { tag: 0x00280009, vr: 'AT', value: Buffer.from('18006310', 'hex') },
      ...pixelElements(
        { ...video, samplesPerPixel: 3, bitsAllocated: syntax.bits === 8 ? 8 : 16 },
        'YBR_PARTIAL_420',
        syntax.bits,
      ),
      { tag: 0x00282110, vr: 'CS', value: '01' },
      { tag: 0x00282112, vr: 'DS', value: decimal(raw / size) },
      { tag: 0x00282114, vr: 'CS', value: video.codec === 'h264' ? 'ISO_14496_10' : 'ISO_23008_2' },
      { tag: 0x00400555, vr: 'SQ', value: [] },
    ])
    return {
      kind: 'made',
      object: {
        sopClassUid: videoPhotographicStorage,
        sopInstanceUid: madeSopInstanceUid(making.dossier.exam.id, making.sha256),
        studyInstanceUid,
        transferSyntaxUid: syntax.uid,
        bytes: () => pieces(path, size, head),
      },
    }
  } finally {
    await file.close()
  }
}

/** DS: at most 16 characters. */
const decimal = (value: number) => String(Number(value.toPrecision(9))).slice(0, 16)

async function* pieces(path: string, size: number, head: Buffer): AsyncGenerator<Buffer> {
  const fragment = oneFragment(size)
  yield head
  yield fragment.head
  const file = await open(path, 'r')
  yield* file.createReadStream({ start: 0, end: Math.max(0, size - 1), highWaterMark: 512 * 1024 })
  yield fragment.tail
}
