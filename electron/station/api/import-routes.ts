import { routes } from '../../../shared/api/routes.ts'
import { fail, type Outcome, ok, ProblemError } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { readUpload, type Upload } from './read-upload.ts'

type AttachAnswer = {
  taken: { file: string; sopInstanceUid: string }[]
  refused: { file: string; code: string; message: string; action: string; english: string; englishAction: string }[]
}

export function answerImports(answer: Answer, { imports, exams }: ApiRooms): void {
  const found = <T>(job: T | undefined): Outcome<T> => (job ? ok(job) : fail('NOT-FOUND', { what: '这次导入' }))

  function mayImportInto(examId: string): Outcome<true> {
    const exam = exams.read(examId)?.exam
    if (!exam) return fail('NOT-FOUND', { what: '检查' })
    return exam.cancelled ? fail('EXAM-CANCELLED') : ok(true)
  }

  /** The answer comes when the last file is dealt with; who wants to watch asks for the job meanwhile. */
  answer(routes.importFiles, async ({ request, user }) => {
    if (!request.isMultipart()) return fail('BAD-REQUEST', { detail: 'multipart/form-data' })
    const opened = await uploadOf(request)
    if (!opened.ok) return opened
    const upload = opened.value
    const examId = upload.fields.get('examId') || null
    const may = examId === null ? ok(true as const) : mayImportInto(examId)
    if (!may.ok) return refuseUpload(upload, may)
    const started = imports.start({ source: upload.firstName, examId, actor: user.username }, upload.items)
    if (!started.ok) return refuseUpload(upload, started)
    await started.value.ended
    return found(imports.read(started.value.id))
  })

  answer(routes.importFolder, ({ body, user }) => {
    const may = body.examId === undefined ? ok(true as const) : mayImportInto(body.examId)
    return may.ok ? imports.startFromPlace(body.path, body.examId ?? null, user.username) : may
  })
  answer(routes.importList, () => ok(imports.list()))
  answer(routes.importRead, ({ params }) => found(imports.read(params.id!)))
  answer(routes.importCancel, ({ params }) => found(imports.cancel(params.id!)))

  /** Each file stands for itself: one that is refused says why and does not hold up the others. */
  answer(routes.examAttach, async ({ params, request, user }) => {
    const examId = params.id!
    const may = mayImportInto(examId)
    if (!may.ok) return may
    if (!request.isMultipart()) return fail('BAD-REQUEST', { detail: 'multipart/form-data' })
    const opened = await uploadOf(request)
    if (!opened.ok) return opened
    const attached: AttachAnswer = { taken: [], refused: [] }
    const started = imports.start(
      {
        source: opened.value.firstName,
        examId,
        actor: user.username,
        onFile: ({ name, outcome, sopInstanceUid, code, message, action, english, englishAction }) => {
          if (outcome === 'skipped' || outcome === 'refused' || sopInstanceUid === null)
            attached.refused.push({ file: name, code, message, action, english, englishAction })
          else attached.taken.push({ file: name, sopInstanceUid })
        },
      },
      opened.value.items,
      { isSmall: true },
    )
    if (!started.ok) return started
    await started.value.ended
    const problem = imports.read(started.value.id)?.problem
    if (problem) attached.refused.push({ file: opened.value.firstName, ...problem })
    return ok(attached)
  })
}

async function uploadOf(request: Parameters<typeof readUpload>[0]): Promise<Outcome<Upload>> {
  try {
    return ok(await readUpload(request))
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem }
    throw error
  }
}

/** The sender is still talking: what it says is let go, so that it hears why. */
async function refuseUpload(
  upload: Upload,
  refusal: Outcome<unknown> & { readonly ok: false },
): Promise<Outcome<never>> {
  try {
    for await (const _ of upload.items()) {
      // nothing is opened
    }
  } catch {
    // it broke off: nobody waits for the answer
  }
  return refusal
}
