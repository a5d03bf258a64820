import type { JilinField } from '../../shared/clouds/jilin/field.ts'
import * as tables from '../../shared/clouds/jilin/fields.ts'
import { patientExamFields } from '../../shared/clouds/jilin/patient-exam-fields.ts'
import { requiredWhen } from '../../shared/clouds/jilin/queries.ts'
import { chinaDateTime } from '../../shared/text/china-time.ts'
import { refuseDicom, refuseParts, refusePdf, refuseProjects, transferSyntaxOf } from './check-jilin-request.ts'
import type { PdfShelf } from './pdf-shelf.ts'
import type { Upload } from './read-upload.ts'
import { examById, findFormerExams, type JilinExam, type JilinLedger } from './simulated-jilin-ledger.ts'
import type { SimulatedAnswer } from './simulated-server.ts'

export type JilinRequestBody = Readonly<Record<string, unknown>>
export type JilinRefusal = { readonly kind: 'refused'; readonly code: number; readonly message: string }
export type JilinAnswer = SimulatedAnswer | JilinRefusal

/** A call with a JSON body: its field table, which may depend on the body, and what it does with a good one. */
export type JilinJsonCall = {
  readonly fields: (body: JilinRequestBody) => readonly JilinField[]
  readonly act: (body: JilinRequestBody) => JilinAnswer
}

/** A call with a file: how many of its first bytes are needed, and what it does with the upload. */
export type JilinUploadCall = { readonly keep: number; readonly act: (upload: Upload) => JilinAnswer }

type Desk = {
  readonly ledger: JilinLedger
  readonly pdfs: PdfShelf
  readonly clock: () => number
  readonly filmUrl: (examId: string) => string
}

const day = 86_400_000

/** What the provincial cloud does with each JSON call that carries a good token. */
export function jilinJsonCalls({ ledger, pdfs, clock, filmUrl }: Desk) {
  const withExam = (examId: unknown, hospitalCode: unknown, act: (exam: JilinExam) => JilinAnswer): JilinAnswer => {
    const exam = examById(ledger, examId)
    if (!exam) return malformed('examId 不存在')
    const isForeign = hospitalCode !== undefined && exam.body.hospitalCode !== hospitalCode
    return isForeign ? refusal(504, '非本医院数据，不可获取') : act(exam)
  }
  return {
    projectContrast: {
      fields: () => tables.projectContrastFields,
      act: (body) => {
        const wrong = refuseProjects(body.projects)
        if (wrong) return malformed(wrong)
        for (const project of body.projects as readonly JilinRequestBody[]) {
          const key = `${body.hospitalCode ?? ''}/${project.projectItemCode}`
          ledger.projects[key] = { body: project, received: (ledger.projects[key]?.received ?? 0) + 1 }
        }
        return success()
      },
    },
    savePatientExam: {
      fields: () => patientExamFields,
      act: (body) => {
        const key = `${body.hospitalCode}/${body.accessNumber}`
        const number = String(14_545_458_215_112_000n + BigInt(Object.keys(ledger.exams).length + 1))
        const exam = ledger.exams[key] ?? { examId: number, body, received: 0, pdf: undefined, images: {} }
        Object.assign(exam, { body, received: exam.received + 1 })
        ledger.exams[key] = exam
        return success(exam.examId)
      },
    },
    getdigitalImageUrl: {
      fields: () => tables.getDigitalImageUrlFields,
      act: (body) => withExam(body.examId, body.hospitalCode, (exam) => success(filmUrl(exam.examId))),
    },
    queryFormerlyExam: {
      fields: (body) => requiredWhen(tables.queryFormerlyExamFields, 'examProjectCode', body.searchType === '2'),
      act: (body) => {
        const again = body.searchType === '2'
        const refused = again ? refuseUnmapped(ledger, body) : undefined
        if (refused) return refused
        const found = findFormerExams(ledger, {
          idCardNo: String(body.idCardNo),
          patientName: body.patientName,
          from: String(body.checkStartTime ?? chinaDateTime(clock() - 7 * day)),
          to: String(body.checkEndTime ?? chinaDateTime(clock())),
          examProjectCode: again ? String(body.examProjectCode) : undefined,
        })
        return found.length > 0 ? success(found) : refusal(404, '未查询到数据！')
      },
    },
    queryExamPdfData: {
      fields: () => tables.queryExamPdfDataFields,
      act: (body) => {
        const suffix = `/${body.accessNumber}`
        const wanted = body.hospitalCode === undefined ? undefined : `${body.hospitalCode}${suffix}`
        const isWanted = (key: string) => (wanted === undefined ? key.endsWith(suffix) : key === wanted)
        const held = Object.entries(ledger.exams).find(([key, exam]) => isWanted(key) && exam.pdf)?.[1].pdf
        const bytes = held && pdfs.get(held.sha256)
        return bytes ? { kind: 'bytes', contentType: 'application/pdf', bytes } : refusal(404, '未查询到数据！')
      },
    },
    saveReminderCallRecord: {
      fields: (body) => requiredWhen(tables.saveReminderCallRecordFields, 'searchType', body.retrivaType === '1'),
      act: (body) =>
        withExam(body.examId, undefined, () => {
          ledger.reminders.push(body)
          return success()
        }),
    },
    saveRecognExamRecord: {
      fields: (body) => requiredWhen(tables.saveRecognExamRecordFields, 'reason', body.recognFlag === '0'),
      act: (body) =>
        withExam(body.examId, undefined, () => {
          ledger.recognitions.push(body)
          return success()
        }),
    },
  } as const satisfies Record<string, JilinJsonCall>
}

