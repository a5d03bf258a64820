import { describe, expect, it } from 'vitest'
import { createTokenDesk, type TokenDesk } from '../../electron/training/simulated-token-desk.ts'
import type { HttpTransport } from '../../shared/clouds/http-transport.ts'
import { createTokenKeeper, type TokenRecord } from '../../shared/clouds/jilin/token.ts'
import type { TokenPurpose } from '../../shared/clouds/jilin/token-budget.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { tenInTheMorning } from './example-dossier.ts'

const day = 86_400_000
const minute = 60_000
const settings = { baseUrl: 'http://province.invalid', uid: 'u', appSecret: 's' }

/** The same days each time. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** A platform without sockets: getToken goes to its desk. */
function transportTo(desk: TokenDesk, clock: () => number, secret = settings.appSecret): HttpTransport {
  return async () => {
    const answer = desk.ask(settings.uid, secret)
    const body =
      answer.kind === 'granted'
        ? { code: 200, msg: '操作成功', datas: { token: answer.token } }
        : { code: answer.code, msg: answer.message }
    const bytes = Buffer.from(JSON.stringify(body))
    return {
      kind: 'answered',
      status: 200,
      contentType: 'application/json',
      body: bytes,
      clockOffsetMs: clock() % 1000,
    }
  }
}

function mostInADay(times: readonly number[]): { readonly chinaDay: number; readonly rolling: number } {
  const days = new Map<string, number>()
  let rolling = 0
  let from = 0
  for (const [index, at] of times.entries()) {
    const name = chinaDay(at)
    days.set(name, (days.get(name) ?? 0) + 1)
    while ((times[from] ?? at) <= at - day) from += 1
    rolling = Math.max(rolling, index - from + 1)
  }
  return { chinaDay: Math.max(0, ...days.values()), rolling }
}

/** 400 days, a hundred restarts a day at odd moments; sometimes the platform forgets all tokens, sometimes a rival takes one. */
async function live(options: {
  readonly countBy: 'china-day' | 'rolling'
  readonly rival: boolean
  readonly seed: number
}) {
  const roll = dice(options.seed)
  let now = tenInTheMorning
  const clock = () => now
  const desk = createTokenDesk({ ...settings, clock, countBy: options.countBy, oneToken: options.rival })
  const transport = transportTo(desk, clock)
  let kept: TokenRecord | undefined
  const store = {
    read: () => kept,
    write: (record: TokenRecord) => {
      kept = record
    },
  }
  const ours: number[] = []
  const counts = { used: 0, waited: 0, refusedByPlatform: 0 }
  const purposes: readonly TokenPurpose[] = ['ordinary', 'ordinary', 'ordinary', 'deadline', 'person']
  for (let restart = 0; restart < 400 * 100; restart += 1) {
    now += Math.floor(roll() * 2 * (day / 100))
    if (roll() < 0.05) desk.revokeAll()
    if (options.rival && roll() < 0.2) desk.ask(settings.uid, settings.appSecret)
    const purpose = purposes[Math.floor(roll() * purposes.length)] ?? 'ordinary'
    const before = desk.grants().length
    const keeper = createTokenKeeper({ settings, store, transport, clock })
    let token = await keeper.token({ purpose })
    if (token.kind === 'done' && !desk.isValid(token.value)) token = await keeper.renew(token.value, { purpose })
    for (const at of desk.grants().slice(before)) ours.push(at)
    if (token.kind === 'done') counts.used += 1
    else counts.waited += 1
    if (token.kind !== 'done' && /11004/.test(token.reason.code) && token.kind === 'wait-until') {
      counts.refusedByPlatform += 1
    }
    expect(token.kind === 'done' || token.kind === 'wait-until').toBe(true)
  }
  return { most: mostInADay(ours), counts, grants: ours.length }
}

describe('four hundred days with a hundred restarts a day', () => {
  it.each(['china-day', 'rolling'] as const)(
    'never take more than 30 grants by either reading, the platform counting by %s',
    async (countBy) => {
      const { most, counts, grants } = await live({ countBy, rival: false, seed: 7 })
      expect(most.chinaDay).toBeLessThanOrEqual(30)
      expect(most.rolling).toBeLessThanOrEqual(30)
      expect(counts.refusedByPlatform).toBe(0)
      // Six revocations a day and twelve tokens that end: there is always one to work with.
      expect(counts.used / (counts.used + counts.waited)).toBeGreaterThan(0.95)
      expect(grants / 400).toBeLessThan(24)
    },
    60_000,
  )

  it.each(['china-day', 'rolling'] as const)(
    'nor with a rival on the same uid that takes twenty a day and ends ours, counting by %s',
    async (countBy) => {
      const { most, counts } = await live({ countBy, rival: true, seed: 11 })
      expect(most.chinaDay).toBeLessThanOrEqual(30)
      expect(most.rolling).toBeLessThanOrEqual(30)
      expect(counts.used).toBeGreaterThan(0)
    },
    60_000,
  )
})

