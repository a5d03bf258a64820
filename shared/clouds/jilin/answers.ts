import { type BothWords, inBoth } from '../../problems/both-words.ts'
import type { CloudFailure, CloudOutcome } from '../cloud-outcome.ts'
import { failureOfStatus, type JsonObject } from '../read-answer.ts'
import { serverWords } from '../server-words.ts'

/** The ten calls, by their names below /interface/. */
export type JilinCall =
  | 'getToken'
  | 'projectContrast'
  | 'savePatientExam'
  | 'uploadDicom'
  | 'saveExamPdf'
  | 'getdigitalImageUrl'
  | 'queryFormerlyExam'
  | 'queryExamPdfData'
  | 'saveReminderCallRecord'
  | 'saveRecognExamRecord'

export type JilinMeaning = 'done' | 'nothing-found' | 'retry' | 'fix-exam' | 'fix-settings' | 'token-refused' | 'wait'

/** `english`: ours, the document is in Chinese. */
type Row = {
  readonly code: number
  readonly text: string
  readonly english: string
  readonly meaning: JilinMeaning
  readonly said?: RegExp
}

const ok: Row = { code: 200, text: '成功', english: 'success', meaning: 'done' }
const malformedInEnglish = 'what was sent does not follow the rules'
const malformed: Row = { code: 400, text: '入参不规范', english: malformedInEnglish, meaning: 'fix-exam' }
const refused: Row = {
  code: 403,
  text: '授权校验失败',
  english: 'the token was not accepted',
  meaning: 'token-refused',
}
const uploadFailed: Row = { code: 503, text: '上传失败', english: 'the upload failed', meaning: 'retry' }
const queryFailed: Row = { code: 503, text: '查询失败', english: 'the query failed', meaning: 'retry' }
const nothingFound: Row = { code: 404, text: '未查询到数据', english: 'nothing was found', meaning: 'nothing-found' }

/**
 * Every code of every call, from the tables and the examples of the document. 403 is listed everywhere: the general rules ask for a
 * token in each call, also where a call's own table forgets it (projectContrast, queryExamPdfData). 409 is told apart by its words.
 */
export const jilinAnswers: Readonly<Record<JilinCall, readonly Row[]>> = {
  getToken: [
    ok,
    { code: 400, text: '入参不规范', english: malformedInEnglish, meaning: 'fix-settings' },
    { code: 403, text: 'uid 或 appSecret 错误', english: 'uid or appSecret is wrong', meaning: 'fix-settings' },
    { code: 11001, text: '业务方Id或SecurityKey错误', english: 'uid or SecurityKey is wrong', meaning: 'fix-settings' },
    {
      code: 11003,
      text: '业务方Id或SecurityKey连续错误次数过多(6次),请等待10分钟后重新获取',
      english: 'uid or SecurityKey was wrong too often in a row (6 times), wait 10 minutes before asking again',
      meaning: 'wait',
    },
    { code: 11004, text: '单日授权次数过多(30次)', english: 'too many tokens in one day (30)', meaning: 'wait' },
  ],
  projectContrast: [ok, malformed, refused],
  savePatientExam: [ok, malformed, refused, uploadFailed],
  uploadDicom: [ok, malformed, refused, uploadFailed],
  saveExamPdf: [ok, malformed, refused, uploadFailed],
  getdigitalImageUrl: [
    ok,
    malformed,
    refused,
    queryFailed,
    {
      code: 504,
      text: '非本医院数据，不可获取',
      english: 'these data are not of this hospital and cannot be fetched',
      meaning: 'fix-exam',
    },
  ],
  queryFormerlyExam: [
    ok,
    malformed,
    refused,
    nothingFound,
    queryFailed,
    {
      code: 409,
      text: '该项目未上传，请上传项目后进行查询',
      english: 'this item has not been uploaded; upload it before asking',
      meaning: 'fix-exam',
      said: /未上传/,
    },
    {
      code: 409,
      text: '该检查项目未与标准对应，请对照标准项目后查询',
      english: 'this exam item is not mapped to a standard one; map it before asking',
      meaning: 'fix-exam',
      said: /未与标准对应/,
    },
  ],
  queryExamPdfData: [ok, malformed, refused, nothingFound, queryFailed],
  saveReminderCallRecord: [ok, malformed, refused, uploadFailed],
  saveRecognExamRecord: [ok, malformed, refused, uploadFailed],
}

