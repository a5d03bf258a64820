import fc from 'fast-check'
import iconv from 'iconv-lite'
import { sm2 } from 'sm-crypto'
import { describe, expect, it } from 'vitest'
import { openIdentity, sealIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import { hasDuplicateKeys } from '../../shared/clouds/duplicate-keys.ts'
import { checkBody, isDecimal } from '../../shared/clouds/jilin/check-body.ts'
import { text } from '../../shared/clouds/jilin/field.ts'
import { sm2Combinations } from '../../shared/clouds/jilin/sm2-check.ts'
import { openSm2, type Sm2Form, sealSm2 } from '../../shared/clouds/jilin/sm2-field.ts'
import { isWireTime, wireTimeOf } from '../../shared/clouds/wire-time.ts'
import { chinaDateTime, readChinaTime } from '../../shared/text/china-time.ts'
import { dateTimeOf } from '../../shared/text/dicom-values.ts'
import { gb18030Length } from '../../shared/text/gb18030-length.ts'
import { checkCharacterOf, checkResidentNumber } from '../../shared/text/identity-number.ts'

const token = '0123456789abcdef0123456789abcdef'
const number = (digits: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: digits, maxLength: digits }).map((all) => all.join(''))

/** A number by GB 11643 of somebody born between 1900 and 2025. */
const residentNumbers = fc
  .tuple(
    fc.integer({ min: 110_000, max: 659_999 }),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }),
    number(3),
  )
  .map(([region, born, order]) => {
    const digits = `${region}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`
    return digits + checkCharacterOf(digits)
  })

describe('lengths on the wire', () => {
  const mixed = fc.string({ unit: 'binary', maxLength: 40 })

  it('are those of iconv-lite in GB 18030, and a field is over its limit exactly then', () => {
    const fields = [text('itemName', '项目', 20, 'exam.itemName')] as const
    fc.assert(
      fc.property(mixed, (value) => {
        fc.pre(value.isWellFormed() && !value.includes('\ue5e5') && value !== '')
        const bytes = iconv.encode(value, 'gb18030').length
        expect(gb18030Length(value)).toBe(bytes)
        const { problems } = checkBody(fields, { itemName: value })
        expect(problems.map((problem) => problem.kind)).toEqual(bytes > 20 ? ['too-long'] : [])
      }),
      { numRuns: 5000 },
    )
  })

  it('of N6,2 are six characters with the point and two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 2_000_000 }), (cents) => {
        const price = cents / 100
        expect(isDecimal('N6,2', price)).toBe(cents >= 0 && price.toFixed(2).length <= 6)
      }),
      { numRuns: 5000 },
    )
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 0.001, '85.5', null]) {
      expect(isDecimal('N6,2', wrong)).toBe(false)
    }
  })
})

describe('times on the wire', () => {
  it('of any moment between 1993 and 2200 are well-formed, in China, and come back', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1993, 0), max: Date.UTC(2200, 0) }), (ms) => {
        const written = chinaDateTime(ms)
        expect(isWireTime(written)).toBe(true)
        expect(readChinaTime(written)).toBe(Math.floor(ms / 1000) * 1000)
        const there = new Date(ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
        expect(written).toBe(there)
      }),
      { numRuns: 5000 },
    )
  })

  it('of any device are well-formed or absent, a leap second too', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'))
    const days = fc
      .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10).replaceAll('-', ''))
    const times = fc.tuple(two(24), two(60), two(61)).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(days, fc.string({ maxLength: 8 })),
        fc.oneof(times, fc.string({ maxLength: 10 })),
        (da, tm) => {
          const written = wireTimeOf(dateTimeOf(da, tm))
          expect(written === undefined || isWireTime(written)).toBe(true)
        },
      ),
      { numRuns: 5000 },
    )
  })
})

describe('identity numbers', () => {
  const { publicKey, privateKey } = sm2.generateKeyPairHex()

  it('come back from SM2 in every combination, and never look the same twice', () => {
    fc.assert(
      fc.property(residentNumbers, fc.constantFrom<Sm2Form>(...sm2Combinations()), (plain, form) => {
        expect(checkResidentNumber(plain)).toMatchObject({ ok: true, number: plain })
        const sealed = sealSm2(plain, publicKey, form) ?? ''
        expect(openSm2(sealed, privateKey, form)).toBe(plain)
        expect(sealed).not.toContain(plain)
        expect(sealSm2(plain, publicKey, form)).not.toBe(sealed)
      }),
      { numRuns: 60 },
    )
  })

  it('come back from AES in either case, whole blocks of lower-case hex', () => {
    fc.assert(
      fc.property(fc.oneof(residentNumbers, number(11), fc.string({ minLength: 1, maxLength: 50 })), (plain) => {
        fc.pre(plain.isWellFormed())
        const sealed = sealIdentity(plain, token)
        expect(sealed).toMatch(/^(?:[0-9a-f]{32})+$/)
        expect(openIdentity(sealed, token)).toBe(plain)
        expect(openIdentity(sealed.toUpperCase(), token)).toBe(plain)
      }),
      { numRuns: 2000 },
    )
  })

  it('of AES under another token are not opened to the same', () => {
    fc.assert(
      fc.property(
        residentNumbers,
        fc.string({ unit: fc.constantFrom(...'abcdef0123456789'), minLength: 32, maxLength: 32 }),
        (plain, other) => {
          fc.pre(other !== token)
          expect(openIdentity(sealIdentity(plain, other), token)).not.toBe(plain)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('with one character changed are found out', () => {
    fc.assert(
      fc.property(residentNumbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (plain, at, by) => {
        const digit = (Number(plain[at]) + by) % 10
        const mistyped = plain.slice(0, at) + digit + plain.slice(at + 1)
        expect(checkResidentNumber(mistyped).ok).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a member that stands twice', () => {
  it('is found at any depth, and never in what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(hasDuplicateKeys(json)).toBe(false)
      }),
      { numRuns: 2000 },
    )
    for (const json of ['{"a":1,"a":2}', '{"x":[{"b":1,"b":1}]}', '{"a":1,"\\u0061":2}', '{"a":{"a":1},"b":2,"a":3}']) {
      expect([json, hasDuplicateKeys(json)]).toEqual([json, true])
    }
    for (const json of ['{"a":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"b","b":"a"}', '{"a":"{\\"a\\":1,\\"a\\":2}"}']) {
      expect([json, hasDuplicateKeys(json)]).toEqual([json, false])
    }
  })
})
