import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { aimisCountsOf, mapReportAdd, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import { createNonceStore, readAimisCallback } from '../../shared/clouds/aimis/status-callback.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { fileInMemory } from '../../shared/clouds/jilin/upload-form.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { exampleDossier } from '../clouds/example-dossier.ts'
import { receiveCallbacks } from './receive-callbacks.ts'

const credentials = {
  appId: 'clinic-001',
  token: '0123456789abcdef0123456789abcdef',
  signatureEncoding: 'hex',
} as const
const account = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' }
const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const transport = createHttpTransport({ clock: Date.now, timeouts: { headersMs: 10_000 } })

async function startAimis() {
  const aimis = await startSimulatedAimis(credentials)
  stops.push(aimis.stop)
  const client = createAimisClient({
    settings: { ...credentials, gatewayUrl: aimis.url },
    transport,
    clock: Date.now,
  })
  const study = mapStudyAdd(exampleDossier, 'final', aimisCountsOf(exampleDossier, false))
  return { aimis, client, study }
}

async function startJilin(options: { readonly ledgerFile?: string } = {}) {
  const jilin = await startSimulatedJilin({ ...account, ...options })
  stops.push(jilin.stop)
  const client = createJilinClient({
    settings: jilinSettingsSchema.parse({ baseUrl: jilin.url, ...account, sm2PublicKey: jilin.sm2PublicKey }),
    tokens: { read: () => undefined, write: () => {} },
    transport,
    clock: Date.now,
  })
  return { jilin, client }
}

const post = (url: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' })
const pageOf = async (url: string) => (await fetch(`${url}/`)).text()

describe('the training page of a simulated cloud', () => {
  it('shows what AIMIS holds, and nothing that came over the wire as markup', async () => {
    const { aimis, client, study } = await startAimis()
    await client.studyAdd({ ...study, studyDesc: '<script>alert(1)</script>' })
    const page = await pageOf(aimis.url)
    expect(page).toContain('王秀英')
    expect(page).toContain('检查（1）')
    expect(page).not.toContain('<script')
    expect(page).not.toContain('11010519491231002X')
  })

  it('adds a fault to the script, lists it, and clears it', async () => {
    const { aimis, client, study } = await startAimis()
    const added = await post(`${aimis.url}/_training/fault`, { call: 'study/add', fault: 'login-page', times: '2' })
    expect([added.status, added.headers.get('location')]).toEqual([303, '/'])
    expect(await client.studyAdd(study)).toMatchObject({ reason: { code: 'CLOUD-HTML' } })
    expect(await pageOf(aimis.url)).toContain('study/add：网络登录页（HTTP 200 的网页），还有 1 次')
    await post(`${aimis.url}/_training/clear`, {})
    expect((await client.studyAdd(study)).kind).toBe('done')
  })

  it('offers every documented code of both clouds', async () => {
    const { aimis } = await startAimis()
    const { jilin } = await startJilin()
    expect(await pageOf(aimis.url)).toContain('90002 无效签名')
    const page = await pageOf(jilin.url)
    for (const words of ['409 该项目未上传', '409 该检查项目未与标准对应', '504 非本医院数据', '11003 业务方Id']) {
      expect(page).toContain(words)
    }
  })

  it('refuses what it does not offer, and forms of other pages', async () => {
    const { aimis } = await startAimis()
    const fault = { call: 'study/add', fault: 'login-page', times: '1' }
    for (const [path, form, headers] of [
      ['fault', { ...fault, fault: 'nonsense' }, {}],
      ['fault', { ...fault, call: 'nonsense' }, {}],
      ['fault', { ...fault, times: '0' }, {}],
      ['switch', { switch: 'nonsense' }, {}],
      ['nonsense', {}, {}],
      ['fault', fault, { Origin: 'http://evil.invalid' }],
    ] as const) {
      expect((await post(`${aimis.url}/_training/${path}`, form, headers)).status).toBe(400)
    }
    expect(aimis.faults.pending()).toEqual([])
    expect((await post(`${aimis.url}/_training/fault`, fault, { Origin: aimis.url })).status).toBe(303)
  })

  it('puts the clock wrong and right again', async () => {
    const { aimis, client, study } = await startAimis()
    await post(`${aimis.url}/_training/switch`, { switch: 'clock-fast' })
    expect((await client.studyAdd(study)).kind).toBe('done')
    expect(aimis.ledger.refusals).toHaveLength(1)
    expect(Math.round((client.clockOffsetMs() ?? 0) / 60_000)).toBe(10)
    await post(`${aimis.url}/_training/switch`, { switch: 'clock-right' })
    expect((await client.studyAdd(study)).kind).toBe('done')
  })

  it('revokes tokens, uses the quota up and locks the account', async () => {
    const { jilin, client } = await startJilin()
    await client.getToken()
    await post(`${jilin.url}/_training/switch`, { switch: 'lock' })
    expect(await client.getToken()).toMatchObject({ kind: 'wait-until', reason: { code: 'JILIN-11003' } })
    const other = await startJilin()
    await post(`${other.jilin.url}/_training/switch`, { switch: 'use-up' })
    expect(await other.client.getToken()).toMatchObject({ kind: 'wait-until', reason: { code: 'JILIN-11004' } })
    expect(await pageOf(jilin.url)).toContain('业务方Id或SecurityKey连续错误次数过多')
  })
})

describe('the simulated provincial cloud', () => {
  it('gives back the report it holds, after a restart too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'))
    const ledgerFile = join(folder, 'jilin.json')
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3000, 'x'), Buffer.from('\n%%EOF\n')])
    const question = { accessNumber: 'DX2603050001', queryDocName: '李医生', queryDocCode: '0301' }
    const first = await startJilin({ ledgerFile })
    expect(await first.client.queryExamPdfData(question)).toEqual({ kind: 'done', value: undefined })
    await first.client.savePatientExam(mapPatientExam(exampleDossier))
    const names = { hospitalCode: 'SAF2313', accessNumber: 'DX2603050001' }
    expect((await first.client.saveExamPdf({ ...names, pdf: fileInMemory(pdf) })).kind).toBe('done')
    await first.jilin.stop()
    const second = await startJilin({ ledgerFile })
    expect(await second.client.queryExamPdfData(question)).toEqual({ kind: 'done', value: pdf })
    const elsewhere = await second.client.queryExamPdfData({ ...question, hospitalCode: 'OTHER' })
    expect(elsewhere).toEqual({ kind: 'done', value: undefined })
    await rm(folder, { recursive: true })
  })
})

