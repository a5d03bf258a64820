import type { FastifyInstance } from 'fastify'
import { everyone, images } from '../../../shared/api/route-parts.ts'
import { refuse } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { callOf, type DicomWebRoute, dicomWebRoot } from './dicom-web-call.ts'
import { retrieveFrames } from './dicom-web-frames.ts'
import { retrieveMetadata } from './dicom-web-metadata.ts'
import { searchFor } from './dicom-web-query.ts'
import { retrieveRendered, retrieveThumbnail } from './dicom-web-rendered.ts'
import { retrieveBulkData, retrieveObjects, retrievePixelData } from './dicom-web-retrieve.ts'
import { storeInstances } from './dicom-web-store.ts'
import { sendProblem } from './send-problem.ts'

const study = `${dicomWebRoot}/studies/:study`
const series = `${study}/series/:series`
const instance = `${series}/instances/:instance`

type Handle = DicomWebRoute['handle']
const get = (path: string, summary: string, handle: Handle): DicomWebRoute => ({
  method: 'GET',
  path,
  access: everyone,
  summary,
  handle,
})
const post = (path: string, summary: string, handle: Handle): DicomWebRoute => ({
  method: 'POST',
  path,
  access: images,
  summary,
  handle,
})

/** The Studies Service of PS3.18 chapter 10: every transaction and who may make it. */
export const dicomWebRoutes: readonly DicomWebRoute[] = [
  // QIDO-RS, 10.6
  get(`${dicomWebRoot}/studies`, 'QIDO-RS：查检查', searchFor('STUDY')),
  get(`${dicomWebRoot}/series`, 'QIDO-RS：查序列', searchFor('SERIES')),
  get(`${dicomWebRoot}/instances`, 'QIDO-RS：查图像', searchFor('IMAGE')),
  get(`${study}/series`, 'QIDO-RS：一次检查的序列', searchFor('SERIES')),
  get(`${study}/instances`, 'QIDO-RS：一次检查的图像', searchFor('IMAGE')),
  get(`${series}/instances`, 'QIDO-RS：一个序列的图像', searchFor('IMAGE')),
  // WADO-RS, 10.4
  get(study, 'WADO-RS：一次检查', retrieveObjects),
  get(series, 'WADO-RS：一个序列', retrieveObjects),
  get(instance, 'WADO-RS：一幅图像', retrieveObjects),
  get(`${study}/metadata`, 'WADO-RS：元数据', retrieveMetadata),
  get(`${series}/metadata`, 'WADO-RS：元数据', retrieveMetadata),
  get(`${instance}/metadata`, 'WADO-RS：元数据', retrieveMetadata),
  get(`${instance}/frames/:frames`, 'WADO-RS：帧', retrieveFrames),
  get(`${instance}/bulkdata/*`, 'WADO-RS：大块数据', retrieveBulkData),
  get(`${instance}/pixeldata`, 'WADO-RS：像素数据', retrievePixelData),
  get(`${instance}/rendered`, 'WADO-RS：画成 JPEG、PNG（封装的 PDF 按原样）', retrieveRendered),
  get(`${instance}/frames/:frames/rendered`, 'WADO-RS：把帧画成 JPEG、PNG', retrieveRendered),
  get(`${study}/thumbnail`, 'WADO-RS：缩略图', retrieveThumbnail),
  get(`${series}/thumbnail`, 'WADO-RS：缩略图', retrieveThumbnail),
  get(`${instance}/thumbnail`, 'WADO-RS：缩略图', retrieveThumbnail),
  get(`${instance}/frames/:frames/thumbnail`, 'WADO-RS：缩略图', retrieveThumbnail),
  // STOW-RS, 10.5
  post(`${dicomWebRoot}/studies`, 'STOW-RS：存入影像', storeInstances),
  post(study, 'STOW-RS：存入一次检查的影像', storeInstances),
]

/** Serves DICOMweb with the API's own token; nothing is open without it. */
export async function answerDicomWeb(server: FastifyInstance, rooms: ApiRooms): Promise<void> {
  await server.register(async (scope) => {
    // Bodies are read by the store transaction itself, as they come.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const route of dicomWebRoutes) {
      scope.route({
        method: route.method,
        url: route.path,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
          const user = token ? rooms.sessions.whoIs(token) : undefined
          const refusal = refuse(route, user)
          if (refusal || !user) return sendProblem(reply, refusal ?? { code: 'LOGIN-NEEDED' })
          const outcome = await route.handle(callOf(request, reply, user), rooms)
          return outcome.ok ? reply : sendProblem(reply, outcome.problem)
        },
      })
    }
  })
}
