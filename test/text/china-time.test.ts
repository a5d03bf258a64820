import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chinaCompactDay,
  chinaCompactTime,
  chinaDateTime,
  chinaDay,
  readChinaTime,
  startOfChinaDay,
} from '../../shared/text/china-time.ts'

/** From 1992 on; before that, China had summer time for some years, and Intl knows. */
const moments = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2099, 11, 31) })

const byIntl = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

describe('time in China', () => {
  test('is what Intl says of Asia/Shanghai', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(chinaDateTime(moment)).toBe(byIntl.format(moment))
      }),
    )
  })

  test('the compact forms are the same day and time', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const digits = chinaCompactDay(moment) + chinaCompactTime(moment)
        expect(digits).toBe(chinaDateTime(moment).replace(/\D/g, ''))
      }),
    )
  })

  test('a day begins at its own midnight, less than 24 hours ago', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const start = startOfChinaDay(moment)
        expect(chinaDateTime(start)).toBe(`${chinaDay(moment)} 00:00:00`)
        expect(moment - start).toBeLessThan(86_400_000)
      }),
    )
  })

  test('a written time is read back to the second', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readChinaTime(chinaDateTime(moment))).toBe(Math.floor(moment / 1000) * 1000)
      }),
    )
  })

  test.each(['2026-02-30', '2026-01-05 24:61:00', '20260105', 'today'])('%j is no time', (text) => {
    expect(readChinaTime(text)).toBeUndefined()
  })

  test.each(['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'does not depend on a computer whose zone is %s',
    (zone) => {
      const file = fileURLToPath(new URL('../../shared/text/china-time.ts', import.meta.url))
      const script = `import { chinaDateTime, startOfChinaDay } from ${JSON.stringify(file)}
        const moments = [0, 1, 2].map((n) => Date.UTC(2026, 2 + n * 4, 8, 15, 59, 59) + n)
        console.log(JSON.stringify(moments.flatMap((m) => [chinaDateTime(m), startOfChinaDay(m)])))`
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      })
      expect(JSON.parse(run.stdout)).toEqual([
        '2026-03-08 23:59:59',
        Date.UTC(2026, 2, 7, 16),
        '2026-07-08 23:59:59',
        Date.UTC(2026, 6, 7, 16),
        '2026-11-08 23:59:59',
        Date.UTC(2026, 10, 7, 16),
      ])
    },
  )
})
