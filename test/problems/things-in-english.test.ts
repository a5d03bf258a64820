import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeProblem } from '../../shared/problems/problem.ts'
import { thingsInEnglish } from '../../shared/problems/things-in-english.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = ['electron', 'shared'].flatMap((room) =>
  readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(`${root}${room}/${name}`, 'utf8')),
)
const named = new Set(
  sources.flatMap((source) => [...source.matchAll(/\bwhat: '([^']*\p{Script=Han}[^']*)'/gu)].map((found) => found[1]!)),
)

test('every thing that a problem names in Chinese has its English word', () => {
  expect(named.size).toBeGreaterThan(20)
  expect([...named].filter((word) => !Object.hasOwn(thingsInEnglish, word))).toEqual([])
})

test('a problem names its thing in the language of its sentence', () => {
  expect(describeProblem({ code: 'NOT-FOUND', with: { what: '检查' } })).toMatchObject({
    message: '没有找到检查',
    english: 'Not found: the exam',
  })
  const both = { what: '报告打印机', whatInEnglish: 'the printer of reports' }
  expect(describeProblem({ code: 'NOT-FOUND', with: both }).english).toBe('Not found: the printer of reports')
  expect(describeProblem({ code: 'NOT-FOUND', with: { what: 'constructor' } }).english).toBe('Not found: constructor')
})

test('whatever else is filled into a problem is given in both languages', () => {
  const lines = sources.flatMap((source) => source.split('\n'))
  const failing = lines.filter((line) => /\b(fail|failAt|refused)\('|\bwith: \{/.test(line))
  expect(failing.length).toBeGreaterThan(200)
  const chineseOnly = failing.filter((line) => {
    const filled = line.replaceAll(/\bwhat: [^,}]+/g, '').replaceAll(/inBoth\([^)]*\)/g, '')
    return /\b\w+: (?:'[^']*|`[^`]*)\p{Script=Han}/u.test(filled)
  })
  expect(chineseOnly).toEqual([])
})
