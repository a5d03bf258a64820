import type { JilinSettings } from '../../models/destination.ts'
import { type BothWords, inBoth } from '../../problems/both-words.ts'
import { type CloudFailure, type CloudOutcome, done } from '../cloud-outcome.ts'
import type { HttpTransport } from '../http-transport.ts'
import { createServerClock } from '../server-clock.ts'
import { createJilinCaller, type JilinReply } from './caller.ts'
import type { JilinField } from './field.ts'
import {
  getDigitalImageUrlFields,
  projectContrastFields,
  projectFields,
  saveExamPdfFields,
  standardProjectFields,
  uploadDicomFields,
} from './fields.ts'
import type { ProjectContrastBody } from './map-project.ts'
import { type PatientExamBody, patientExamFields } from './patient-exam-fields.ts'
import { badPublicKey, createJilinQueries, type FormerExamQuestion, type JilinQueries } from './queries.ts'
import { refuseBody } from './refuse-body.ts'
import { type Sm2Trial, sm2TrialOf } from './sm2-check.ts'
import { type Sm2Form, sealSm2 } from './sm2-field.ts'
import { createTokenKeeper, type TokenStore } from './token.ts'
import type { TokenGauge } from './token-budget.ts'
import { type UploadFile, uploadForm } from './upload-form.ts'

export type DicomUpload = {
  readonly hospitalCode: string
  readonly accessNumber: string
  readonly studyUid: string
  readonly seriesUid: string
  readonly instanceUid: string
  /** A DICOM file (PS3.10); the AccessionNumber and UIDs within it are those above. */
  readonly file: UploadFile
}

export type PdfUpload = { readonly hospitalCode: string; readonly accessNumber: string; readonly pdf: UploadFile }

/** The provincial imaging cloud, POST {baseUrl}/interface/…. Make one per destination: its token is shared by all calls. */
export type JilinClient = JilinQueries & {
  /** A token, as 'test the connection' wants it: does not ask the platform while a good one is there. */
  readonly getToken: () => Promise<CloudOutcome<undefined>>
  readonly projectContrast: (body: ProjectContrastBody) => Promise<CloudOutcome<undefined>>
  /** `idCardNo` in clear. The exam id is needed for the film's address. */
  readonly savePatientExam: (body: PatientExamBody) => Promise<CloudOutcome<{ readonly examId: string }>>
  readonly getDigitalImageUrl: (question: {
    readonly hospitalCode: string
    readonly examId: string
  }) => Promise<CloudOutcome<{ readonly url: string }>>
  readonly saveExamPdf: (upload: PdfUpload) => Promise<CloudOutcome<undefined>>
  readonly uploadDicom: (upload: DicomUpload) => Promise<CloudOutcome<undefined>>
  /**
   * Does the platform read numbers written in this combination? Asks for the history of a person whose number staff gave for the test
   * (searchType 1); nothing is changed there.
   */
  readonly trySm2: (combination: Sm2Form, testPerson: Omit<FormerExamQuestion, 'searchType'>) => Promise<Sm2Trial>
  /** A person has looked at it: pauses of the token end. */
  readonly resume: () => Promise<void>
  /** How many of the day's grants are used, and why none is asked for now. */
  readonly tokenGauge: () => Promise<TokenGauge>
  /** The platform's clock minus ours at the last answer, milliseconds. */
  readonly clockOffsetMs: () => number | undefined
}

/** 检查报告结果PDF文件上传接口: 文件大小不超过2M. */
export const maxPdfBytes = 2 * 1024 * 1024

