import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { alarmProblems } from '../../shared/problems/alarm-entries.ts'

const root = join(import.meta.dirname, '..', '..')
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
