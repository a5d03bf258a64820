import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCharacterOf, checkResidentNumber, maskIdentityNumber } from '../../shared/text/identity-number.ts'

const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** A number made by the rules of GB 11643, with what it says. */
const madeNumber = fc
  .tuple(fc.integer({ min: 100_000, max: 999_999 }), day, fc.integer({ min: 0, max: 999 }))
  .map(([region, birthDate, order]) => {
    const body = `${region}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`
    return { number: body + checkCharacterOf(body), birthDate, sex: order % 2 === 1 ? 'M' : 'F' }
  })

describe('a resident identity number (GB 11643)', () => {
  test('the example of the standard is right: a woman born on the last day of 1949', () => {
    expect(checkResidentNumber('11010519491231002X')).toEqual({
      ok: true,
      number: '11010519491231002X',
      birthDate: '1949-12-31',
      sex: 'F',
    })
  })

  test('every number made by the rules says its birth date and sex', () => {
    fc.assert(
      fc.property(madeNumber, ({ number, birthDate, sex }) => {
        expect(checkResidentNumber(number)).toEqual({ ok: true, number, birthDate, sex })
      }),
    )
  })

  test('one wrong digit anywhere is always noticed', () => {
    fc.assert(
      fc.property(madeNumber, fc.nat(16), fc.integer({ min: 1, max: 9 }), ({ number }, place, shift) => {
        const digit = (Number(number[place]) + shift) % 10
        expect(checkResidentNumber(number.slice(0, place) + digit + number.slice(place + 1)).ok).toBe(false)
      }),
    )
  })

  test('two neighbours in the wrong order are always noticed', () => {
    fc.assert(
      fc.property(madeNumber, fc.nat(15), ({ number }, place) => {
        const [a, b] = [number.charAt(place), number.charAt(place + 1)]
        if (a === b) return
        expect(checkResidentNumber(number.slice(0, place) + b + a + number.slice(place + 2)).ok).toBe(false)
      }),
    )
  })

  test('a small x and spaces around are read as the card means them', () => {
    expect(checkResidentNumber(' 11010519491231002x ')).toMatchObject({ ok: true, number: '11010519491231002X' })
  })

  test.each([
    ['residence permit, Hong Kong', '81000019900101001', '1990-01-01', 'M'],
    ['residence permit, Macau', '82000019851231002', '1985-12-31', 'F'],
    ['residence permit, Taiwan', '83000020000229003', '2000-02-29', 'M'],
    ['permanent residence card for foreigners, 2023', '91184019880615004', '1988-06-15', 'F'],
  ])('a %s is built alike', (_name, body, birthDate, sex) => {
    expect(checkResidentNumber(body + checkCharacterOf(body))).toMatchObject({ ok: true, birthDate, sex })
  })

  test.each([
    ['', 'length'],
    ['110105491231002', 'length'],
    ['1101051949123100２X', 'characters'],
    ['X1010519491231002X', 'characters'],
    ['01010519491231002X', 'characters'],
    ['11010519490230002X', 'birth-date'],
    ['11010517491231002X', 'birth-date'],
    ['110105194912310021', 'check-digit'],
  ] as const)('%j: what is wrong is its %s', (number, problem) => {
    expect(checkResidentNumber(number)).toEqual({ ok: false, problem })
  })
})

describe('a masked number', () => {
  test.each([
    ['11010519491231002X', '110***********002X'],
    ['E12345678', 'E*******8'],
    ['12', '**'],
    ['', ''],
  ])('of %j is %j', (number, masked) => {
    expect(maskIdentityNumber(number)).toBe(masked)
  })

  test('is as long as the number and hides the birth date', () => {
    fc.assert(
      fc.property(madeNumber, ({ number }) => {
        const masked = maskIdentityNumber(number)
        expect(masked).toHaveLength(18)
        expect(masked.slice(3, 14)).toBe('*'.repeat(11))
      }),
    )
  })
})
