import { describe, expect, it } from 'vitest'
import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { HttpTransport } from '../../shared/clouds/http-transport.ts'
import type { JilinCall } from '../../shared/clouds/jilin/answers.ts'
import { aimisRuns, type CallSite, jilinClient, jilinRuns, personal, tokensInMemory } from './every-call.ts'
import { tenInTheMorning } from './example-dossier.ts'

type Class = CloudOutcome['kind']
const clock = () => tenInTheMorning

const answering =
  (status: number, body: object): HttpTransport =>
  async () => ({
    kind: 'answered',
    status,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(body)),
    clockOffsetMs: 0,
  })
const site = (transport: HttpTransport): CallSite => ({ url: 'http://cloud.invalid', transport, clock })

function expectClass(outcome: CloudOutcome, expected: Class, what: string): void {
  expect([what, outcome.kind]).toEqual([what, expected])
  if (outcome.kind === 'done') return
  for (const secret of personal) expect(JSON.stringify(outcome)).not.toContain(secret)
  expect(outcome.reason.action).not.toBe('')
}

describe('every documented code of AIMIS for every call', () => {
  /** shared/spec: done, already there; retry; fix the exam; fix the settings; wait; the rest is shown to staff after a few tries. */
  const classes: Readonly<Record<Exclude<Class, 'unknown'>, readonly number[]>> = {
    done: [0, 10004, 30004],
    retry: [1, 10001, 10002, 30001, 30005, 30007, 30010, 30011, 70001, 80001, 100002, 100003],
    'wait-until': [20003, 20004, 50004, 90003],
    'fix-exam': [10005, 20024, 20025, 20026, 20028, 20030, 20031, 30013, 30015, 50003, 50005, 50006, 100001],
    'fix-settings': [20005, 20006, 20008, 20010, 20012, 20016, 20023, 90001, 90002],
  }
  const classOf = (code: number): Class =>
    (Object.keys(classes) as (keyof typeof classes)[]).find((name) => classes[name].includes(code)) ?? 'unknown'
  /** To a question, 'there is none' is an answer. */
  const nothing = [100004, 10003, 30002, 30003, 30008]
  const questions = ['patientStudies', 'patientConsultations', 'patientReportUrl']
  const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')
  const data = { qrImage: png, h5Url: 'https://x.invalid/', h5DetailUrl: '', studyId: '1' }

  it.each(Object.keys(aimisRuns))('%s', async (name) => {
    for (const code of Object.keys(aimisCodeTable).map(Number)) {
      const body = { code, message: '王秀英 13800138000', data: name === 'patientStudies' ? [] : data }
      const outcome = await aimisRuns[name]?.(site(answering(200, body)))
      const isNothing = questions.includes(name) && nothing.includes(code)
      expectClass(outcome as CloudOutcome, isNothing ? 'done' : classOf(code), `${name} ${code}`)
    }
  })

  it.each<[number, unknown, Class]>([
    [200, 424242, 'unknown'],
    [200, '0', 'unknown'],
    [200, null, 'unknown'],
    [200, 200, 'unknown'],
    [500, 0, 'retry'],
    [502, 10004, 'retry'],
    [503, 0, 'retry'],
    [202, 0, 'unknown'],
    [404, 0, 'unknown'],
    [401, 0, 'fix-settings'],
    [403, 0, 'fix-settings'],
    [500, 100001, 'fix-exam'],
    [400, 90002, 'fix-settings'],
    [503, 424242, 'retry'],
  ])('HTTP %i with code %j is %s for every call', async (status, code, expected) => {
    for (const [name, run] of Object.entries(aimisRuns)) {
      expectClass(await run(site(answering(status, { code, message: '', data }))), expected, `${name} ${status}`)
    }
  })
})

