import { routes } from '../../../shared/api/routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { gatherTakeAway, type TakeAwayDeps } from '../documents/take-away.ts'
import { writeTakeAway } from '../documents/take-away-folder.ts'
import { takeAwayIso, takeAwayZip } from '../documents/take-away-stream.ts'
import { originalCopy } from '../uploads/copy-to-send.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** Longest side of the pictures, pixels: for looking at, not for diagnosis. */
const pictureSize = 2048

export function answerTakeAway(answer: Answer, rooms: ApiRooms): void {
  const { archive, audit, clock, config, documents, readDossier } = rooms
  const deps: TakeAwayDeps = {
    clock,
    dossierOf: readDossier,
    studies: archive.studies,
    storedFileOf: archive.dataSetOf,
    async isUnaltered({ id }) {
      const stored = archive.dataSetOf(id)
      const made = stored && (await originalCopy(stored))
      if (made?.kind === 'made') return true
      const isMissing = !made || made.reason.code === 'COPY-FILE-MISSING'
      archive.alarmUnusable(id, isMissing ? 'missing' : 'altered')
      return false
    },
    pictureOf: (id, frame) => rooms.renderFrame(id, frame, { format: 'jpeg', size: pictureSize }),
    reportPdf: (dossier) => documents.reportPdf(dossier),
  }
  const record = (actor: string, examId: string, form: string, files: number, bytes: number) =>
    audit.record({
      actor,
      action: 'take-away',
      subjectKind: 'exam',
      subjectId: examId,
      details: { form, files, bytes },
    })

  answer(routes.takeAway, async ({ params, reply, user }) => {
    const { id, form } = params as { id: string; form: string }
    if (form !== 'zip' && form !== 'iso') return fail('NOT-FOUND', { what: '这个地址' })
    const gathered = await gatherTakeAway(deps, id)
    if (!gathered.ok) return gathered
    const { name, files, bytes } = gathered.value
    const iso = form === 'iso' ? takeAwayIso(gathered.value) : undefined
    if (iso && !iso.ok) return iso
    record(user.username, id, form, files.length, bytes)
    reply.header('cache-control', 'no-store')
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${form}`)}`)
    if (iso)
      await reply.type('application/x-iso9660-image').header('content-length', iso.value.size).send(iso.value.stream)
    else await reply.type('application/zip').send(takeAwayZip(gathered.value))
    return ok(answered)
  })

  answer(routes.takeAwayFolder, async ({ params, body, user }) => {
    const gathered = await gatherTakeAway(deps, params.id!)
    if (!gathered.ok) return gathered
    const written = await writeTakeAway(gathered.value, body.folder, config.dataFolder)
    if (written.ok) record(user.username, params.id!, 'folder', written.value.files, written.value.bytes)
    return written
  })
}