/** The `code` of an answer: a number in the examples, S3 (text) in the tables, so both are read. */
export function jilinCodeOf(body: JsonObject): number | undefined {
  const { code } = body
  if (typeof code === 'number' && Number.isSafeInteger(code)) return code
  return typeof code === 'string' && /^\d{1,9}$/.test(code) ? Number(code) : undefined
}

export type JilinVerdict =
  | { readonly kind: 'token-refused' }
  | { readonly kind: 'outcome'; readonly outcome: CloudOutcome<JsonObject | 'nothing-found'> }

/** What an answer means. Success is HTTP 200 and code 200, nothing else (概述④). `sent` is only used to clean the server's words. */
export function classifyJilin(
  call: JilinCall,
  answer: { readonly status: number; readonly body: JsonObject },
  sent: unknown,
): JilinVerdict {
  const code = jilinCodeOf(answer.body)
  const said = serverWords(answer.body.msg, sent)
  const rows = jilinAnswers[call].filter((row) => row.code === code)
  const row = rows.find((r) => r.said?.test(String(answer.body.msg))) ?? rows[0]
  const meaning = row?.meaning
  if (meaning === 'token-refused') return { kind: 'token-refused' }
  if (code === undefined || (answer.status !== 200 && (!row || meaning === 'done'))) {
    const failure = answer.status === 200 ? withoutCode : failureOfStatus(answer.status)
    return { kind: 'outcome', outcome: failure }
  }
  if (meaning === 'done') return { kind: 'outcome', outcome: { kind: 'done', value: answer.body } }
  if (meaning === 'nothing-found') return { kind: 'outcome', outcome: { kind: 'done', value: 'nothing-found' } }
  const told = inBoth(
    row?.text ?? '未列入文档的状态码',
    row?.english ?? 'a status code that the document does not list',
  )
  const more = said !== '' && said !== told.chinese ? said : undefined
  const action = actions[code] ?? otherwise
  const reason = {
    code: `JILIN-${code}`,
    message: `省影像云回答：${told.chinese}（${code}）${more === undefined ? '' : `：${more}`}`,
    action: action.chinese,
    english: `The provincial cloud answered: ${told.english} (${code})${more === undefined ? '' : `: ${more}`}`,
    englishAction: action.english,
  }
  const kind = meaning === undefined ? 'unknown' : meaning === 'wait' ? 'retry' : meaning
  return { kind: 'outcome', outcome: { kind, reason } }
}

const otherwise = inBoth(
  '影站会再试几次；若持续出现，请把状态码告诉平台',
  'Yingzhan tries a few more times; if it keeps failing, tell the platform the status code',
)

const actions: Readonly<Record<number, BothWords>> = {
  400: inBoth(
    '请按提示核对并修改该检查的资料，再点“重试”',
    'Check and correct the details of this exam as the cloud asks, then press “Retry”',
  ),
  403: inBoth(
    '请在设置中核对省影像云的 uid 和 appSecret',
    'Check User uid and appSecret of the provincial cloud in Settings',
  ),
  409: inBoth(
    '请在“项目对照”中上传并对照该检查项目，再点“重试”',
    'Map this exam item under “Item mapping” and upload it, then press “Retry”',
  ),
  503: inBoth('稍后会自动重试，无需处理', 'It is tried again by itself; nothing needs doing'),
  504: inBoth(
    '请核对该检查所属机构的组织编码，再点“重试”',
    'Check the Institution code of this exam’s institution, then press “Retry”',
  ),
  11001: inBoth(
    '请在设置中核对省影像云的 uid 和 appSecret；改好之前影站不再尝试，以免账号被锁',
    'Check User uid and appSecret of the provincial cloud in Settings; until then Yingzhan does not try again, so that the account is not locked',
  ),
  11003: inBoth(
    '影站会等满 10 分钟再试；请先核对 uid 和 appSecret',
    'Yingzhan waits the full 10 minutes before it tries again; check User uid and appSecret meanwhile',
  ),
  11004: inBoth(
    '今天的授权次数已用完，影站明天自动继续；请确认没有其他系统在用同一个 uid',
    'Today’s tokens are used up, Yingzhan goes on by itself tomorrow; make sure that no other system uses the same uid',
  ),
}

const withoutCode: CloudFailure = {
  kind: 'unknown',
  reason: {
    code: 'JILIN-NO-CODE',
    message: '省影像云的应答里没有状态码',
    action: '影站会再试几次；若持续出现请联系平台',
    english: 'There is no status code in the answer of the provincial cloud',
    englishAction: 'Yingzhan tries a few more times; if it keeps failing, contact the platform',
  },
}
