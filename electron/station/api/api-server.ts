import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyMultipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { routes } from '../../../shared/api/routes.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { ProblemError } from '../../../shared/problems/problem.ts'
import { createAnswer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { answerBoard } from './board-routes.ts'
import { answerBrokenRequest, serverRefusal } from './broken-request.ts'
import { answerCallbacks } from './callback-routes.ts'
import { answerCharacterSets } from './character-set-routes.ts'
import { answerConflicts } from './conflict-routes.ts'
import { answerCorrections } from './correction-routes.ts'
import { answerDeliveries } from './delivery-routes.ts'
import { answerDestinationCare } from './destination-care-routes.ts'
import { answerDevices } from './device-routes.ts'
import { answerDicomWeb, dicomWebRoutes } from './dicom-web.ts'
import { answerDocuments } from './document-routes.ts'
import { answerEvents } from './event-stream.ts'
import { answerExams } from './exam-routes.ts'
import { guard, safeHeaders } from './guard.ts'
import { answerHealth } from './health-routes.ts'
import { answerImages } from './image-routes.ts'
import { answerImports } from './import-routes.ts'
import { answerInk } from './ink-routes.ts'
import { answerItemMappings } from './item-mapping-routes.ts'
import { answerKeyImages } from './key-image-routes.ts'
import { answerLookups } from './lookup-routes.ts'
import { answerMoves } from './move-routes.ts'
import { openApi } from './open-api.ts'
import { answerPeople } from './people-routes.ts'
import { answerPreflight } from './preflight-routes.ts'
import { answerPrints } from './print-routes.ts'
import { answerQuarantine } from './quarantine-routes.ts'
import { readAway } from './read-away.ts'
import { answerRegistration } from './register-routes.ts'
import { answerReports } from './report-routes.ts'
import { sendProblem } from './send-problem.ts'
import { answerSettings } from './settings-routes.ts'
import { watchUpload } from './silent-upload.ts'
import { answerStaff } from './staff-routes.ts'
import { answerTakeAway } from './take-away-routes.ts'
import { takenMethods } from './taken-methods.ts'
import { answerTraining } from './training-routes.ts'
import { answerTray } from './tray-routes.ts'
import { answerViewer } from './viewer-routes.ts'
import { answerWriting } from './writing-routes.ts'

export type ApiServer = Awaited<ReturnType<typeof createApiServer>>

const mebibyte = 1024 * 1024
const served = [...Object.values(routes), ...dicomWebRoutes]

/** The station's face: the desk's pages and the HTTP API, on this computer only. */
export async function createApiServer(rooms: ApiRooms) {
  const server = fastify({
    logger: false,
    bodyLimit: 2 * mebibyte,
    requestTimeout: 0,
    forceCloseConnections: true,
    frameworkErrors: refuseAddress,
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: 8000 },
  })
  let port = 0
  guard(
    server,
    () => port,
    () => rooms.settings.read().dicomWeb.viewerOrigins,
  )
  server.addHook('onRequest', async (request, reply) => watchUpload(request.raw, reply.raw))
  server.removeContentTypeParser('text/plain')
  await server.register(fastifyMultipart, {
    limits: { fileSize: 4096 * mebibyte, files: 10_000, fields: 20, fieldSize: mebibyte },
  })

  server.setErrorHandler(async (error: FastifyError, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, error.problem)
    const refusal = serverRefusal(error)
    if (refusal?.code === 'TOO-LARGE') await readAway(request.raw)
    if (refusal) return sendProblem(reply, refusal)
    const reference = randomBytes(4).toString('hex')
    rooms.log.error(
      { err: error, reference, route: `${request.method} ${request.routeOptions.url}` },
      'a request failed in a way nobody expected',
    )
    return sendProblem(reply, { code: 'INTERNAL', with: { reference } })
  })
  server.setNotFoundHandler((request, reply) => {
    const taken = takenMethods(served, request.url)
    if (taken.length === 0) return sendProblem(reply, { code: 'NOT-FOUND', with: { what: '这个地址' } })
    const methods = taken.join(', ')
    return sendProblem(reply.header('allow', methods), { code: 'METHOD-REFUSED', with: { methods } })
  })

  const answer = createAnswer(server, rooms.sessions.whoIs)
  answerHealth(answer, rooms)
  answerPeople(answer, rooms)
  answerStaff(answer, rooms)
  answerSettings(answer, rooms)
  answerCharacterSets(answer, rooms)
  answerDevices(answer, rooms)
  answerExams(answer, rooms)
  answerBoard(answer, rooms)
  answerRegistration(answer, rooms)
  answerTray(answer, rooms)
  answerMoves(answer, rooms)
  answerConflicts(answer, rooms)
  answerQuarantine(answer, rooms)
  answerReports(answer, rooms)
  answerWriting(answer, rooms)
  answerDocuments(answer, rooms)
  answerPrints(answer, rooms)
  answerInk(answer, rooms)
  answerImages(answer, rooms)
  answerKeyImages(answer, rooms)
  answerViewer(answer, rooms)
  answerImports(answer, rooms)
  answerTakeAway(answer, rooms)
  answerDeliveries(answer, rooms)
  answerCorrections(answer, rooms)
  answerItemMappings(answer, rooms)
  answerPreflight(answer, rooms)
  answerDestinationCare(answer, rooms)
  answerTraining(answer, rooms)
  answerLookups(answer, rooms)
  answerEvents(answer, rooms)
  answerCallbacks(server, rooms.cloudStatuses)
  await answerDicomWeb(server, rooms)
  server.get('/api/openapi.json', async () => openApi)
  if (existsSync(join(rooms.config.deskFolder, 'index.html'))) {
    await server.register(fastifyStatic, { root: rooms.config.deskFolder, cacheControl: false })
  }

  return {
    /** Listens on 127.0.0.1 only. Throws PORT-IN-USE or PORT-REFUSED. */
    async start(): Promise<{ url: string }> {
      try {
        await server.listen({ host: '127.0.0.1', port: rooms.config.httpPort })
      } catch (error) {
        throw listenProblem(error as NodeJS.ErrnoException, rooms.config.httpPort)
      }
      const address = server.server.address()
      if (address === null || typeof address === 'string') throw new Error('no address to listen on')
      port = address.port
      return { url: `http://127.0.0.1:${port}/` }
    },
    stop: (): Promise<void> => server.close(),
  }
}

/** An address that cannot be decoded is refused before any hook runs. */
function refuseAddress(error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(safeHeaders)
  sendProblem(reply, serverRefusal(error) ?? { code: 'ADDRESS-BROKEN' })
}

function listenProblem(error: NodeJS.ErrnoException, port: number): Error {
  const what = filling('what', inBoth('网页服务', 'web service'))
  const words = { port, host: '127.0.0.1', ...what, flag: 'http-port', detail: error.code ?? '' }
  if (error.code === 'EADDRINUSE') return new ProblemError({ code: 'PORT-IN-USE', with: words })
  if (error.code === 'EACCES') return new ProblemError({ code: 'PORT-REFUSED', with: words })
  return error
}
