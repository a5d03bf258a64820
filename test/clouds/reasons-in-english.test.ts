import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { classifyAimis } from '../../shared/clouds/aimis/answers.ts'
import { checkAimisBody } from '../../shared/clouds/aimis/check-body.ts'
import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'
import type { AimisField } from '../../shared/clouds/aimis/field.ts'
import { aimisCalls, studyLogFields } from '../../shared/clouds/aimis/fields.ts'
import { createAimisServiceClient } from '../../shared/clouds/aimis/internet-hospital-client.ts'
import { aimisServiceFields, statusCallbackFields } from '../../shared/clouds/aimis/internet-hospital-fields.ts'
import type { CloudOutcome, CloudReason } from '../../shared/clouds/cloud-outcome.ts'
import { bothLabels } from '../../shared/clouds/field-labels.ts'
import { type HttpProblem, reasonOfProblem } from '../../shared/clouds/http-problem.ts'
import type { HttpTransport } from '../../shared/clouds/http-transport.ts'
import { classifyJilin, type JilinCall, jilinAnswers } from '../../shared/clouds/jilin/answers.ts'
import { checkBody } from '../../shared/clouds/jilin/check-body.ts'
import { createJilinClient, maxPdfBytes } from '../../shared/clouds/jilin/client.ts'
import type { JilinField } from '../../shared/clouds/jilin/field.ts'
import * as jilinTables from '../../shared/clouds/jilin/fields.ts'
import { patientExamFields } from '../../shared/clouds/jilin/patient-exam-fields.ts'
import { refuseBody } from '../../shared/clouds/jilin/refuse-body.ts'
import { createTokenKeeper } from '../../shared/clouds/jilin/token.ts'
import { budgetReason } from '../../shared/clouds/jilin/token-budget.ts'
import { lookAtCertificate } from '../../shared/clouds/look-at-certificate.ts'
import { failureOfStatus, readAnswer } from '../../shared/clouds/read-answer.ts'
import { serverWords } from '../../shared/clouds/server-words.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { expectBoth } from '../problems/said-in-both.ts'
import { aimisAccount, aimisRuns, jilinAccount, jilinClient, jilinRuns, tokensInMemory } from './every-call.ts'
import { tenInTheMorning } from './example-dossier.ts'

const clock = () => tenInTheMorning
const url = 'http://cloud.invalid'
const han = /\p{Script=Han}/u

/** Asked for completeness by the compiler. */
const problems: Readonly<Record<HttpProblem, true>> = {
  'bad-address': true,
  'bad-trust-settings': true,
  'name-not-found': true,
  refused: true,
  unreachable: true,
  'connect-timeout': true,
  'certificate-date': true,
  'certificate-name': true,
  'certificate-untrusted': true,
  'certificate-changed': true,
  'not-tls': true,
  reset: true,
  stalled: true,
  'no-answer': true,
  'answer-too-slow': true,
  'answer-cut': true,
  'answer-too-large': true,
  'file-unreadable': true,
  stopped: true,
}
const statuses = [202, 307, 400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504]

/** What a server says, of the words that are let through. */
const serverSaid = '参数格式错误'

const answering = (body: object | string, status = 200): ReturnType<HttpTransport> =>
  Promise.resolve({
    kind: 'answered',
    status,
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    clockOffsetMs: 0,
  })
const grant = { code: 200, msg: '操作成功', datas: { token: 'T1' } }
/** Grants a token; what is asked for then gets `body`. */
const granting =
  (body: object | string, status = 200): HttpTransport =>
  (call) =>
    call.url.endsWith('/getToken') ? answering(grant) : answering(body, status)
const jilinWith = (transport: HttpTransport) => jilinClient({ url, transport, clock }, tokensInMemory())

type Told = { readonly reason: CloudReason; readonly names: readonly string[] }
const told: Told[] = []

function keep(outcome: CloudOutcome | undefined, ...names: readonly string[]): void {
  if (!outcome || outcome.kind === 'done') throw new Error('This was to fail')
  told.push({ reason: outcome.reason, names })
}

function ofTransport(): void {
  for (const problem of Object.keys(problems)) {
    told.push({ reason: reasonOfProblem(problem as HttpProblem), names: [] })
  }
  for (const status of statuses) keep(failureOfStatus(status))
}

async function ofAnswersThatAreNone(): Promise<void> {
  const bodies = [answering('', 302), answering('<html></html>'), answering('{"code":')]
  for (const result of await Promise.all(bodies)) {
    const answer = readAnswer(result)
    keep(answer.kind === 'failure' ? answer.failure : undefined)
  }
  const look = await lookAtCertificate(url)
  if (look.kind === 'failed') told.push({ reason: look.reason, names: [] })
}