/** The two calls with a file. The index must be there first. */
export function jilinUploadCalls({ ledger, pdfs }: Pick<Desk, 'ledger' | 'pdfs'>) {
  return {
    uploadDicom: {
      keep: 1024 * 1024,
      act: (upload) => {
        const [file] = upload.files
        const wrong = refuseParts(tables.uploadDicomFields, upload) ?? (file && refuseDicom(file, upload.texts))
        if (!file || wrong) return malformed(wrong ?? '缺少文件')
        const { hospitalCode, accessNumber, studyUid = '', seriesUid = '', instanceUid = '' } = upload.texts
        const exam = ledger.exams[`${hospitalCode}/${accessNumber}`]
        if (!exam) return malformed('检查索引不存在')
        const received = (exam.images[instanceUid]?.received ?? 0) + 1
        const { bytes, sha256 } = file
        const transferSyntaxUid = transferSyntaxOf(file)
        exam.images[instanceUid] = { studyUid, seriesUid, transferSyntaxUid, bytes, sha256, received }
        return success()
      },
    },
    saveExamPdf: {
      keep: 2 * 1024 * 1024,
      act: (upload) => {
        const [file] = upload.files
        const wrong = refuseParts(tables.saveExamPdfFields, upload) ?? (file && refusePdf(file))
        if (!file || wrong) return malformed(wrong ?? '缺少文件')
        const key = `${upload.texts.hospitalCode}/${upload.texts.accessNumber}`
        const exam = ledger.exams[key]
        if (!exam) return malformed('检查索引不存在')
        exam.pdf = { bytes: file.bytes, sha256: file.sha256, received: (exam.pdf?.received ?? 0) + 1 }
        pdfs.put(file.sha256, file.head)
        return success()
      },
    },
  } as const satisfies Record<string, JilinUploadCall>
}

function refuseUnmapped(ledger: JilinLedger, body: JilinRequestBody): JilinRefusal | undefined {
  const project = ledger.projects[`${body.hospitalCode ?? ''}/${body.examProjectCode}`]?.body
  if (!project) return refusal(409, '该项目未上传，请上传项目后进行查询')
  const { standardProjectList } = project
  const isMapped = Array.isArray(standardProjectList) && standardProjectList.length > 0
  return isMapped ? undefined : refusal(409, '该检查项目未与标准对应，请对照标准项目后查询')
}

const refusal = (code: number, message: string): JilinRefusal => ({ kind: 'refused', code, message })

export const malformed = (what: string): JilinRefusal => refusal(400, `入参不规范：${what}`)

export const success = (datas?: unknown): SimulatedAnswer => ({
  kind: 'json',
  value: datas === undefined ? { code: 200, msg: '操作成功' } : { code: 200, msg: '操作成功', datas },
})
