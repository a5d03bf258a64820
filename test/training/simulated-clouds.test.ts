import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createFaultScript } from '../../electron/training/fault-script.ts'
import { startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createTokenDesk } from '../../electron/training/simulated-token-desk.ts'
import { aimisHeaders } from '../../shared/clouds/aimis/signature.ts'

const credentials = {
  appId: 'clinic-001',
  token: '0123456789abcdef0123456789abcdef',
  signatureEncoding: 'hex',
} as const
const now = 1_772_676_000_000
const json = { 'Content-Type': 'application/json' }
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const study = {
  patientId: 'P1',
  patientName: '王秀英',
  patientSex: 'F',
  studyId: 'A1',
  accessNumber: 'A1',
  modality: 'DX',
}

describe('the simulated AIMIS gateway, spoken to by hand', () => {
  const start = async (options: { ledgerFile?: string } = {}) => {
    const aimis = await startSimulatedAimis({ ...credentials, clock: () => now, ...options })
    stops.push(aimis.stop)
    const ask = async (call: string, body: object, headers = aimisHeaders(credentials, now)) => {
      const response = await fetch(`${aimis.url}/ris/${call}`, {
        method: 'POST',
        headers: { ...headers, ...json },
        body: JSON.stringify(body),
      })
      return (await response.json()) as { code: number; message: string; data?: { qrImage: string } }
    }
    return { aimis, ask }
  }

  it('takes the six class A fields alone, and refuses when one of them is missing', async () => {
    const { ask } = await start()
    expect(await ask('study/add', study)).toMatchObject({ code: 0 })
    for (const name of Object.keys(study)) {
      expect(await ask('study/add', { ...study, [name]: undefined })).toEqual({
        code: 20031,
        message: `必填参数为空：${name}`,
      })
      expect(await ask('study/add', { ...study, [name]: '' })).toMatchObject({ code: 20031 })
    }
  })

  it.each([
    [{ patientSex: 'X' }, 20030],
    [{ patientAgeUnit: '1' }, 20030],
    [{ studyCategory: 'urgent' }, 20030],
    [{ status: 'done' }, 20030],
    [{ studyDate: '2026-03-05T10:00:00' }, 20030],
    [{ studyDate: '2026-03-05 24:00:00' }, 20030],
    [{ patientBirthday: '19491231' }, 20030],
    [{ imageCnt: '3' }, 100001],
    [{ imageCnt: -1 }, 100001],
    [{ phoneNum: null }, 100001],
    [{ phoneNum: 'null' }, 100001],
    [{ weight: 58 }, 100001],
    [{ phoneNumber: '138' }, 100001],
  ])('refuses %j with %i', async (wrong, code) => {
    const { ask } = await start()
    expect(await ask('study/add', { ...study, ...wrong })).toMatchObject({ code })
  })

  it('refuses a wrong, a stale and a missing signature', async () => {
    const { ask } = await start()
    const good = aimisHeaders(credentials, now)
    expect(await ask('study/add', study, { ...good, signature: '0'.repeat(64) })).toMatchObject({ code: 90002 })
    expect(await ask('study/add', study, aimisHeaders(credentials, now - 5 * 60_000 - 1))).toMatchObject({
      code: 90002,
    })
    expect(await ask('study/add', study, aimisHeaders(credentials, now - 5 * 60_000))).toMatchObject({ code: 0 })
    expect(await ask('study/add', study, aimisHeaders({ ...credentials, appId: 'other' }, now))).toMatchObject({
      code: 90001,
    })
    expect(await ask('study/add', study, {} as never)).toMatchObject({ code: 90001 })
  })

  it('gives a PNG for a study that it knows only', async () => {
    const { ask } = await start()
    expect(await ask('getStudyQR', { studyId: 'A1' })).toMatchObject({ code: 30002 })
    await ask('study/add', study)
    const { data } = await ask('getStudyQR', { studyId: 'A1' })
    expect(
      Buffer.from(data?.qrImage ?? '', 'base64')
        .subarray(0, 8)
        .toString('hex'),
    ).toBe('89504e470d0a1a0a')
  })

  it('shows its ledger, and finds it again in its file after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'))
    const ledgerFile = join(folder, 'aimis.json')
    const first = await start({ ledgerFile })
    await first.ask('study/add', study)
    await first.ask('study/add', study)
    const second = await start({ ledgerFile })
    const shown = await (await fetch(`${second.aimis.url}/_ledger`)).json()
    expect(shown).toMatchObject({ studies: { A1: { received: 2, body: study } }, refusals: [] })
    await rm(folder, { recursive: true })
  })
})

