import { routes } from '../../../shared/api/routes.ts'
import { filling } from '../../../shared/problems/both-words.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { frameHead, throughModalityLut } from '../pictures/frame-head.ts'
import { unreadableWords } from '../pictures/unreadable-words.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { isAnsweredAsUnchanged } from './unchanged.ts'

/** One frame: 4 bytes little-endian length of the head, the head as JSON, then raw little-endian pixels, then the bits of overlays. */
export function answerImages(answer: Answer, { archive, pixels, renderFrame }: ApiRooms): void {
  /** An instance is the version that is chosen now; a version is always itself. */
  const bytesNamed = (id: string) => archive.instance(id)?.versionId ?? id

  answer(routes.frame, async ({ params, request, reply }) => {
    const frame = Number(params.frame)
    // A version's id too: staff look at both before they choose.
    if (!archive.dataSetOf(params.id!) || !Number.isInteger(frame) || frame < 0)
      return fail('NOT-FOUND', { what: '这幅图像' })
    if (await isAnsweredAsUnchanged(request, reply, [bytesNamed(params.id!)])) return ok(answered)
    const isWanted = () => !request.raw.socket.destroyed
    const read = await pixels.readFrame(params.id!, frame, isWanted)
    if (read.kind === 'cannot') return fail('PIXELS-UNREADABLE', filling('detail', unreadableWords(read.reason)))
    const image = throughModalityLut(read)
    const json = Buffer.from(JSON.stringify(frameHead(image)))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(json.length)
    await reply
      .type('application/octet-stream')
      .send(Buffer.concat([length, json, image.pixels, ...image.overlays.map(({ bits }) => bits)]))
    return ok(answered)
  })

  answer(routes.rendered, async ({ params, query, request, reply }) => {
    const frame = Number(params.frame)
    const instance = archive.instance(params.id!)
    const isThere = instance ? frame < instance.numberOfFrames : archive.dataSetOf(params.id!) !== undefined
    if (!isThere || !Number.isInteger(frame) || frame < 0) return fail('NOT-FOUND', { what: '这幅图像' })
    if (await isAnsweredAsUnchanged(request, reply, [bytesNamed(params.id!)])) return ok(answered)
    const rendered = await renderFrame(params.id!, frame, query)
    if (rendered.kind === 'cannot')
      return fail('PIXELS-UNREADABLE', filling('detail', unreadableWords(rendered.reason)))
    await reply.type(rendered.contentType).send(rendered.bytes)
    return ok(answered)
  })
}
