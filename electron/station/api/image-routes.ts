import { routes } from '../../../shared/api/routes.ts'
import type { FrameHead } from '../../../shared/api/views.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** One frame: 4 bytes little-endian length of the head, the head as JSON, then raw little-endian pixels. */
export function answerImages(answer: Answer, { archive }: ApiRooms): void {
  answer(routes.frame, async ({ params, reply }) => {
    const frame = Number(params.frame)
    if (!archive.instance(params.id!) || !Number.isInteger(frame) || frame < 0)
      return fail('NOT-FOUND', { what: '这幅图像' })
    const read = await archive.readFrame(params.id!, frame)
    if (read.kind === 'cannot') return fail('PIXELS-UNREADABLE', { detail: read.reason })
    const { pixels, ...rest } = read.image
    const head: FrameHead = rest
    const json = Buffer.from(JSON.stringify(head))
    const length = Buffer.alloc(4)
    length.writeUInt32LE(json.length)
    await reply
      .type('application/octet-stream')
      .header('cache-control', 'private, max-age=3600')
      .send(Buffer.concat([length, json, pixels]))
    return ok(answered)
  })
}