function ofAimisAnswers(): void {
  const classify = (code: unknown, message: string, clockOffsetMs = 0) =>
    classifyAimis({ status: 200, body: { code, message } }, undefined, {
      now: tenInTheMorning,
      sent: {},
      clockOffsetMs,
    })
  for (const code of [...Object.keys(aimisCodeTable).map(Number), 424_242]) {
    for (const message of ['', serverSaid]) {
      const outcome = classify(code, message)
      if (outcome.kind !== 'done') keep(outcome, message)
    }
  }
  keep(classify(undefined, ''))
  for (const minutes of [1.2, -10, 300, -100_000]) keep(classify(90002, '', minutes * 60_000))
}

async function ofAimisCalls(): Promise<void> {
  const empty: HttpTransport = () => answering({ code: 0, message: '', data: {} })
  for (const name of ['getStudyQR', 'patientStudies', 'patientConsultations', 'patientReportUrl']) {
    keep(await aimisRuns[name]?.({ url, transport: empty, clock }))
  }
  const settings = {
    ...aimisAccount,
    serviceUrl: url,
    signatureEncoding: 'hex',
    edition: '2025',
    hospitalId: '',
    unionId: '',
  } as const
  const service = createAimisServiceClient({ settings, transport: empty, clock })
  keep(await service.patientConsultations({}))
  const question = { phoneNum: '1', idNum: '1', hospitalId: '1', unionId: '1', usage: 2, studyDateEnd: '' } as const
  keep(await service.patientStudies({ ...question, studyType: 9 as 0, dataFlag: 0, studyDateBegin: 'yesterday' }))
}

function ofJilinAnswers(): void {
  for (const call of Object.keys(jilinAnswers) as JilinCall[]) {
    const codes = [...jilinAnswers[call].map((row) => row.code), 424_242, undefined]
    const words = ['', serverSaid, ...jilinAnswers[call].map((row) => row.text)]
    for (const code of codes) {
      for (const msg of words) {
        const verdict = classifyJilin(call, { status: 200, body: { code, msg } }, {})
        if (verdict.kind === 'outcome' && verdict.outcome.kind !== 'done') keep(verdict.outcome, serverWords(msg, {}))
      }
    }
  }
}

async function ofJilinCalls(): Promise<void> {
  const silent = { code: 200, msg: '' }
  keep(await jilinRuns.getToken(jilinWith(() => answering(silent))))
  for (const name of ['savePatientExam', 'getdigitalImageUrl', 'queryExamPdfData'] as const) {
    keep(await jilinRuns[name](jilinWith(granting(silent))))
  }
  keep(await jilinRuns.queryExamPdfData(jilinWith(granting('%PDF-1.7 half'))))
  const settings = jilinSettingsSchema.parse({ baseUrl: url, ...jilinAccount, sm2PublicKey: '0'.repeat(128) })
  const unsealed = createJilinClient({ settings, tokens: tokensInMemory(), transport: granting(silent), clock })
  keep(await jilinRuns.savePatientExam(unsealed))
  const pdf = { sizeBytes: maxPdfBytes + 1, open: () => expect.unreachable('nothing is sent') }
  keep(await unsealed.saveExamPdf({ hospitalCode: 'S1', accessNumber: 'DX1', pdf }))
  keep(refuseBody(patientExamFields, {}))
  keep(refuseBody(patientExamFields, { price: 1e9, patientId: 7 }))
}

async function ofTokens(): Promise<void> {
  for (const purpose of ['ordinary', 'deadline', 'person'] as const) {
    told.push({ reason: budgetReason(purpose), names: [] })
  }
  let granted = 0
  const everNew: HttpTransport = (call) => {
    if (!call.url.endsWith('/getToken')) return answering({ code: 403, msg: '' })
    granted += 1
    return answering({ code: 200, datas: { token: `T${granted}` } })
  }
  const store = tokensInMemory()
  const account = { baseUrl: url, ...jilinAccount }
  keep(await jilinRuns.saveExamPdf(jilinClient({ url, transport: everNew, clock }, store)))
  // Asked again at once, a token that was refused early is waited for.
  const keeper = createTokenKeeper({ settings: account, store: tokensInMemory(), transport: everNew, clock })
  const first = await keeper.token()
  const second = await keeper.renew(first.kind === 'done' ? first.value : '')
  keep(await keeper.renew(second.kind === 'done' ? second.value : ''))
  // Minutes later both of a call's tokens are refused again, and by then another one may be asked for.
  let later = tenInTheMorning
  const patient = { url, transport: everNew, clock: () => (later += 30 * 60_000) }
  keep(await jilinRuns.saveExamPdf(jilinClient(patient, tokensInMemory())))
}

beforeAll(async () => {
  ofTransport()
  await ofAnswersThatAreNone()
  ofAimisAnswers()
  await ofAimisCalls()
  ofJilinAnswers()
  await ofJilinCalls()
  await ofTokens()
})

test('every reason of a cloud says what happened and what to do in both languages', () => {
  expect(told.length).toBeGreaterThan(300)
  const untold = told.filter(({ reason }) => !reason.english || !reason.englishAction)
  expect(untold.map(({ reason }) => reason.code)).toEqual([])
  for (const { reason, names } of told) {
    expectBoth(reason, names)
    for (const text of [reason.english, reason.englishAction]) {
      const ours = names.reduce((rest, name) => rest.replaceAll(name, ''), text)
      expect(ours).not.toMatch(/\.$|[：；，。、（）]/)
    }
  }
})

