import { type CloudFailure, type CloudOutcome, done } from '../cloud-outcome.ts'
import type { JilinCall } from './answers.ts'
import type { JilinCaller, JilinReply } from './caller.ts'
import type { JilinBody, JilinField } from './field.ts'
import {
  queryExamPdfDataFields,
  queryFormerlyExamFields,
  saveRecognExamRecordFields,
  saveReminderCallRecordFields,
} from './fields.ts'
import { type FormerExam, readFormerExams } from './former-exam.ts'
import { refuseBody } from './refuse-body.ts'
import type { TokenWish } from './token.ts'
import type { TokenPurpose } from './token-budget.ts'

export type FormerExamQuestion = JilinBody<typeof queryFormerlyExamFields>
export type ExamPdfQuestion = JilinBody<typeof queryExamPdfDataFields>
export type ReminderCallRecord = JilinBody<typeof saveReminderCallRecordFields>
export type RecognExamRecord = JilinBody<typeof saveRecognExamRecordFields>

/** Looking at what other institutions did, and telling the platform that it was looked at. */
export type JilinQueries = {
  /** `idCardNo` in clear; nothing found is an empty list. */
  readonly queryFormerlyExam: (
    question: FormerExamQuestion,
    wish?: TokenWish,
  ) => Promise<CloudOutcome<readonly FormerExam[]>>
  /** undefined: there is no such report. */
  readonly queryExamPdfData: (question: ExamPdfQuestion, wish?: TokenWish) => Promise<CloudOutcome<Buffer | undefined>>
  readonly saveReminderCallRecord: (record: ReminderCallRecord, wish?: TokenWish) => Promise<CloudOutcome<undefined>>
  readonly saveRecognExamRecord: (record: RecognExamRecord, wish?: TokenWish) => Promise<CloudOutcome<undefined>>
}

/** A report's PDF comes back as the answer: at most 2 MiB by the document, twice that is read. */
const maxPdfAnswerBytes = 4 * 1024 * 1024

export function createJilinQueries(options: {
  readonly call: JilinCaller
  readonly seal: (plain: string) => string | undefined
}): JilinQueries {
  const { call, seal } = options
  async function ask(
    name: JilinCall,
    fields: readonly JilinField[],
    body: object,
    purpose: TokenPurpose,
    sealed: object = {},
  ): Promise<CloudOutcome<JilinReply>> {
    const refusal = refuseBody(fields, body)
    if (refusal) return refusal
    const value = { ...body, ...sealed }
    return call(name, { kind: 'json', value }, body, { maxAnswerBytes: maxPdfAnswerBytes, purpose })
  }
  return {
    queryFormerlyExam: async (question, { purpose = 'ordinary' } = {}) => {
      const fields = requiredWhen(queryFormerlyExamFields, 'examProjectCode', question.searchType === '2')
      const sealed = seal(question.idCardNo ?? '')
      if (sealed === undefined) return badPublicKey
      const reply = await ask('queryFormerlyExam', fields, question, purpose, { idCardNo: sealed })
      if (reply.kind !== 'done') return reply
      return done(
        typeof reply.value === 'object' && 'body' in reply.value ? readFormerExams(reply.value.body.datas) : [],
      )
    },
    queryExamPdfData: async (question, { purpose = 'ordinary' } = {}) => {
      const reply = await ask('queryExamPdfData', queryExamPdfDataFields, question, purpose)
      if (reply.kind !== 'done') return reply
      if (reply.value === 'nothing-found') return done(undefined)
      return 'pdf' in reply.value ? done(reply.value.pdf) : noPdf
    },
    saveReminderCallRecord: async (record, { purpose = 'ordinary' } = {}) => {
      const fields = requiredWhen(saveReminderCallRecordFields, 'searchType', record.retrivaType === '1')
      const reply = await ask('saveReminderCallRecord', fields, record, purpose)
      return reply.kind === 'done' ? done(undefined) : reply
    },
    saveRecognExamRecord: async (record, { purpose = 'ordinary' } = {}) => {
      const fields = requiredWhen(saveRecognExamRecordFields, 'reason', record.recognFlag === '0')
      const reply = await ask('saveRecognExamRecord', fields, record, purpose)
      return reply.kind === 'done' ? done(undefined) : reply
    },
  }
}

/** Fields that another field's value makes necessary. */
export function requiredWhen(fields: readonly JilinField[], name: string, needed: boolean): readonly JilinField[] {
  return needed ? fields.map((field) => (field.name === name ? { ...field, required: true } : field)) : fields
}

const noPdf: CloudFailure = {
  kind: 'unknown',
  reason: {
    code: 'JILIN-NO-PDF',
    message: '省影像云说成功，却没有给出 PDF 报告',
    action: '请稍后再查；若持续出现请联系平台',
    english: 'The provincial cloud reports success, but did not give the report PDF',
    englishAction: 'Ask again later; if it keeps failing, contact the platform',
  },
}

export const badPublicKey: CloudFailure = {
  kind: 'fix-settings',
  reason: {
    code: 'JILIN-SM2-KEY',
    message: '设置中的 SM2 公钥不可用，无法加密身份证号，未发送',
    action: '请在设置中重新填写平台发放的 SM2 公钥',
    english: 'The SM2 public key in Settings cannot be used, so identity numbers cannot be encrypted; nothing was sent',
    englishAction: 'Enter the SM2 public key from the platform again in Settings',
  },
}
