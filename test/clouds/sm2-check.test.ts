import { sm2 } from 'sm-crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { sm2Combinations, sm2SelfTest, sm2TrialOf } from '../../shared/clouds/jilin/sm2-check.ts'
import { openSm2, type Sm2Form, sealSm2 } from '../../shared/clouds/jilin/sm2-field.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { exampleDossier, tenInTheMorning } from './example-dossier.ts'

const account = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' }
const testPerson = {
  idCardNo: '11010519491231002X',
  patientName: '王秀英',
  queryDocName: '李医生',
  queryDocCode: '0301',
  queryDeptName: '放射科',
  queryDeptCode: '02',
  mac: 'AA-BB-CC-DD-EE-FF',
}
const clock = () => tenInTheMorning

let jilin: SimulatedJilin
afterEach(() => jilin?.stop())

const clientOf = (settings: object = {}) =>
  createJilinClient({
    settings: jilinSettingsSchema.parse({
      baseUrl: jilin.url,
      ...account,
      sm2PublicKey: jilin.sm2PublicKey,
      ...settings,
    }),
    tokens: { read: () => undefined, write: () => {} },
    transport: createHttpTransport({ clock }),
    clock,
  })

describe('the SM2 self-check', () => {
  it('knows eight combinations, the usual one first, and passes its known-answer test in all of them', () => {
    expect(sm2Combinations()).toHaveLength(8)
    expect(sm2Combinations()[0]).toEqual({ order: 'C1C3C2', encoding: 'base64', prefix04: true })
    expect(sm2SelfTest()).toBe(true)
  })

  it('no combination is read as another one', () => {
    const { publicKey, privateKey } = sm2.generateKeyPairHex()
    for (const written of sm2Combinations()) {
      const sealed = sealSm2('11010519491231002X', publicKey, written) ?? ''
      for (const read of sm2Combinations()) {
        const opened = openSm2(sealed, privateKey, read)
        expect([written, read, opened]).toEqual([written, read, written === read ? '11010519491231002X' : opened])
        if (JSON.stringify(written) !== JSON.stringify(read)) expect(opened).toBeUndefined()
      }
    }
  })

  it.each<Sm2Form>([
    { order: 'C1C3C2', encoding: 'base64', prefix04: true },
    { order: 'C1C2C3', encoding: 'hex', prefix04: false },
  ])('finds the combination that the platform reads: %j', async (form) => {
    jilin = await startSimulatedJilin({ ...account, clock, sm2: form })
    const client = clientOf({ sm2: form })
    await client.savePatientExam(mapPatientExam(exampleDossier))
    // A token store that forgets asks for a token each time: eight of the day's thirty.
    const results = []
    for (const combination of sm2Combinations()) {
      results.push({ combination, ...(await client.trySm2(combination, testPerson)) })
    }
    const accepted = results.filter((one) => one.result === 'accepted')
    const detailInEnglish = expect.stringContaining('The platform can read it')
    const detail = expect.stringContaining('平台能解密')
    expect(accepted).toEqual([{ combination: form, result: 'accepted', detail, detailInEnglish }])
    expect(results.filter((one) => one.result === 'refused')).toHaveLength(7)
    expect(JSON.stringify(results)).not.toContain('11010519491231002X')
  })

  it('is unclear where the platform is not there, or the test person is incomplete', async () => {
    jilin = await startSimulatedJilin({ ...account, clock })
    const [usual] = sm2Combinations() as [Sm2Form]
    jilin.faults.add({ call: 'queryFormerlyExam', times: 1, fault: { kind: 'http-status', status: 502 } })
    expect(await clientOf().trySm2(usual, testPerson)).toMatchObject({ result: 'unclear' })
    expect(await clientOf().trySm2(usual, { ...testPerson, patientName: '' })).toMatchObject({ result: 'unclear' })
    expect(await clientOf({ sm2PublicKey: '1'.repeat(128) }).trySm2(usual, testPerson)).toMatchObject({
      result: 'unclear',
    })
    const conflict = {
      kind: 'fix-exam',
      reason: { code: 'JILIN-409', message: '', action: '', english: 'It did not work', englishAction: 'Try again' },
    } as const
    expect(sm2TrialOf(conflict).result).toBe('unclear')
  })
})
