import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { createAimisServiceClient } from '../../shared/clouds/aimis/internet-hospital-client.ts'
import * as map from '../../shared/clouds/aimis/map-exam.ts'
import { aimisStudyType, mapAimisPatient } from '../../shared/clouds/aimis/map-patient.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { exampleDossier } from './example-dossier.ts'

const appId = 'clinic-001'
const token = '0123456789abcdef0123456789abcdef'
const patient = mapAimisPatient(exampleDossier)
const question = {
  ...patient,
  studyType: 0,
  dataFlag: 0,
  usage: 2,
  studyDateBegin: '2026-03-01 00:00:00',
  studyDateEnd: '2026-03-31 23:59:59',
}

let aimis: SimulatedAimis
const stops: (() => Promise<unknown>)[] = []
beforeEach(async () => {
  aimis = await startSimulatedAimis({ appId, token })
  stops.push(aimis.stop)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const settings = () =>
  ({
    gatewayUrl: aimis.url,
    serviceUrl: `${aimis.url}/`,
    appId,
    token,
    signatureEncoding: 'hex',
    edition: '2025',
    hospitalId: 'H9',
    unionId: 'U9',
  }) as const
const transport = createHttpTransport({ clock: Date.now, timeouts: { connectMs: 5000, headersMs: 10_000 } })
const clientWith = (changes: object = {}) =>
  createAimisServiceClient({ settings: { ...settings(), ...changes }, transport, clock: Date.now })

async function deliver(): Promise<void> {
  const client = createAimisClient({ settings: settings(), transport, clock: Date.now })
  const counts = map.aimisCountsOf(exampleDossier, false)
  expect((await client.studyAdd(map.mapStudyAdd(exampleDossier, 'final', counts))).kind).toBe('done')
  expect((await client.reportAdd(map.mapReportAdd(exampleDossier))).kind).toBe('done')
}

/** Answers every call with this, and keeps what came. */
async function answering(answer: unknown) {
  const seen: { url: string; body: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    seen.push({ url: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) })
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  stops.push(async () => server.close().closeAllConnections())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

describe('the internet-hospital calls', () => {
  it('of the document 2025 are these requests, identity sealed', async () => {
    const { url, seen } = await answering({ code: 0, message: '成功', data: [] })
    const client = clientWith({ serviceUrl: url, appId: 'a/b' })
    await client.patientStudies(question)
    await client.patientConsultations(patient)
    await client.patientReportUrl({ ...patient, reportId: 'R1' })
    // printf 13800138000 | openssl enc -aes-256-ecb -K "$(printf $token | xxd -p -c 64)" | xxd -p
    const phoneNum = '554fb5befba4daabdb8169e45db64485'
    const idNum = seen[0]?.body.idNum
    expect(idNum).toMatch(/^[0-9a-f]{64}$/)
    expect(seen).toEqual([
      {
        url: '/thirdparty/patientStudies/a%2Fb',
        body: {
          phoneNum,
          idNum,
          hisId: 'H001',
          patientName: '王秀英',
          hospitalId: 'h-1',
          unionId: 'u-1',
          studyType: 0,
          dataFlag: 0,
          usage: 2,
          studyDateBegin: '2026-03-01 00:00:00',
          studyDateEnd: '2026-03-31 23:59:59',
        },
      },
      {
        url: '/thirdparty/patientConsultations/a%2Fb',
        body: { hisId: 'H001', phoneNum, idNum, patientName: '王秀英', hospitalId: 'h-1', unionId: 'u-1' },
      },
      {
        url: '/thirdparty/patientReportUrl/a%2Fb',
        body: { reportId: 'R1', phoneNum, idNum, hospitalId: 'h-1' },
      },
    ])
  })

  it('spell the phone phoneNumber in the consultation query of 2023, and there only', async () => {
    const { url, seen } = await answering({ code: 0, message: '成功', data: { h5Url: 'https://x.invalid/' } })
    const client = clientWith({ serviceUrl: url, edition: '2023' })
    await client.patientConsultations(patient)
    await client.patientStudies(question)
    expect(Object.keys(seen[0]?.body ?? {})).toEqual([
      'hisId',
      'phoneNumber',
      'idNum',
      'patientName',
      'hospitalId',
      'unionId',
    ])
    expect(seen[1]?.body).toHaveProperty('phoneNum')
    expect(seen[1]?.body).not.toHaveProperty('phoneNumber')
  })

  it.each(['2023', '2025'] as const)('find what was delivered, edition %s', async (edition) => {
    await aimis.stop()
    aimis = await startSimulatedAimis({ appId, token, edition })
    stops.push(aimis.stop)
    const client = clientWith({ edition })
    expect(await client.patientStudies(question)).toEqual({ kind: 'done', value: [] })
    expect(await client.patientConsultations(patient)).toEqual({ kind: 'done', value: 'nothing-found' })
    await deliver()
    const found = await client.patientStudies(question)
    expect(found).toMatchObject({
      kind: 'done',
      value: [{ studyId: 'DX2603050001', studyName: '胸部正位', studyType: 0, applyDoctor: '张医师', hisId: 'H001' }],
    })
    const reportId = found.kind === 'done' ? (found.value[0]?.reportId ?? '') : ''
    expect(await client.patientReportUrl({ ...patient, reportId })).toMatchObject({
      kind: 'done',
      value: { h5Url: 'https://training.invalid/report/DX2603050001', studyId: 'DX2603050001' },
    })
    expect(await client.patientReportUrl({ ...patient, reportId: 'R-other' })).toEqual({
      kind: 'done',
      value: 'nothing-found',
    })
    expect(await client.patientConsultations(patient)).toMatchObject({ kind: 'done', value: { h5Url: /./ } })
    expect(await client.patientStudies({ ...question, dataFlag: 2 })).toEqual({ kind: 'done', value: [] })
    expect(await client.patientStudies({ ...question, studyType: 5 })).toEqual({ kind: 'done', value: [] })
    expect(await client.patientStudies({ ...question, idNum: '110105194912310038' })).toEqual({
      kind: 'done',
      value: [],
    })
    expect(aimis.ledger.questions[0]?.body.idNum).toBe('11010519491231002X')
  })

  it('of one edition are refused by a service of the other', async () => {
    const outcome = await clientWith({ edition: '2023' }).patientConsultations(patient)
    expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'AIMIS-100001' } })
  })

  it('use the hospital of the settings where the institution has none', async () => {
    const { url, seen } = await answering({ code: 0, message: '', data: [] })
    await clientWith({ serviceUrl: url }).patientStudies({ ...question, hospitalId: '', unionId: undefined as never })
    expect(seen[0]?.body).toMatchObject({ hospitalId: 'H9', unionId: 'U9' })
  })

  it('send nothing without phone or identity number, and say so', async () => {
    const { url, seen } = await answering({ code: 0, message: '', data: [] })
    const outcome = await clientWith({ serviceUrl: url }).patientStudies({ ...question, phoneNum: '', idNum: '' })
    expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'MISSING-FIELD' } })
    expect(JSON.stringify(outcome)).toContain('患者电话号码、患者身份证号')
    expect(seen).toEqual([])
  })

  it('read a list that is null as empty, and hand on no address but http and https', async () => {
    const none = await answering({ code: 0, message: '', data: null })
    expect(await clientWith({ serviceUrl: none.url }).patientStudies(question)).toEqual({ kind: 'done', value: [] })
    const bad = await answering({
      code: 0,
      message: '',
      data: [{ studyId: 7, h5Url: 'javascript:alert(1)', h5DetailUrl: 'https://ok.invalid/x' }, 'nonsense', null],
    })
    expect(await clientWith({ serviceUrl: bad.url }).patientStudies(question)).toMatchObject({
      kind: 'done',
      value: [{ studyId: '7', h5Url: '', h5DetailUrl: 'https://ok.invalid/x' }],
    })
  })

  it.each([
    { code: 0, message: '', data: 'text' },
    { code: 0, message: '', data: { h5Url: 'ftp://x' } },
    { code: 0, message: '' },
  ])('call %j no answer to a question for an address', async (answer) => {
    const { url } = await answering(answer)
    const client = clientWith({ serviceUrl: url })
    const no = { kind: 'unknown', reason: { code: 'AIMIS-NO-DATA' } }
    expect(await client.patientConsultations(patient)).toMatchObject(no)
    expect(await client.patientReportUrl({ ...patient, reportId: 'R1' })).toMatchObject(no)
  })

  it('know the kind of a study by its modality', () => {
    expect((['DX', 'CT', 'ES', 'ECG', 'US', 'OT'] as const).map(aimisStudyType)).toEqual([0, 0, 3, 4, 5, 0])
  })
})
