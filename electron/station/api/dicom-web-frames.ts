import { explicitVrLittleEndian, transferSyntaxOf } from '../../../shared/dicom/transfer-syntax.ts'
import { filling } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome } from '../../../shared/problems/problem.ts'
import type { StoredFrame } from '../pictures/locate-pixels.ts'
import { packBits } from '../pictures/one-bit-pixels.ts'
import { unreadableWords } from '../pictures/unreadable-words.ts'
import type { ApiRooms } from './api-rooms.ts'
import { chooseOffer, type Offer } from './dicom-web-accept.ts'
import { answeredAlready, type DicomWebCall, instancesNamed, instanceUrl, notAcceptable } from './dicom-web-call.ts'
import { multipartAnswer, type Part } from './dicom-web-multipart.ts'
import { isAnsweredAsUnchanged } from './unchanged.ts'

const mostFrames = 2000

type FrameOffer = Offer & { readonly how: 'stored' | 'decoded'; readonly partType: string }

/**
 * Retrieve frames (PS3.18 10.4.1.1.6), numbered from 1 in the address. Compressed frames are given as they are stored to whoever takes
 * that media type, or application/octet-stream in any transfer syntax (as OHIF asks); else decoded, little endian.
 */
export async function retrieveFrames(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  const instance = named.value[0]!
  const frames = framesOf(call.params.frames ?? '')
  if (!frames) return fail('BAD-REQUEST', { detail: `frames/1,2,3 (1–${mostFrames})` })
  if (frames.some((frame) => frame > instance.numberOfFrames)) return fail('NOT-FOUND', { what: '这一帧' })

  const first = await rooms.pixels.storedFrame(instance.id, frames[0]! - 1)
  if (first.kind === 'cannot') return fail('PIXELS-UNREADABLE', filling('detail', unreadableWords(first.reason)))
  const offers = offersOf(first)
  const chosen = chooseOffer(call.accepted, offers, frames.length === 1)
  if (!chosen) return notAcceptable(offers.map(({ partType }) => partType))
  const { how, mediaType, partType } = chosen.offer
  const of = [instance.versionId, partType, String(chosen.isMultipart)]
  if (await isAnsweredAsUnchanged(call.request, call.reply, of)) return answeredAlready
  const bytesOf = (stored: StoredFrame) => (how === 'stored' ? storedBytes(stored) : decodedBytes(rooms, stored))

  const firstBytes = await bytesOf(first)
  if (typeof firstBytes === 'string') return fail('PIXELS-UNREADABLE', filling('detail', unreadableWords(firstBytes)))
  if (!chosen.isMultipart) {
    await call.reply.type(partType).send(Buffer.from(firstBytes.buffer, firstBytes.byteOffset, firstBytes.length))
    return answeredAlready
  }
  async function* parts(): AsyncGenerator<Part> {
    for (const [index, frame] of frames!.entries()) {
      const bytes = index === 0 ? (firstBytes as Uint8Array) : await laterBytes(frame)
      const contentLocation = `${instanceUrl(call.request, instance)}/frames/${frame}`
      yield { contentType: partType, contentLocation, body: () => once(bytes) }
    }
  }
  /** What has begun cannot become an error any more: the connection is broken off, so that nobody takes it for whole. */
  async function laterBytes(frame: number): Promise<Uint8Array> {
    const stored = await rooms.pixels.storedFrame(instance.id, frame - 1)
    const bytes = stored.kind === 'cannot' ? stored.reason : await bytesOf(stored)
    if (typeof bytes === 'string') throw new Error(bytes)
    return bytes
  }
  const { contentType, stream } = multipartAnswer(mediaType, parts())
  await call.reply.type(contentType).send(stream)
  return answeredAlready
}

/** '1', '1,2,5' → frame numbers; undefined for anything else. */
export function framesOf(list: string): readonly number[] | undefined {
  const frames = list.split(',').map((one) => (/^[1-9]\d{0,8}$/.test(one.trim()) ? Number(one) : Number.NaN))
  return frames.length > mostFrames || frames.some(Number.isNaN) ? undefined : frames
}

const octets = 'application/octet-stream'

function offersOf(frame: StoredFrame): readonly FrameOffer[] {
  const asDecoded = {
    how: 'decoded',
    mediaType: octets,
    transferSyntax: explicitVrLittleEndian,
    partType: `${octets};transfer-syntax=${explicitVrLittleEndian}`,
  } as const
  if (frame.kind === 'native') return [{ ...asDecoded, how: 'stored' }]
  const { transferSyntaxUid: transferSyntax } = frame
  const own = transferSyntaxOf(transferSyntax).mediaType ?? octets
  const stored = (mediaType: string): FrameOffer => ({
    how: 'stored',
    mediaType,
    transferSyntax,
    partType: `${mediaType};transfer-syntax=${transferSyntax}`,
  })
  return [stored(own), ...(own === octets ? [] : [stored(octets)]), asDecoded]
}

function storedBytes({ kind, bytes, image }: StoredFrame): Uint8Array {
  return kind === 'native' && image.bitsAllocated === 1 ? packBits(bytes) : bytes
}

async function decodedBytes({ pixels }: ApiRooms, stored: StoredFrame): Promise<Uint8Array | string> {
  const decoded = await pixels.decodedFrame(stored)
  return decoded.kind === 'cannot' ? decoded.reason : decoded.bytes
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