export function createJilinClient(options: {
  readonly settings: JilinSettings
  readonly tokens: TokenStore
  readonly transport: HttpTransport
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly signal?: AbortSignal
}): JilinClient {
  const { settings, tokens, transport, clock } = options
  const serverClock = createServerClock(clock)
  const keeper = createTokenKeeper({ settings, store: tokens, transport, clock, serverClock })
  const onServerClock = serverClock.learn
  const call = createJilinCaller({ settings, keeper, transport, onServerClock, signal: options.signal })
  const seal = (plain: string) => sealSm2(plain, settings.sm2PublicKey, settings.sm2)
  const check = (fields: readonly JilinField[], body: object) => refuseBody(fields, body, settings.narrativeLimit)

  return {
    ...createJilinQueries({ call, seal }),
    getToken: async () => {
      const token = await keeper.token({ purpose: 'person' })
      return token.kind === 'done' ? done(undefined) : token
    },
    projectContrast: async (body) => {
      const parts = body.projects.flatMap((project) => [
        check(projectFields, project),
        ...project.standardProjectList.map((standard) => check(standardProjectFields, standard)),
      ])
      const refusal = check(projectContrastFields, body) ?? parts.find(Boolean)
      return refusal ?? nothing(await call('projectContrast', { kind: 'json', value: body }, body))
    },
    savePatientExam: async (body) => {
      const refusal = check(patientExamFields, body)
      if (refusal) return refusal
      const sealed = body.idCardNo === undefined ? {} : { idCardNo: seal(body.idCardNo) }
      if ('idCardNo' in sealed && sealed.idCardNo === undefined) return badPublicKey
      const value = withExampleNames({ ...body, ...sealed }, settings.alsoExampleNames)
      const reply = await call('savePatientExam', { kind: 'json', value }, body, { purpose: 'deadline' })
      return reply.kind === 'done'
        ? readText(
            reply.value,
            'JILIN-NO-EXAM-ID',
            inBoth('检查索引编号', 'the number of the exam index'),
            (examId) => ({ examId }),
          )
        : reply
    },
    getDigitalImageUrl: async (question) => {
      const refusal = check(getDigitalImageUrlFields, question)
      if (refusal) return refusal
      const reply = await call('getdigitalImageUrl', { kind: 'json', value: question }, question)
      return reply.kind === 'done'
        ? readText(reply.value, 'JILIN-NO-FILM-URL', inBoth('云胶片地址', 'the cloud film address'), (url) => ({ url }))
        : reply
    },
    saveExamPdf: async ({ pdf, ...texts }) => {
      const refusal = check(saveExamPdfFields, { ...texts, examPdf: pdf })
      if (refusal) return refusal
      if (pdf.sizeBytes > maxPdfBytes) return pdfTooLarge
      const fileName = `${texts.accessNumber}.pdf`
      const form = uploadForm(texts, { ...pdf, field: 'examPdf', fileName, contentType: 'application/pdf' })
      return nothing(await call('saveExamPdf', form, texts))
    },
    uploadDicom: async ({ file, ...texts }) => {
      const refusal = check(uploadDicomFields, { ...texts, dicomFile: file })
      if (refusal) return refusal
      const fileName = `${texts.instanceUid}.dcm`
      const form = uploadForm(texts, { ...file, field: 'dicomFile', fileName, contentType: 'application/dicom' })
      return nothing(await call('uploadDicom', form, texts))
    },
    trySm2: async (combination, testPerson) => {
      const sealWith = (plain: string) => sealSm2(plain, settings.sm2PublicKey, combination)
      const { queryFormerlyExam } = createJilinQueries({ call, seal: sealWith })
      return sm2TrialOf(await queryFormerlyExam({ ...testPerson, searchType: '1' }, { purpose: 'person' }))
    },
    resume: keeper.resume,
    tokenGauge: keeper.gauge,
    clockOffsetMs: serverClock.measuredMs,
  }
}

/** The names in the document's example beside those of its table, where a deployment wants them. */
function withExampleNames(body: PatientExamBody, also: boolean): object {
  if (!also) return body
  const values: Readonly<Record<string, unknown>> = { ...body }
  const examples = patientExamFields.flatMap(({ name, exampleName }) =>
    exampleName === undefined ? [] : [[exampleName, values[name]] as const],
  )
  return { ...body, ...Object.fromEntries(examples) }
}

const nothing = (reply: CloudOutcome<JilinReply>): CloudOutcome<undefined> =>
  reply.kind === 'done' ? done(undefined) : reply

/** `datas` as a text. A number too long for JavaScript is taken from the answer's own characters. */
function readText<T>(reply: JilinReply, code: string, what: BothWords, wrap: (text: string) => T): CloudOutcome<T> {
  if (typeof reply === 'object' && 'body' in reply) {
    const { datas } = reply.body
    const digits = typeof datas === 'number' ? /"datas"\s*:\s*(\d+)/.exec(reply.text)?.[1] : undefined
    const text = typeof datas === 'string' ? datas.trim() : digits
    if (text) return done(wrap(text))
  }
  return {
    kind: 'unknown',
    reason: {
      code,
      message: `省影像云说成功，却没有给出${what.chinese}`,
      action: '影站会再试几次；若持续出现请联系平台',
      english: `The provincial cloud reports success, but did not give ${what.english}`,
      englishAction: 'Yingzhan tries a few more times; if it keeps failing, contact the platform',
    },
  }
}

const pdfTooLarge: CloudFailure = {
  kind: 'fix-exam',
  reason: {
    code: 'PDF-TOO-LARGE',
    message: '报告 PDF 超过省影像云 2 MB 的上限，未发送',
    action: '请减少报告中的图片，再点“重试”',
    english: 'The report PDF is larger than the 2 MB that the provincial cloud takes; nothing was sent',
    englishAction: 'Take some images out of the report, then press “Retry”',
  },
}
