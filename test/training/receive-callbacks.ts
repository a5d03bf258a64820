import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CallbackOutcome } from '../../shared/clouds/aimis/status-callback.ts'

/** A stand-in for the station's listener: answers each callback as `decide` says. */
export async function receiveCallbacks(
  decide: (call: { readonly headers: IncomingHttpHeaders; readonly body: unknown }) => CallbackOutcome,
) {
  const outcomes: CallbackOutcome[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const outcome = decide({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
    outcomes.push(outcome)
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(outcome.answer))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    outcomes,
    stop: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
