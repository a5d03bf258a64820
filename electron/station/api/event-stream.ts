import { routes } from '../../../shared/api/routes.ts'
import { ok } from '../../../shared/problems/problem.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const heartbeatMilliseconds = 20_000

/** Server-sent events: says that something changed, never what; whoever watches asks again. */
export function answerEvents(answer: Answer, { events }: ApiRooms): void {
  answer(routes.events, ({ reply }) => {
    reply.hijack()
    const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    )
    reply.raw.writeHead(200, {
      ...Object.fromEntries(headers),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    reply.raw.write(': connected\n\n')
    const unwatch = events.watch((event) => reply.raw.write(`data: ${JSON.stringify(event)}\n\n`))
    const heartbeat = setInterval(() => reply.raw.write(': still here\n\n'), heartbeatMilliseconds)
    reply.raw.on('close', () => {
      unwatch()
      clearInterval(heartbeat)
    })
    return ok(answered)
  })
}
