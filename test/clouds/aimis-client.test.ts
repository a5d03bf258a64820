import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import type { ReceivedInstance } from '../../electron/training/simulated-gateway-dicom.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import * as map from '../../shared/clouds/aimis/map-exam.ts'
import { obtainStudyQr } from '../../shared/clouds/aimis/obtain-study-qr.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { exampleDossier } from './example-dossier.ts'

const appId = 'clinic-001'
const token = '0123456789abcdef0123456789abcdef'
const counts = map.aimisCountsOf(exampleDossier, false)
const study = map.mapStudyAdd(exampleDossier, 'final', counts)
const registered = map.mapStudyAdd(exampleDossier, 'registered', { images: 0, series: 0, reports: 0, pdfs: 0 })
const report = map.mapReportAdd(exampleDossier)

let aimis: SimulatedAimis
let received: ReceivedInstance[] = []
beforeEach(async () => {
  received = []
  aimis = await startSimulatedAimis({ appId, token, receivedInstances: () => received })
})
afterEach(() => aimis.stop())

/** `headersMs`: how long it waits for an answer. */
const clientWith = (settings: object = {}, clock = Date.now, headersMs = 10_000) =>
  createAimisClient({
    settings: { gatewayUrl: `${aimis.url}/`, appId, token, signatureEncoding: 'hex', ...settings },
    transport: createHttpTransport({ clock, timeouts: { connectMs: 5000, headersMs, answerMs: 5000 } }),
    clock,
  })

const asReceived = (): ReceivedInstance[] =>
  exampleDossier.instances.map((i) => ({
    sopInstanceUid: i.sopInstanceUid,
    sopClassUid: i.sopClassUid,
    studyInstanceUid: i.studyInstanceUid,
    seriesInstanceUid: i.seriesInstanceUid,
    transferSyntaxUid: i.transferSyntaxUid,
    accessionNumber: 'DX2603050001',
    patientId: 'P26000001',
    sha256: '',
    callingAeTitle: 'YINGZHAN',
    received: 1,
  }))

