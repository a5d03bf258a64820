import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sealIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import { aimisHeaders } from '../../shared/clouds/aimis/signature.ts'
import {
  type AimisCloudStatus,
  createNonceStore,
  mergeStatus,
  readAimisCallback,
} from '../../shared/clouds/aimis/status-callback.ts'
import { tenInTheMorning as now } from './example-dossier.ts'

const settings = { appId: 'clinic-001', token: '0123456789abcdef0123456789abcdef' }
const sign = (at = now, signatureEncoding: 'hex' | 'base64' = 'hex', credentials = settings) =>
  aimisHeaders({ ...credentials, signatureEncoding }, at)
const body = {
  status: 1,
  phoneNum: sealIdentity('13800138000', settings.token),
  idNum: sealIdentity('11010519491231002X', settings.token).toUpperCase(),
  patientId: 'P26000001',
  hospitalId: 'h-1',
  studyType: 0,
  studyDate: '2026-03-05 10:04:30',
  studyId: 'DX2603050001',
  h5Url: 'https://training.invalid/report/1',
  h5DetailUrl: '',
  reportId: 'R-1',
}

const receive = (
  changes: object = {},
  headers: Readonly<Record<string, string | readonly string[] | undefined>> = sign(),
  current?: AimisCloudStatus,
  seen = createNonceStore(() => now),
) => readAimisCallback({ headers, body: { ...body, ...changes }, settings, clock: () => now, seen, current })

describe('the status callback', () => {
  it('is taken when it is signed, fresh and whole, in either encoding, its identity opened', () => {
    for (const encoding of ['hex', 'base64'] as const) {
      expect(receive({}, sign(now, encoding))).toEqual({
        kind: 'accepted',
        status: 1,
        moved: true,
        answer: { code: 0, message: '成功' },
        callback: {
          status: 1,
          studyId: 'DX2603050001',
          patientId: 'P26000001',
          hospitalId: 'h-1',
          hisId: '',
          phone: '13800138000',
          identityNumber: '11010519491231002X',
          studyDate: '2026-03-05 10:04:30',
          reportId: 'R-1',
          h5Url: 'https://training.invalid/report/1',
          h5DetailUrl: '',
        },
      })
    }
    const lowerCase = Object.fromEntries(Object.entries(sign()).map(([name, value]) => [name.toLowerCase(), value]))
    expect(receive({}, lowerCase).kind).toBe('accepted')
  })

  it.each([
    ['another token', sign(now, 'hex', { ...settings, token: 'x'.repeat(32) })],
    ['another appId', sign(now, 'hex', { ...settings, appId: 'other' })],
    ['a signature of another time', { ...sign(), timestamp: String(now + 1) }],
    ['no signature', { ...sign(), signature: undefined }],
    ['a signature given twice', { ...sign(), signature: [sign().signature ?? '', sign().signature ?? ''] }],
    ['no time', { ...sign(), timestamp: undefined }],
    ['no headers', {}],
  ])('with %s is answered 90002 and changes nothing', (_, headers) => {
    expect(receive({}, headers)).toEqual({
      kind: 'refused',
      why: 'signature',
      answer: { code: 90002, message: '无效签名' },
    })
  })

  it('is refused one millisecond beyond five minutes, old or from the future, and taken at five', () => {
    const fiveMinutes = 300_000
    for (const sense of [-1, 1]) {
      expect(receive({}, sign(now + sense * fiveMinutes)).kind).toBe('accepted')
      expect(receive({}, sign(now + sense * (fiveMinutes + 1)))).toMatchObject({
        why: 'stale',
        answer: { code: 90002 },
      })
    }
  })

  it('is refused when its signature was used before, in the other encoding and with another body too', () => {
    const seen = createNonceStore(() => now)
    expect(receive({}, sign(), undefined, seen).kind).toBe('accepted')
    for (const headers of [sign(), sign(now, 'base64')]) {
      const again = receive({ status: 3 }, headers, undefined, seen)
      expect(again).toMatchObject({ kind: 'refused', why: 'replayed', answer: { code: 90002 } })
    }
    expect(receive({}, sign(now + 1), undefined, seen).kind).toBe('accepted')
  })

  it('forgets a used signature only when it is stale anyway', () => {
    let time = now
    const seen = createNonceStore(() => time)
    seen.add('a', now + 600_000)
    time = now + 600_000
    seen.add('b', time)
    expect(seen.has('a')).toBe(true)
    time += 1
    seen.add('c', time)
    expect(seen.has('a')).toBe(false)
  })

  it.each([
    [{ studyId: undefined }, 20031],
    [{ studyId: '' }, 20031],
    [{ h5Url: undefined }, 20031],
    [{ status: 4 }, 20030],
    [{ status: '1' }, 20030],
    [{ studyType: 6 }, 20030],
    [{ studyDate: '2026-3-5' }, 20030],
    [{ idNum: '11010519491231002X' }, 20030],
    [{ phoneNum: 'ff'.repeat(16) }, 20030],
  ])('with %j is answered %i', (changes, code) => {
    expect(receive(changes)).toMatchObject({ kind: 'refused', answer: { code } })
  })

  it('with a body that is no object is refused', () => {
    for (const value of [null, 'text', 7, []]) {
      const seen = createNonceStore(() => now)
      const call = { headers: sign(), body: value, settings, clock: () => now, seen, current: undefined }
      expect(readAimisCallback(call)).toMatchObject({ kind: 'refused', why: 'fields' })
    }
  })

  it('hands on no address but http and https', () => {
    const outcome = receive({ h5Url: 'javascript:alert(1)' })
    expect(outcome).toMatchObject({ kind: 'accepted', callback: { h5Url: '' } })
  })

  it('never moves a study backwards; report and images make both', () => {
    expect(receive({ status: 0 }, sign(), 3)).toMatchObject({ status: 3, moved: false })
    expect(receive({ status: 1 }, sign(), 2)).toMatchObject({ status: 3, moved: true })
    expect(receive({ status: 2 }, sign(), 1)).toMatchObject({ status: 3, moved: true })
    expect(receive({ status: 0 }, sign(), undefined)).toMatchObject({ status: 0, moved: true })
    fc.assert(
      fc.property(fc.array(fc.constantFrom<AimisCloudStatus>(0, 1, 2, 3)), (statuses) => {
        let held: AimisCloudStatus | undefined
        for (const status of statuses) {
          const next = mergeStatus(held, status)
          expect(next).toBeGreaterThanOrEqual(held ?? 0)
          held = next
        }
      }),
    )
  })

  it('is never taken from a thousand forgers', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 32 }),
        fc.integer({ min: -400_000, max: 400_000 }),
        (key, ms) => {
          fc.pre(key !== settings.token)
          const outcome = receive({}, sign(now + ms, 'hex', { ...settings, token: key }))
          expect(outcome).toMatchObject({ kind: 'refused', answer: { code: 90002 } })
        },
      ),
      { numRuns: 1000 },
    )
  })
})
