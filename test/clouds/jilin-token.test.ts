import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createTokenKeeper, type TokenRecord } from '../../shared/clouds/jilin/token.ts'
import { whenAllowed } from '../../shared/clouds/jilin/token-budget.ts'
import { tenInTheMorning } from './example-dossier.ts'

const hour = 3_600_000
const minute = 60_000
const account = { uid: 'ADSADT12', appSecret: 'meCG2Tz5PocVGEcoaM2Nvw==' }

let now = tenInTheMorning
const clock = () => now
let jilin: SimulatedJilin
let kept: TokenRecord | undefined
const store = {
  read: () => structuredClone(kept),
  write: async (record: TokenRecord) => {
    kept = structuredClone(record)
  },
}
beforeEach(async () => {
  now = tenInTheMorning
  kept = undefined
  jilin = await startSimulatedJilin({ ...account, clock })
})
afterEach(() => jilin.stop())

const keeperWith = (settings: object = {}) =>
  createTokenKeeper({
    settings: { baseUrl: jilin.url, ...account, ...settings },
    store,
    transport: createHttpTransport({ clock, timeouts: { headersMs: 10_000 } }),
    clock,
  })
const grants = () => jilin.ledger.grants.length
const wrongAttempts = () => jilin.ledger.refusals.length

describe('the token of the provincial cloud', () => {
  it('is asked for once by fifty callers at the same time', async () => {
    const keeper = keeperWith()
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keeper.token()))
    expect(new Set(tokens.map((t) => (t.kind === 'done' ? t.value : ''))).size).toBe(1)
    expect(grants()).toBe(1)
  })

  it('is renewed once for fifty callers whose calls were refused together', async () => {
    const keeper = keeperWith()
    const first = await keeper.token()
    const old = first.kind === 'done' ? first.value : ''
    jilin.revokeTokens()
    const renewed = await Promise.all(Array.from({ length: 50 }, () => keeper.renew(old)))
    expect(new Set(renewed.map((t) => (t.kind === 'done' ? t.value : ''))).size).toBe(1)
    expect(grants()).toBe(2)
  })

  it('survives a hundred restarts a day, and is renewed shortly before its two hours end', async () => {
    for (let restart = 0; restart < 100; restart += 1) {
      expect((await keeperWith().token()).kind).toBe('done')
      now += minute
    }
    expect(grants()).toBe(1)
    now = tenInTheMorning + 2 * hour - 6 * minute
    await keeperWith().token()
    expect(grants()).toBe(1)
    now += 2 * minute
    await keeperWith().token()
    expect(grants()).toBe(2)
  })

  it('needs 13 grants for a whole day', async () => {
    for (const end = now + 24 * hour; now < end; now += 5 * minute) await keeperWith().token()
    expect(grants()).toBeLessThanOrEqual(13)
  })

  it('is never asked for more than 30 times, by the China day or by 24 hours, whatever refuses it', async () => {
    const times: number[] = []
    let waited = 0
    for (const end = now + 72 * hour; now < end; now += minute) {
      const token = await keeperWith().token()
      if (token.kind === 'wait-until') waited += 1
      // Another system with our uid makes the platform forget the token as soon as it is given.
      kept = kept && ({ ...kept, token: undefined, renewedEarly: [] } as unknown as TokenRecord)
    }
    times.push(...jilin.ledger.grants)
    for (const at of times) expect(times.filter((t) => t > at - 24 * hour && t <= at).length).toBeLessThanOrEqual(30)
    expect(jilin.ledger.refusals).toEqual([])
    expect(waited).toBeGreaterThan(0)
  }, 60_000)

  it('is not asked for again after one wrong answer, not by restarts either, until the settings change', async () => {
    for (let restart = 0; restart < 100; restart += 1) {
      const outcome = await keeperWith({ appSecret: 'wrong' }).token()
      expect(outcome).toMatchObject({ kind: 'fix-settings', reason: { code: 'JILIN-11001' } })
      now += hour
    }
    expect(wrongAttempts()).toBe(1)
    expect((await keeperWith().token()).kind).toBe('done')
  })

  it('may be tried again when a person says so', async () => {
    const keeper = keeperWith({ appSecret: 'wrong' })
    await keeper.token()
    await keeper.resume()
    await keeper.token()
    expect(wrongAttempts()).toBe(2)
  })

  it('waits ten minutes after 11003 and until the next China day after 11004', async () => {
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'answer-code', code: 11003 } })
    expect(await keeperWith().token()).toMatchObject({ kind: 'wait-until', until: now + 10 * minute })
    now += 9 * minute
    expect((await keeperWith().token()).kind).toBe('wait-until')
    now += 2 * minute
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'answer-code', code: 11004 } })
    // Midnight in China is 14 hours after ten in the morning; one minute is added.
    const untilTomorrow = tenInTheMorning + 14 * hour + minute
    expect(await keeperWith().token()).toMatchObject({
      kind: 'wait-until',
      until: untilTomorrow,
      reason: { code: 'JILIN-11004' },
    })
    expect(grants()).toBe(0)
    now = untilTomorrow
    expect((await keeperWith().token()).kind).toBe('done')
  })

  it('takes a bare 403 for a wrong secret and stops', async () => {
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'http-status', status: 403 } })
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'answer-code', code: 403 } })
    expect((await keeperWith().token()).kind).toBe('fix-settings')
    expect((await keeperWith().token()).kind).toBe('fix-settings')
    expect(jilin.faults.pending()).toHaveLength(1)
  })

  it('counts an asking whose answer was lost, and waits longer each time', async () => {
    jilin.faults.add({ call: 'getToken', times: 2, fault: { kind: 'reset-after-processing' } })
    const keeper = keeperWith()
    expect(await keeper.token()).toMatchObject({ kind: 'retry', maybeReceived: true })
    expect(kept?.asked).toHaveLength(1)
    await keeper.token()
    expect(grants()).toBe(1)
    now += minute
    await keeper.token()
    expect(grants()).toBe(2)
    now += minute
    expect((await keeper.token()).kind).toBe('done')
    expect(kept?.asked).toHaveLength(3)
  })

  it('does not count an outage', async () => {
    jilin.faults.add({ call: 'getToken', times: 40, fault: { kind: 'http-status', status: 503 } })
    const keeper = keeperWith()
    for (let attempt = 0; attempt < 40; attempt += 1) expect((await keeper.token()).kind).toBe('retry')
    expect((await keeper.token()).kind).toBe('done')
    expect(kept?.asked).toHaveLength(1)
  })

  it('keeps using a token that has some minutes left while it cannot be renewed', async () => {
    await keeperWith().token()
    now += 2 * hour - 2 * minute
    jilin.faults.add({ call: 'getToken', times: 1, fault: { kind: 'http-status', status: 503 } })
    expect((await keeperWith().token()).kind).toBe('done')
    expect((await keeperWith().token()).kind).toBe('done')
    expect(grants()).toBe(2)
  })

  it('waits longer and longer while fresh tokens are refused', async () => {
    const keeper = keeperWith()
    const waits: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const token = await keeper.token()
      let renewed = await keeper.renew(token.kind === 'done' ? token.value : '')
      if (renewed.kind === 'wait-until') {
        waits.push((renewed.until - now) / minute)
        now = renewed.until
        renewed = await keeper.renew(token.kind === 'done' ? token.value : '')
      }
      expect(renewed.kind).toBe('done')
    }
    expect(waits).toEqual([5, 10, 20, 40, 60])
  })

  it('of another address or another uid is not used', async () => {
    await keeperWith().token()
    const old = kept?.token?.value
    expect(await keeperWith({ uid: 'ANOTHER' }).token()).toMatchObject({ kind: 'fix-settings' })
    expect(kept?.token).toBeUndefined()
    expect(old).toBeDefined()
  })
})

describe('when the next token may be asked for', () => {
  it('is now with 29 askings, and after 30 when the oldest of them is a day old', () => {
    const asked = Array.from({ length: 30 }, (_, index) => tenInTheMorning - 20 * hour + index * minute)
    expect(whenAllowed(asked.slice(1), tenInTheMorning)).toBe(tenInTheMorning)
    expect(whenAllowed(asked, tenInTheMorning)).toBe(tenInTheMorning + 4 * hour)
  })

  it('is after midnight in China with 30 askings today, and not before the oldest is a day old', () => {
    const asked = Array.from({ length: 30 }, () => tenInTheMorning)
    expect(whenAllowed(asked, tenInTheMorning + hour)).toBe(tenInTheMorning + 24 * hour)
  })
})