describe('the AIMIS client against the simulated gateway', () => {
  it('delivers study, report and counts, and deletes', async () => {
    const client = clientWith()
    expect(await client.studyAdd(study)).toEqual({ kind: 'done', value: undefined })
    expect(await client.reportAdd(report)).toEqual({ kind: 'done', value: undefined })
    received = asReceived()
    expect(await client.reconcileLog(map.mapReconcileLog(exampleDossier, counts))).toMatchObject({ kind: 'done' })
    const range = map.mapReconcileRangeLog({ from: 0, to: Date.now() }, [{ dossier: exampleDossier, counts }])
    expect(await client.reconcileRangeLog(range)).toMatchObject({ kind: 'done' })
    expect(aimis.ledger.studies.DX2603050001).toMatchObject({
      received: 1,
      body: { patientName: '王秀英', imageCnt: 3 },
      reports: { 'DX2603050001-1': { received: 1 } },
      reconciled: { received: 1, agreed: true },
    })
    expect(await client.studyDelete(map.mapStudyDelete(exampleDossier))).toMatchObject({ kind: 'done' })
    expect(aimis.ledger.studies.DX2603050001?.deleted).toBe(true)
  })

  it('tells the gateway about the study first when it wants a QR for a new one', async () => {
    const client = clientWith()
    const question = map.mapGetStudyQr(exampleDossier)
    expect(await client.getStudyQr(question)).toMatchObject({ kind: 'unknown', reason: { code: 'AIMIS-30002' } })
    const qr = await obtainStudyQr(client, question, registered)
    expect(qr).toMatchObject({ kind: 'done', value: { qrUrl: '' } })
    if (qr.kind === 'done') expect(Buffer.from(qr.value.qrImage, 'base64').subarray(1, 4).toString()).toBe('PNG')
    expect(aimis.ledger.studies.DX2603050001?.body.status).toBe('registered')
  })

  it('notes a report that is already there, and counts how often it came', async () => {
    const client = clientWith()
    await client.studyAdd(study)
    await client.reportAdd(report)
    expect(await client.reportAdd(report)).toMatchObject({
      kind: 'done',
      note: { chinese: expect.stringContaining('30004') },
    })
    expect(aimis.ledger.studies.DX2603050001?.reports['DX2603050001-1']?.received).toBe(2)
  })

  it('learns from reconcilelog what the cloud holds less of', async () => {
    const client = clientWith()
    await client.studyAdd(study)
    await client.reportAdd(report)
    received = asReceived().slice(1)
    expect(await client.reconcileLog(map.mapReconcileLog(exampleDossier, counts))).toMatchObject({
      kind: 'fix-exam',
      reason: { code: 'AIMIS-100001', message: expect.stringContaining('imageCnt 云端 2 上报 3') },
    })
  })

  it('sends nothing while a class A field is missing, and names it', async () => {
    const outcome = await clientWith().studyAdd({ ...study, patientName: '', accessNumber: undefined })
    expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'MISSING-FIELD' } })
    expect(JSON.stringify(outcome)).toContain('患者姓名、检查号 AccessNumber')
    expect(aimis.ledger).toEqual({ studies: {}, questions: [], refusals: [] })
  })

  it('stops for the settings when appId, token or encoding are wrong', async () => {
    const kinds = [
      clientWith({ appId: 'someone-else' }),
      clientWith({ token: 'x'.repeat(32) }),
      clientWith({ signatureEncoding: 'base64' }),
    ].map((client) => client.studyAdd(study))
    for (const outcome of await Promise.all(kinds)) expect(outcome.kind).toBe('fix-settings')
    expect(aimis.ledger.studies).toEqual({})
  })

  it('signs again with the time of the gateway when its own clock is wrong, and remembers it', async () => {
    const client = clientWith({}, () => Date.now() - 10 * 60_000)
    expect((await client.studyAdd(study)).kind).toBe('done')
    expect((await client.studyAdd(study)).kind).toBe('done')
    expect(aimis.ledger.refusals).toHaveLength(1)
    expect(Math.round((client.clockOffsetMs() ?? 0) / 60_000)).toBe(10)
  })

  it('says by how much the clock is wrong where signing again did not help', async () => {
    const client = clientWith({ token: 'x'.repeat(32) }, () => Date.now() - 10 * 60_000)
    const outcome = await client.studyAdd(study)
    expect(outcome.kind).toBe('fix-settings')
    expect(JSON.stringify(outcome)).toContain('本机时间比服务器慢约 10 分钟')
    expect(aimis.ledger.refusals).toHaveLength(2)
  })

  it.each([
    [{ kind: 'html' }, { kind: 'retry', reason: { code: 'CLOUD-HTML' } }, 0],
    [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, { kind: 'retry', reason: { code: 'CLOUD-REDIRECT' } }, 0],
    [{ kind: 'http-status', status: 500 }, { kind: 'retry', reason: { code: 'CLOUD-HTTP-500' } }, 0],
    [{ kind: 'http-status', status: 503 }, { kind: 'retry', reason: { code: 'CLOUD-HTTP-503' } }, 0],
    [{ kind: 'http-status', status: 429 }, { kind: 'retry', reason: { code: 'CLOUD-HTTP-429' } }, 0],
    [{ kind: 'http-status', status: 404 }, { kind: 'unknown', reason: { code: 'CLOUD-HTTP-404' } }, 0],
    [{ kind: 'cut-json' }, { kind: 'retry', maybeReceived: true, reason: { code: 'CLOUD-JSON' } }, 1],
    [{ kind: 'reset-after-processing' }, { kind: 'retry', maybeReceived: true, reason: { code: 'CLOUD-RESET' } }, 1],
    [{ kind: 'slow', ms: 1500 }, { kind: 'retry', maybeReceived: true, reason: { code: 'CLOUD-NO-ANSWER' } }, 1],
    [{ kind: 'answer-code', code: 100003 }, { kind: 'retry', reason: { code: 'AIMIS-100003' } }, 0],
    [{ kind: 'answer-code', code: 77777 }, { kind: 'unknown', reason: { code: 'AIMIS-77777' } }, 0],
  ] as const)('after %j says %j', async (fault, expected, receivedTimes) => {
    aimis.faults.add({ call: 'study/add', times: 1, fault })
    const client = clientWith({}, Date.now, fault.kind === 'slow' ? 400 : 10_000)
    expect(await client.studyAdd(study)).toMatchObject(expected)
    expect(aimis.ledger.studies.DX2603050001?.received ?? 0).toBe(receivedTimes)
    expect(await client.studyAdd(study)).toMatchObject({ kind: 'done' })
  })

  it('tries again after a reset, and after nobody answers the door', async () => {
    aimis.faults.add({ call: '*', times: 1, fault: { kind: 'reset-before-body' } })
    expect(await clientWith().studyAdd(study)).toMatchObject({ kind: 'retry', reason: { code: 'CLOUD-RESET' } })
    const nobody = await clientWith({ gatewayUrl: 'http://127.0.0.1:9' }).studyAdd(study)
    expect(nobody).toMatchObject({ kind: 'retry', reason: { code: 'CLOUD-REFUSED' } })
    expect(nobody).not.toHaveProperty('maybeReceived')
  })

  it('keeps names and numbers out of every failure', async () => {
    aimis.faults.add({
      call: '*',
      times: 1,
      fault: { kind: 'answer-code', code: 1, message: '王秀英 13800138000 11010519491231002X' },
    })
    const text = JSON.stringify(await clientWith().studyAdd(study))
    for (const personal of ['王秀英', '13800138000', '11010519491231002X', token]) expect(text).not.toContain(personal)
  })
})