describe('the simulated provincial cloud, spoken to by hand', () => {
  const account = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' }
  const start = async () => {
    const jilin = await startSimulatedJilin({ ...account, clock: () => now })
    stops.push(jilin.stop)
    const ask = async (call: string, body: object, token = '') => {
      const headers = { ...json, 'X-Token': token }
      const response = await fetch(`${jilin.url}/interface/${call}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return (await response.json()) as { code: number; msg: string; datas?: { token: string } }
    }
    return { jilin, ask }
  }

  it('refuses a call without a token, and an index without its required fields', async () => {
    const { ask } = await start()
    expect(await ask('savePatientExam', {})).toEqual({ code: 403, msg: '授权校验失败' })
    const { datas } = await ask('getToken', account)
    expect(await ask('savePatientExam', {}, datas?.token)).toEqual({ code: 400, msg: '入参不规范：缺少机构组织编码' })
    expect(await ask('savePatientExam', { idCardNo: '11010519491231002X' }, datas?.token)).toMatchObject({
      code: 400,
      msg: '入参不规范：idCardNo 无法用 SM2 解密',
    })
    expect(await ask('uploadDicom', {}, datas?.token)).toMatchObject({ code: 400 })
  })

  it('takes a project in the shape of the example only', async () => {
    const { ask } = await start()
    const { datas } = await ask('getToken', account)
    const project = {
      projectItemName: 'CT胸部（平扫）',
      projectItemCode: 'CTXBPS',
      type: '2',
      sampleTypeCode: '99',
      price: 285,
      standardProjectList: [{ standardProjectCode: 'CT111' }],
    }
    expect(await ask('projectContrast', { hospitalCode: 'HSX00923', projects: [project] }, datas?.token)).toMatchObject(
      { code: 200 },
    )
    for (const wrong of [
      { type: 'CT' },
      { sampleTypeCode: undefined },
      { price: 1000 },
      { standardProjectList: [{}] },
    ]) {
      expect(await ask('projectContrast', { projects: [{ ...project, ...wrong }] }, datas?.token)).toMatchObject({
        code: 400,
      })
    }
    expect(await ask('projectContrast', project, datas?.token)).toMatchObject({ code: 400 })
  })
})

describe('the token desk', () => {
  let time = now
  const desk = () => createTokenDesk({ uid: 'u', appSecret: 's', clock: () => time })

  it('locks for ten minutes after six wrong attempts in a row', () => {
    const door = desk()
    const codes = Array.from({ length: 6 }, () => door.ask('u', 'x')).map((a) => (a.kind === 'refused' ? a.code : 0))
    expect(codes).toEqual([11001, 11001, 11001, 11001, 11001, 11003])
    expect(door.ask('u', 's')).toMatchObject({ code: 11003 })
    time += 600_000
    expect(door.ask('u', 's').kind).toBe('granted')
  })

  it('grants thirty a day, and a token for two hours', () => {
    const door = desk()
    const tokens = Array.from({ length: 31 }, () => door.ask('u', 's'))
    expect(tokens.filter((t) => t.kind === 'granted')).toHaveLength(30)
    expect(tokens.at(-1)).toMatchObject({ code: 11004 })
    const first = tokens[0]?.kind === 'granted' ? tokens[0].token : ''
    expect(door.isValid(first)).toBe(true)
    time += 7_200_000
    expect(door.isValid(first)).toBe(false)
  })
})

describe('a fault script', () => {
  it('uses each rule as often as it says, in order, for its call or for any', () => {
    const script = createFaultScript([{ call: 'a', times: 2, fault: { kind: 'html' } }])
    script.add({ call: '*', times: 1, fault: { kind: 'cut-json' } })
    expect([script.take('b'), script.take('a'), script.take('a'), script.take('a')]).toEqual([
      { kind: 'cut-json' },
      { kind: 'html' },
      { kind: 'html' },
      undefined,
    ])
    expect(script.pending()).toEqual([])
  })
})