test('what the server said stands in both sentences as it came, but not twice', () => {
  const of = (code: number, message: string) => {
    const sent = { now: tenInTheMorning, sent: {}, clockOffsetMs: 0 }
    const outcome = classifyAimis({ status: 200, body: { code, message } }, undefined, sent)
    return outcome.kind === 'done' ? undefined : [outcome.reason.message, outcome.reason.english]
  }
  expect(of(90001, serverSaid)).toEqual([
    `腾讯影像云回答：无效 token（90001）：${serverSaid}`,
    `Tencent AIMIS answered: Invalid token (90001): ${serverSaid}`,
  ])
  expect(of(90001, 'Invalid token')?.[1]).toBe('Tencent AIMIS answered: Invalid token (90001)')
  expect(of(90001, '无效 token')?.[1]).toBe('Tencent AIMIS answered: Invalid token (90001)')
})

test('a wrong clock is told with the span in both languages', () => {
  const spans = told.flatMap(({ reason }) => /clock is about (.*)$/.exec(reason.english ?? '')?.[1] ?? [])
  expect(spans).toEqual([
    '1 minute behind the server’s',
    '10 minutes ahead of the server’s',
    '5 hours behind the server’s',
    '69 days ahead of the server’s',
  ])
})

const clouds = fileURLToPath(new URL('../../shared/clouds/', import.meta.url))
const sources = readdirSync(clouds, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('preflight'))
  .map((name) => ({ name, source: readFileSync(`${clouds}${name}`, 'utf8') }))

test('every code that the sources of the clouds name was met here', () => {
  const written = sources.flatMap(({ source }) =>
    [...source.matchAll(/\bcode: '([A-Z][A-Z0-9]*-[A-Z0-9-]+)'|'(JILIN-[A-Z-]+)', inBoth/g)].map((f) => f[1] ?? f[2]),
  )
  expect(new Set(written).size).toBeGreaterThan(15)
  const met = new Set(told.map(({ reason }) => reason.code))
  expect([...new Set(written)].filter((code) => !met.has(code ?? ''))).toEqual([])
})

test('no reason is written with a Chinese action alone', () => {
  const count = (source: string, pattern: RegExp) => (source.match(pattern) ?? []).length
  for (const { name, source } of sources) {
    const [chinese, english] = [count(source, /\baction:\s/g), count(source, /\benglishAction\??:\s/g)]
    expect([name, english]).toEqual([name, chinese])
  }
})

const aimisTables: readonly (readonly AimisField[])[] = [
  ...Object.values(aimisCalls),
  studyLogFields,
  statusCallbackFields,
  ...(['patientStudies', 'patientConsultations', 'patientReportUrl'] as const).flatMap((call) => [
    aimisServiceFields(call, '2023'),
    aimisServiceFields(call, '2025'),
  ]),
]
const tablesOfJilin: readonly (readonly JilinField[])[] = [
  ...Object.values(jilinTables).filter((table) => Array.isArray(table)),
  patientExamFields,
]

test('every field of both clouds has an English name', () => {
  const labels = new Set([...aimisTables, ...tablesOfJilin].flat().map((field) => field.label))
  expect(labels.size).toBeGreaterThan(150)
  for (const label of labels) {
    const { chinese, english } = bothLabels(label)
    expect(chinese).toBe(label)
    expect([label, english]).toEqual([label, expect.not.stringMatching(han)])
  }
  expect(bothLabels('constructor').english).toBe('constructor')
})

test('whatever is wrong with a field is told in both languages', () => {
  const values = [undefined, '', 'null', 'a\ud800', '甲'.repeat(2000), 'no such code', -1.5, 1e9, [1], { a: 1 }]
  const met = new Set<string>()
  for (const value of values) {
    const bodyOf = (fields: readonly { readonly name: string }[]) =>
      Object.fromEntries(fields.map(({ name }) => [name, value]))
    const found = [
      ...aimisTables.flatMap((fields) => checkAimisBody(fields, bodyOf(fields)).problems),
      ...tablesOfJilin.flatMap((fields) => {
        const { problems, warnings } = checkBody(fields, bodyOf(fields))
        return [...problems, ...warnings]
      }),
    ]
    for (const { kind, text, english } of found) {
      met.add(kind)
      expect(text).toMatch(han)
      expect([text, english]).toEqual([text, expect.not.stringMatching(han)])
      expect(english).toMatch(/^\S.* (is|must|has) /)
    }
  }
  expect([...met].toSorted()).toEqual([
    'damaged',
    'missing',
    'not-a-number',
    'not-a-time',
    'not-an-identity-number',
    'not-gb18030',
    'not-in-list',
    'too-long',
    'wrong-format',
    'wrong-type',
  ])
})