describe('the status callback from the simulated AIMIS', () => {
  it('is what the station takes, once, whatever is sent again', async () => {
    const { aimis, client, study } = await startAimis()
    await client.studyAdd(study)
    await client.reportAdd(mapReportAdd(exampleDossier))
    const seen = createNonceStore(Date.now)
    const station = await receiveCallbacks(({ headers, body }) =>
      readAimisCallback({ headers, body, settings: credentials, clock: Date.now, seen, current: 2 }),
    )
    stops.push(station.stop)
    const call = { url: station.url, status: 1, studyId: 'DX2603050001', hospitalId: 'h-1' } as const
    const sent = await aimis.sendCallback(call)
    expect(sent).toMatchObject({ httpStatus: 200, answer: { code: 0 } })
    expect(station.outcomes).toEqual([expect.objectContaining({ kind: 'accepted', status: 3, moved: true })])
    const replayed = await aimis.sendCallback({ ...call, status: 0, headers: sent?.headers ?? {} })
    expect(replayed?.answer).toMatchObject({ code: 90002 })
    const forged = await aimis.sendCallback({ ...call, headers: { ...sent?.headers, signature: '0'.repeat(64) } })
    expect(forged?.answer).toMatchObject({ code: 90002 })
    expect(await aimis.sendCallback({ ...call, studyId: 'unknown' })).toBeUndefined()
  })
})