describe('the reserve of the day', () => {
  it('stops ordinary work at 24, the index at 28, a person at 30, and shows it on the gauge', async () => {
    let now = tenInTheMorning
    const clock = () => now
    const desk = createTokenDesk({ ...settings, clock })
    let kept: TokenRecord | undefined
    const store = {
      read: () => kept && { ...kept, renewedEarly: [] },
      write: (record: TokenRecord) => {
        kept = record
      },
    }
    const keeper = createTokenKeeper({ settings, store, transport: transportTo(desk, clock), clock })
    const takeAll = async (purpose: TokenPurpose) => {
      for (let turn = 0; turn < 40; turn += 1) {
        const token = await keeper.token({ purpose })
        const next = token.kind === 'done' ? await keeper.renew(token.value, { purpose }) : token
        if (next.kind !== 'done') return next
        now += minute
      }
      return undefined
    }
    expect(await keeper.gauge()).toEqual({
      usedChinaDay: 0,
      usedRolling24h: 0,
      limit: 30,
      reservedFrom: 24,
      paused: undefined,
    })
    expect(await takeAll('ordinary')).toMatchObject({ kind: 'wait-until', reason: { code: 'JILIN-TOKEN-RESERVE' } })
    expect(desk.grants()).toHaveLength(24)
    expect(await takeAll('deadline')).toMatchObject({ kind: 'wait-until', reason: { code: 'JILIN-TOKEN-RESERVE' } })
    expect(desk.grants()).toHaveLength(28)
    expect(await takeAll('person')).toMatchObject({ kind: 'wait-until', reason: { code: 'JILIN-TOKEN-DAY' } })
    expect(desk.grants()).toHaveLength(30)
    expect(await keeper.gauge()).toMatchObject({ usedChinaDay: 30, usedRolling24h: 30 })
    now += day - 20 * minute
    expect(await keeper.gauge()).toMatchObject({ usedChinaDay: 0 })
  })
})

describe('wrong answers', () => {
  const wrongDesk = () => {
    const bench = { now: tenInTheMorning, asked: 0, kept: undefined as TokenRecord | undefined }
    const clock = () => bench.now
    const desk = createTokenDesk({ ...settings, clock })
    const keeperWith = (appSecret: string) =>
      createTokenKeeper({
        settings: { ...settings, appSecret },
        store: {
          read: () => bench.kept,
          write: (record) => {
            bench.kept = record
          },
        },
        transport: (call) => {
          bench.asked += 1
          return transportTo(desk, clock, appSecret)(call)
        },
        clock,
      })
    return { bench, keeperWith }
  }

  it('stop automatic asking before the second, for ten days of restarts, until the secret changes', async () => {
    const { bench, keeperWith } = wrongDesk()
    for (let restart = 0; restart < 1000; restart += 1) {
      expect((await keeperWith('wrong').token()).kind).toBe('fix-settings')
      bench.now += day / 100
    }
    expect(bench.asked).toBe(1)
    expect((await keeperWith('s').token()).kind).toBe('done')
  })

  it('never lock the account, however often a person says try again', async () => {
    const { bench, keeperWith } = wrongDesk()
    const keeper = keeperWith('wrong')
    for (let turn = 0; turn < 50; turn += 1) {
      await keeper.resume()
      expect((await keeper.token({ purpose: 'person' })).kind).toBe('fix-settings')
    }
    expect(bench.asked).toBe(5)
    expect((await keeperWith('s').token()).kind).toBe('done')
  })

  it('and a lock-out means ten minutes of silence, for a person and for another secret too', async () => {
    const { bench, keeperWith } = wrongDesk()
    for (let turn = 0; turn < 6; turn += 1) await keeperWith(`wrong-${turn}`).token()
    expect(bench.asked).toBe(6)
    const keeper = keeperWith('s')
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await keeper.resume()
      expect(await keeper.token({ purpose: 'person' })).toMatchObject({
        kind: 'wait-until',
        reason: { code: 'JILIN-11003' },
      })
      bench.now += minute
    }
    expect(bench.asked).toBe(6)
    expect((await keeper.token()).kind).toBe('done')
  })
})
