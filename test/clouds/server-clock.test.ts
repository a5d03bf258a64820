import { afterEach, describe, expect, it } from 'vitest'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { createTokenDesk } from '../../electron/training/simulated-token-desk.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { aimisCountsOf, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import { createHttpTransport, type HttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import type { TokenRecord } from '../../shared/clouds/jilin/token.ts'
import { clockWarning, createServerClock } from '../../shared/clouds/server-clock.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { exampleDossier, tenInTheMorning } from './example-dossier.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const wrongBy = [1, -1].flatMap((sense) => [minute, 6 * minute, hour, day, 30 * day, 365 * day].map((ms) => sense * ms))

describe('the clock of a server', () => {
  const at = (offsets: readonly (number | 'refused')[]) => {
    const clock = createServerClock(() => tenInTheMorning)
    for (const offset of offsets) {
      if (offset === 'refused') clock.refused(clock.usedMs())
      else clock.learn(offset)
    }
    return clock.usedMs()
  }

  it.each([
    ['is ours until two answers agree', [hour], 0],
    ['is the server’s once two answers agree within five seconds', [hour, hour + 4000], hour + 4000],
    ['is ours while they disagree', [hour, 2 * hour, 3 * hour], 0],
    ['is ours within a minute', [59_000, 59_000, 'refused'], 0],
    ['is the server’s after one refusal', [hour, 'refused'], hour],
    ['is ours again when that was refused, too', [hour, 'refused', 'refused'], 0],
    ['stays ours while a disproved offset is told again', [hour, 'refused', 'refused', hour, hour, 'refused'], 0],
    ['takes another offset after one was disproved', [hour, 'refused', 'refused', -day, -day], -day],
    ['is ours again when the clock has been put right', [hour, hour, 0, 0], 0],
    ['is ours when nothing was measured', ['refused'], 0],
  ] as const)('%s', (_, steps, used) => {
    expect(at(steps)).toBe(used)
  })

  it('is told to staff beyond a minute, in words', () => {
    expect(clockWarning(undefined)).toBeUndefined()
    expect(clockWarning(60_000)).toBeUndefined()
    expect(clockWarning(61_000)?.chinese).toBe('本机时间比服务器慢约 1 分钟，请校准本机日期时间')
    expect(clockWarning(-3 * hour)?.chinese).toBe('本机时间比服务器快约 3 小时，请校准本机日期时间')
    expect(clockWarning(-365 * day)?.chinese).toBe('本机时间比服务器快约 365 天，请校准本机日期时间')
  })

  it('learned before a restart holds until something is learned', () => {
    const clock = createServerClock(() => 0)
    clock.restore(hour)
    expect(clock.now()).toBe(hour)
    clock.learn(0)
    clock.learn(0)
    clock.restore(hour)
    expect(clock.now()).toBe(0)
  })
})

describe('signing for AIMIS', () => {
  const appId = 'clinic-001'
  const token = '0123456789abcdef0123456789abcdef'
  const study = mapStudyAdd(exampleDossier, 'final', aimisCountsOf(exampleDossier, false))
  let aimis: SimulatedAimis
  afterEach(() => aimis.stop())
  const clientAt = (clock: () => number) =>
    createAimisClient({
      settings: { gatewayUrl: aimis.url, appId, token, signatureEncoding: 'hex' },
      transport: createHttpTransport({ clock }),
      clock,
    })

  it.each(wrongBy)('with a clock that is wrong by %i ms succeeds at once, and three times more', async (ms) => {
    aimis = await startSimulatedAimis({ appId, token })
    const client = clientAt(() => Date.now() + ms)
    for (let turn = 0; turn < 4; turn += 1) expect((await client.studyAdd(study)).kind).toBe('done')
    expect(aimis.ledger.refusals.length).toBe(Math.abs(ms) > 5 * minute ? 1 : 0)
  })

  it.each(wrongBy)('with a right clock succeeds though the server’s Date is wrong by %i ms', async (ms) => {
    aimis = await startSimulatedAimis({ appId, token, dateClock: () => Date.now() + ms })
    const client = clientAt(Date.now)
    for (let turn = 0; turn < 6; turn += 1) expect((await client.studyAdd(study)).kind).toBe('done')
    // Two answers agreed on a wrong time: one refusal disproved it.
    expect(aimis.ledger.refusals.length).toBe(Math.abs(ms) > 5 * minute ? 1 : 0)
  })

  it('with a clock that jumps twelve times succeeds every time', async () => {
    let ms = 0
    aimis = await startSimulatedAimis({ appId, token })
    const client = clientAt(() => Date.now() + ms)
    for (let jump = 0; jump < 12; jump += 1) {
      ms = (wrongBy[jump] ?? 0) * (jump + 1)
      expect([jump, (await client.studyAdd(study)).kind]).toEqual([jump, 'done'])
    }
  })

  it('with thirty calls at the same time and a wrong clock lets all of them through', async () => {
    aimis = await startSimulatedAimis({ appId, token })
    const client = clientAt(() => Date.now() + hour)
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => client.studyAdd(study)))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(outcomes.map(() => 'done'))
  })
})

