import type { FastifyInstance } from 'fastify'
import type { CloudStatuses } from '../uploads/cloud-status.ts'
import { callbackPath, largestCallback } from './callback-path.ts'
import { sendProblem } from './send-problem.ts'

/**
 * The clouds' callbacks on the station's own address: for a proxy on this computer. They come from a program, so they carry no login
 * and may carry any Origin; what counts is their signature. Host is checked like everybody's.
 */
export function answerCallbacks(server: FastifyInstance, cloudStatuses: CloudStatuses): void {
  server.post<{ Params: { destinationId: string } }>(`${callbackPath}:destinationId`, {
    bodyLimit: largestCallback,
    errorHandler: (_error, request, reply) => {
      const { destinationId } = request.params as { destinationId: string }
      if (cloudStatuses.isListening(destinationId)) reply.code(200).send({ code: 20030, message: '格式不合法' })
      else sendProblem(reply, { code: 'NOT-FOUND', with: { what: '这个地址' } })
    },
    handler: async (request, reply) => {
      const answer = cloudStatuses.receive(request.params.destinationId, request.headers, request.body)
      if (!answer) return sendProblem(reply, { code: 'NOT-FOUND', with: { what: '这个地址' } })
      return reply.header('cache-control', 'no-store').send(answer)
    },
  })
}
