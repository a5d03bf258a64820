import type { FastifyRequest } from 'fastify'
import { routes } from '../../../shared/api/routes.ts'
import type { RequestSlip } from '../../../shared/models/registration.ts'
import { describeProblem, fail, type Outcome, ok, ProblemError } from '../../../shared/problems/problem.ts'
import { slipLimits } from '../exams/request-slip-content.ts'
import type { ImportItem } from '../imports/import-item.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { readUpload } from './read-upload.ts'

type Refused = { file: string; code: string; message: string; action: string; english: string; englishAction: string }

export function answerRegistration(answer: Answer, rooms: ApiRooms): void {
  const { exams, requestSlips } = rooms

  answer(routes.visitRegister, ({ body, user }) => {
    const written = exams.registerVisit(body, user.username)
    return written.ok ? ok({ exams: written.value }) : written
  })
  answer(routes.returningPatients, ({ body }) =>
    ok(
      exams.findReturning(body).map(({ patient, reasons, lastExams }) => ({
        patient,
        reasons,
        lastExams: lastExams.map((exam) => ({
          id: exam.id,
          accessionNumber: exam.accessionNumber,
          registeredAt: exam.registeredAt,
          modality: exam.modality,
          itemCode: exam.itemCode,
          itemName: exam.itemName,
          state: rooms.boardFacts.now(exam.id)?.state ?? 'registered',
        })),
      })),
    ),
  )
  answer(routes.itemsInUse, ({ query, user }) => ok(exams.itemsInUse(user.username, query.modality)))

  answer(routes.slipList, ({ params }) =>
    rooms.exams.read(params.id!) ? ok(requestSlips.ofExam(params.id!)) : fail('NOT-FOUND', { what: '检查' }),
  )
  /** Each picture stands for itself: one that is refused says why and does not hold up the others. */
  answer(routes.slipAdd, async ({ params, request, user }) => {
    const may = requestSlips.mayAdd(params.id!)
    if (!may.ok) return may
    if (!request.isMultipart()) return fail('BAD-REQUEST', { detail: 'multipart/form-data' })
    return takeSlips(request, params.id!, user.username)
  })
  answer(routes.slipImage, async ({ params, reply }) => {
    const found = await requestSlips.read(params.id!)
    if (!found.ok) return found
    await reply.type(found.value.mediaType).header('cache-control', 'private, max-age=3600').send(found.value.bytes)
    return ok(answered)
  })
  answer(routes.slipRemove, ({ params, body, user }) => requestSlips.remove(params.id!, body.reason, user.username))
  answer(routes.slipErase, ({ params, body, user }) => requestSlips.erase(params.id!, body.reason, user.username))

  async function takeSlips(
    request: FastifyRequest,
    examId: string,
    actor: string,
  ): Promise<Outcome<{ added: RequestSlip[]; refused: Refused[] }>> {
    const added: RequestSlip[] = []
    const refused: Refused[] = []
    try {
      const upload = await readUpload(request)
      for await (const item of upload.items()) {
        const bytes = await bytesOf(item)
        const outcome = bytes
          ? await requestSlips.add(examId, item.name, bytes, actor)
          : requestSlips.tooLarge(item.name)
        if (outcome.ok) {
          added.push(outcome.value)
          continue
        }
        const { status: _, ...words } = describeProblem(outcome.problem)
        refused.push({ file: item.name, ...words })
      }
    } catch (error) {
      if (error instanceof ProblemError) return { ok: false, problem: error.problem }
      throw error
    }
    return ok({ added, refused })
  }
}

/** The whole picture, or undefined as soon as it is larger than one may be. */
async function bytesOf(item: ImportItem): Promise<Buffer | undefined> {
  if (item.kind !== 'file') return undefined
  const parts: Buffer[] = []
  let size = 0
  for await (const part of await item.open()) {
    size += part.length
    if (size > slipLimits.bytes) return undefined
    parts.push(Buffer.from(part))
  }
  return Buffer.concat(parts)
}