describe('every documented code of the provincial cloud for every call', () => {
  const grant = { code: 200, msg: '操作成功', datas: { token: 'T1' } }
  /** getToken is granted; the call itself gets the answer. */
  const transport = (name: JilinCall, status: number, body: object): HttpTransport => {
    const isAsked = (url: string) => url.endsWith(`/${name}`)
    return (call) => (isAsked(call.url) ? answering(status, body) : answering(200, grant))(call)
  }
  const ask = (name: JilinCall, status: number, body: object) =>
    jilinRuns[name](jilinClient(site(transport(name, status, body)), tokensInMemory()))

  const uploads = { 200: 'done', 400: 'fix-exam', 403: 'wait-until', 503: 'retry' } as const
  const table: Readonly<Record<JilinCall, Readonly<Record<number, Class>>>> = {
    getToken: {
      200: 'done',
      400: 'fix-settings',
      403: 'fix-settings',
      11001: 'fix-settings',
      11003: 'wait-until',
      11004: 'wait-until',
    },
    saveReminderCallRecord: uploads,
    projectContrast: { 200: 'done', 400: 'fix-exam', 403: 'wait-until' },
    savePatientExam: uploads,
    uploadDicom: uploads,
    saveExamPdf: uploads,
    getdigitalImageUrl: { ...uploads, 504: 'fix-exam' },
    queryFormerlyExam: { ...uploads, 404: 'done', 409: 'fix-exam' },
    queryExamPdfData: { 200: 'unknown', 400: 'fix-exam', 403: 'wait-until', 404: 'done', 503: 'retry' },
    saveRecognExamRecord: uploads,
  }
  const datasOf = (name: JilinCall) =>
    ({ getToken: { token: 'T1' }, queryFormerlyExam: [], savePatientExam: '14545458215112121' })[name as string] ??
    'http://film.invalid/'

  it.each(Object.keys(table) as JilinCall[])('%s', async (name) => {
    for (const [code, expected] of Object.entries(table[name])) {
      for (const written of [Number(code), code]) {
        const body = { code: written, msg: '王秀英 13800138000', datas: datasOf(name) }
        expectClass(await ask(name, 200, body), expected, `${name} ${code}`)
      }
    }
  })

  it('the two 409 are told apart by their words, and both lead to the mapping', async () => {
    const outcomes = []
    for (const msg of ['该项目未上传，请上传项目后进行查询', '该检查项目未与标准对应，请对照标准项目后查询']) {
      outcomes.push(await ask('queryFormerlyExam', 200, { code: 409, msg }))
    }
    expect(outcomes).toMatchObject([
      { kind: 'fix-exam', reason: { message: /未上传/, action: /项目对照/ } },
      { kind: 'fix-exam', reason: { message: /未与标准对应/, action: /项目对照/ } },
    ])
  })

  it.each<[number, unknown, Class]>([
    [200, 424242, 'unknown'],
    [200, 0, 'unknown'],
    [200, null, 'unknown'],
    [202, 200, 'unknown'],
    [412, 200, 'unknown'],
    [500, 200, 'retry'],
    [503, 200, 'retry'],
    [504, 200, 'retry'],
    [404, 200, 'unknown'],
    [401, 200, 'fix-settings'],
  ])('HTTP %i with code %j is %s for every call', async (status, code, expected) => {
    for (const name of Object.keys(table) as JilinCall[]) {
      expectClass(await ask(name, status, { code, msg: '', datas: datasOf(name) }), expected, `${name} ${status}`)
    }
  })

  it('a documented code counts whatever the HTTP status, and HTTP 403 is a refused token whatever the code', async () => {
    expectClass(await ask('savePatientExam', 400, { code: 400, msg: '' }), 'fix-exam', '400/400')
    expectClass(await ask('savePatientExam', 503, { code: 503, msg: '' }), 'retry', '503/503')
    expectClass(await ask('getdigitalImageUrl', 504, { code: 504, msg: '' }), 'fix-exam', '504/504')
    expectClass(await ask('queryFormerlyExam', 404, { code: 404, msg: '' }), 'done', '404/404')
    expectClass(await ask('savePatientExam', 403, { code: 200, msg: '' }), 'wait-until', '403/200')
  })
})
