import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerBrokenRequest } from './broken-request.ts'

/**
 * How long the sender of a request may bring no byte of its body: as long as a device may be silent in the middle of an object
 * (receiver-limits.ts, `idleInMessage`). A browser that reads a disc or a slow stick pauses for seconds, never for two minutes.
 */
export const uploadSilenceMs = 120_000

const silent = Object.assign(new Error('the sender of a request is silent'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })

/**
 * Ends a request whose sender went silent in the middle of its body (408 REQUEST-SLOW), so that its import or store comes to an end and
 * the next one may begin. How long the whole takes is nobody's limit, and time in which the station itself does not read is not held
 * against the sender.
 */
export function watchUpload(request: IncomingMessage, response: ServerResponse, silenceMs = uploadSilenceMs): void {
  const { headers, socket } = request
  const hasBody = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
  if (!hasBody || request.complete) return
  let before = socket.bytesRead
  let silentSince = performance.now()
  const watch = setInterval(() => {
    if (request.complete || request.destroyed) return clearInterval(watch)
    const isOurTurn = request.readableLength > 0
    if (isOurTurn || socket.bytesRead !== before) {
      before = socket.bytesRead
      silentSince = performance.now()
    } else if (performance.now() - silentSince >= silenceMs) {
      clearInterval(watch)
      // Said in words, should the sender still read; then the connection goes, and whoever reads the body learns that it broke off.
      if (response.headersSent) socket.destroy()
      else answerBrokenRequest(silent, socket)
    }
  }, silenceMs / 8)
  watch.unref()
  request.once('close', () => clearInterval(watch))
}
