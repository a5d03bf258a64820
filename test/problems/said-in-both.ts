import { expect } from 'vitest'
import { type Alarm, alarmLine, describeAlarm } from '../../shared/problems/alarm.ts'
import { describeProblem, type Problem } from '../../shared/problems/problem.ts'

const chinese = /\p{Script=Han}/u

/**
 * The Chinese line of a problem, after it was seen that it is whole in both languages: a code, what happened and what to do, every
 * place filled, and no Chinese in the English but the names in `names`.
 */
export function saidInBoth(problem: Problem, names: readonly string[] = []): string {
  expectBoth(describeProblem(problem), names)
  return alarmLine(describeAlarm(problem as Alarm))
}

type Words = Readonly<Record<'code' | 'message' | 'action' | 'english' | 'englishAction', string>>

export function expectBoth(
  { code, message, action, english, englishAction }: Words,
  names: readonly string[] = [],
): void {
  expect(code).toMatch(/^[A-Z0-9-]+$/)
  for (const text of [message, action]) expect(text).toMatch(chinese)
  for (const text of [english, englishAction]) {
    expect(names.reduce((rest, name) => rest.replaceAll(name, ''), text)).not.toMatch(chinese)
    expect(text).toMatch(/[a-z]/)
  }
  expect([message, action, english, englishAction].join()).not.toMatch(/\{\w+\}|undefined|\[object/)
}
