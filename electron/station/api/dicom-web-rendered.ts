import { Readable } from 'node:stream'
import { encapsulatedPdfStorage } from '../../../shared/dicom/sop-class.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { filling } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { bulkDataOf } from '../archive/bulk-data.ts'
import type { RenderOptions } from '../pictures/render-frame.ts'
import { unreadableWords } from '../pictures/unreadable-words.ts'
import type { ApiRooms } from './api-rooms.ts'
import { chooseOffer } from './dicom-web-accept.ts'
import { answeredAlready, type DicomWebCall, instancesNamed, notAcceptable } from './dicom-web-call.ts'
import { framesOf } from './dicom-web-frames.ts'
import { multipartAnswer } from './dicom-web-multipart.ts'
import { isAnsweredAsUnchanged } from './unchanged.ts'

const encapsulatedDocument = 0x00420011
const thumbnailSize = 128

/** Retrieve rendered instance or frames (PS3.18 10.4.1.1.3): JPEG or PNG. Of several frames, the first unless the address names some. */
export async function retrieveRendered(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  const instance = named.value[0]!
  if (instance.sopClassUid === encapsulatedPdfStorage) return renderedPdf(call, rooms, instance)
  const frames = framesOf(call.params.frames ?? '1')
  if (!frames) return fail('BAD-REQUEST', { detail: 'frames/1,2,3' })
  if (frames.some((frame) => frame > instance.numberOfFrames)) return fail('NOT-FOUND', { what: '这一帧' })
  return sendPictures(call, rooms, instance, frames)
}

/** Retrieve thumbnail of a study, series or instance (PS3.18 10.4.1.1.4): the middle of what it stands for. */
export async function retrieveThumbnail(call: DicomWebCall, rooms: ApiRooms): Promise<Outcome<void>> {
  const named = instancesNamed(call, rooms)
  if (!named.ok) return named
  const images = named.value.filter(({ rows, columns }) => rows > 0 && columns > 0)
  const firstSeries = images.filter(({ seriesInstanceUid }) => seriesInstanceUid === images[0]?.seriesInstanceUid)
  const instance = firstSeries[Math.floor(firstSeries.length / 2)]
  if (!instance) return fail('NOT-FOUND', { what: '可以显示的图像' })
  const frames = framesOf(call.params.frames ?? String(Math.floor(instance.numberOfFrames / 2) + 1))
  if (!frames || frames.length > 1) return fail('BAD-REQUEST', { detail: 'frames/1/thumbnail' })
  if (frames[0]! > instance.numberOfFrames) return fail('NOT-FOUND', { what: '这一帧' })
  return sendPictures(call, rooms, instance, frames, thumbnailSize)
}

async function sendPictures(
  call: DicomWebCall,
  { renderFrame }: ApiRooms,
  instance: InstanceFacts,
  frames: readonly number[],
  size?: number,
): Promise<Outcome<void>> {
  const offers = [{ mediaType: 'image/jpeg' }, { mediaType: 'image/png' }] as const
  const chosen = chooseOffer(call.accepted, offers, frames.length === 1)
  if (!chosen) return notAcceptable(offers.map(({ mediaType }) => mediaType))
  const asked = renderingOf(call.query, instance)
  if (!asked.ok) return asked
  const format = chosen.offer.mediaType === 'image/png' ? 'png' : 'jpeg'
  const isSingle = frames.length === 1 && !call.accepted.some(({ type }) => type === 'multipart/related')
  const of = [instance.versionId, format, String(isSingle), frames.join(), String(size)]
  if (await isAnsweredAsUnchanged(call.request, call.reply, of)) return answeredAlready
  const options: RenderOptions = { size, ...asked.value, format }
  const first = await renderFrame(instance.id, frames[0]! - 1, options)
  if (first.kind === 'cannot') return fail('PIXELS-UNREADABLE', filling('detail', unreadableWords(first.reason)))
  if (isSingle) {
    await call.reply.type(first.contentType).send(first.bytes)
    return answeredAlready
  }
  const pictures = async function* () {
    for (const [index, frame] of frames.entries()) {
      const picture = index === 0 ? first : await renderFrame(instance.id, frame - 1, options)
      if (picture.kind === 'cannot') throw new Error(picture.reason)
      yield {
        contentType: picture.contentType,
        body: async function* () {
          yield picture.bytes
        },
      }
    }
  }
  const { contentType, stream } = multipartAnswer(chosen.offer.mediaType, pictures())
  await call.reply.type(contentType).send(stream)
  return answeredAlready
}

type Asked = Pick<RenderOptions, 'size' | 'windowCenter' | 'windowWidth' | 'windowFunction' | 'quality'>

/** Pure: viewport, window and quality (PS3.18 8.3.5); annotations are not drawn. */
export function renderingOf(
  query: ReadonlyMap<string, readonly string[]>,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Outcome<Asked> {
  const numbers = (name: string) => query.get(name)?.at(-1)?.split(',')
  const viewport = numbers('viewport')
  const window = numbers('window')
  const quality = query.get('quality')?.at(-1)
  const wrong = (detail: string) => fail('BAD-REQUEST', { detail })
  let asked: Asked = {}
  if (viewport) {
    const [width = 0, height = 0] = viewport.slice(0, 2).map(Number)
    if (viewport.length !== 2) return wrong('viewport: only width,height')
    if (!(width >= 1 && height >= 1 && width <= 16384 && height <= 16384)) return wrong('viewport=width,height')
    const ratio = Math.min(width / Math.max(columns, 1), height / Math.max(rows, 1))
    asked = { ...asked, size: Math.max(1, Math.floor(Math.max(rows, columns) * ratio)) }
  }
  if (window) {
    const [center = Number.NaN, width = Number.NaN] = window.slice(0, 2).map(Number)
    const windowFunction = voiFunctions[window[2]?.toLowerCase() ?? 'linear']
    if (window.length > 3 || !Number.isFinite(center) || !(width > 0) || !windowFunction)
      return wrong('window=center,width,linear|linear-exact|sigmoid')
    asked = { ...asked, windowCenter: center, windowWidth: width, windowFunction }
  }
  if (quality !== undefined) {
    const value = Number(quality)
    if (!(value >= 1 && value <= 100)) return wrong('quality=1–100')
    asked = { ...asked, quality: value }
  }
  return ok(asked)
}

const voiFunctions: Readonly<Record<string, NonNullable<RenderOptions['windowFunction']>>> = {
  linear: 'LINEAR',
  'linear-exact': 'LINEAR_EXACT',
  sigmoid: 'SIGMOID',
}

async function renderedPdf(call: DicomWebCall, { archive }: ApiRooms, instance: InstanceFacts): Promise<Outcome<void>> {
  const offers = [{ mediaType: 'application/pdf' }]
  if (!chooseOffer(call.accepted, offers, true)) return notAcceptable(['application/pdf'])
  const stored = archive.dataSetOf(instance.id)
  const found = stored && (await bulkDataOf(stored, [encapsulatedDocument]).catch(() => undefined))
  if (found?.kind !== 'value') return fail('WEB-FILE-MISSING')
  await call.reply.type('application/pdf').send(Readable.from(found.read(), { objectMode: false }))
  return answeredAlready
}
