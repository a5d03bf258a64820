import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alarmProblems } from '../../shared/problems/alarm-entries.ts'
import { importProblems } from '../../shared/problems/import-entries.ts'
import { objectProblems } from '../../shared/problems/object-entries.ts'
import type { EntryInBoth } from '../../shared/problems/problem-entry.ts'
import { expectBoth } from './said-in-both.ts'

const root = join(import.meta.dirname, '..', '..')
const filled = (text: string) => text.replace(/\{\w+\}/g, 'X')
const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place)

test.each<[string, EntryInBoth]>(Object.entries({ ...alarmProblems, ...objectProblems, ...importProblems }))(
  '%s says what happened and what to do in both languages, of the same things',
  (code, { message, action, english, englishAction }) => {
    const isTold = { code, message: filled(message), action: `${filled(action)}。`, english, englishAction }
    const isWhole = action === '{remedy}' ? { ...isTold, action: '请看', englishAction: 'see' } : isTold
    expectBoth({ ...isWhole, english: filled(english), englishAction: filled(isWhole.englishAction) })
    for (const place of placesOf(english)) expect(message).toContain(place)
    for (const place of placesOf(englishAction)) expect(action).toContain(place)
  },
)

test('every alarm arises in a test', () => {
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file !== join('problems', 'alarms.test.ts'))
    .map((file) => readFileSync(join(root, 'test', file), 'utf8'))
    .join()
  expect(Object.keys(alarmProblems).filter((code) => !tests.includes(`'${code}'`))).toEqual([])
})

test('whoever has alarms gives them to the health page as problems and not as text', () => {
  const station = join(root, 'electron', 'station')
  const sources = readdirSync(station, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const givers = sources.flatMap((file) =>
    [...readFileSync(join(station, file), 'utf8').matchAll(/^ {2,4}(alarms?|suspects)(?:: )?\(.*$/gm)].map(
      ([line]) => `${file}: ${line.trim()}`,
    ),
  )
  expect(givers.length).toBeGreaterThanOrEqual(6)
  expect(givers.filter((line) => !/\b(Archive)?Alarm\b/.test(line))).toEqual([])
})