describe('the provincial token', () => {
  const account = { uid: 'u', appSecret: 's' }
  const publicKey =
    '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'

  /** A platform whose clock is right, a station whose clock is `wrong()` milliseconds ahead of it. */
  function bench(wrong: () => number) {
    const state = { now: tenInTheMorning, refused: 0, kept: undefined as TokenRecord | undefined }
    const desk = createTokenDesk({ ...account, clock: () => state.now })
    const transport: HttpTransport = async (call) => {
      const isGrant = call.url.endsWith('/getToken')
      const answer = isGrant ? desk.ask('u', 's') : undefined
      const isRefused = answer?.kind === 'refused' || (!isGrant && !desk.isValid(call.headers?.['X-Token']))
      if (isRefused) state.refused += 1
      const datas = answer?.kind === 'granted' ? { token: answer.token } : 'http://film.invalid/'
      const body = isRefused ? { code: 403, msg: '授权校验失败' } : { code: 200, msg: '', datas }
      const clockOffsetMs = Math.floor(state.now / 1000) * 1000 - (state.now + wrong())
      const bytes = Buffer.from(JSON.stringify(body))
      return { kind: 'answered', status: 200, contentType: 'application/json', body: bytes, clockOffsetMs }
    }
    const client = () =>
      createJilinClient({
        settings: jilinSettingsSchema.parse({ baseUrl: 'http://x.invalid', ...account, sm2PublicKey: publicKey }),
        tokens: {
          read: () => state.kept,
          write: (record) => {
            state.kept = record
          },
        },
        transport,
        clock: () => state.now + wrong(),
      })
    return { state, desk, client }
  }
  const question = { hospitalCode: 'H', examId: '1' }

  it.each(wrongBy)('needs 13 grants a day with a clock that is wrong by %i ms, restarts or not', async (ms) => {
    const { state, desk, client } = bench(() => ms)
    const one = client()
    for (let turn = 0; turn < 288; turn += 1) {
      const outcome = await (turn % 3 === 0 ? client() : one).getDigitalImageUrl(question)
      expect([turn, outcome.kind]).toEqual([turn, 'done'])
      state.now += 5 * minute
    }
    expect(desk.grants().length).toBeLessThanOrEqual(14)
    expect(state.refused).toBeLessThanOrEqual(1)
  })

  it.each(wrongBy)('survives a clock that jumps by %i ms at noon and is put right in the evening', async (ms) => {
    let wrong = 0
    const { state, desk, client } = bench(() => wrong)
    const one = client()
    let failed = 0
    for (let turn = 0; turn < 288; turn += 1) {
      if (turn === 24) wrong = ms
      if (turn === 120) wrong = 0
      const outcome = await one.getDigitalImageUrl(question)
      if (outcome.kind !== 'done') failed += 1
      state.now += 5 * minute
    }
    expect(desk.grants().length).toBeLessThanOrEqual(18)
    expect(failed).toBeLessThanOrEqual(2)
  })
})
