import { expect, test } from 'vitest'
import { refuse } from '../../electron/station/api/answer-route.ts'
import { failedQuestion } from '../../electron/station/uploads/lookup-words.ts'
import { problems } from '../../shared/problems/catalogue.ts'
import { describeProblem } from '../../shared/problems/problem.ts'
import type { ProblemEntry } from '../../shared/problems/problem-entry.ts'
import { expectBoth } from './said-in-both.ts'

const entries = Object.entries<ProblemEntry>(problems)
const place = /\{\w+\}/g
const placesOf = (text: string) => [...new Set(text.match(place))].sort()

const registrar = {
  id: 'r',
  username: 'reg',
  displayName: '赵登记',
  doctorCode: '',
  role: 'registrar',
  disabled: false,
} as const

/** What a place holds is in the language of the text. */
const inChinese = (text: string) => text.replace(place, '某物')
const inEnglish = (text: string) => text.replace(place, 'something')

test.each(entries)('%s says what happened and what to do in both languages', (code, entry) => {
  expectBoth({
    code,
    message: inChinese(entry.message),
    action: inChinese(entry.action),
    english: inEnglish(entry.english),
    englishAction: inEnglish(entry.englishAction),
  })
})

test.each(entries)('%s speaks of the same things in both languages', (_, entry) => {
  expect(placesOf(entry.message)).toEqual(expect.arrayContaining(placesOf(entry.english)))
  expect(placesOf(entry.englishAction)).toEqual(placesOf(entry.action))
})

test('who may not do something is told in both languages who may', () => {
  const access = { access: ['technician', 'auditor'], path: '/api/x' } as const
  const { action, englishAction } = describeProblem(refuse(access, registrar)!)
  expect(action).toContain('技师、审核医生、管理员')
  expect(englishAction).toContain('technician, auditing doctor, administrator')
})

test('a question that a cloud did not answer is told in English with the cloud’s code', () => {
  const outcome = failedQuestion({
    code: 'AIMIS-90002',
    message: '签名不对',
    action: '请核对 Token',
    english: 'The signature is wrong',
    englishAction: 'Check the Token',
  })
  if (outcome.ok) throw new Error('it failed')
  expectBoth(describeProblem(outcome.problem))
  expect(describeProblem(outcome.problem)).toMatchObject({
    english: 'The signature is wrong (AIMIS-90002).',
    englishAction: 'Check the Token.',
  })
})
