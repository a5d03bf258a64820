import { expect, test } from 'vitest'
import { putInto, type ReportTexts, wouldOverwrite } from '../../renderer/clinic/report-pen.ts'
import { changeCount, textChanges } from '../../renderer/clinic/text-changes.ts'
import { keyWords } from '../../renderer/components/use-window-keys.ts'
import { insertAt } from '../../renderer/features/report/caret-insert.ts'
import { checksFor } from '../../renderer/features/report/checks-for.ts'
import { auditBase, comparables } from '../../renderer/features/report/comparables.ts'
import { moved } from '../../renderer/features/report/key-image-order.ts'
import {
  beginSteps,
  mostSteps,
  putStep,
  redone,
  restBetweenRuns,
  type TextMoment,
  typed,
  undone,
} from '../../renderer/features/report/text-steps.ts'
import { differs } from '../../renderer/features/report/use-recovery.ts'
import {
  type ReportCheck,
  type ReportHistoryStep,
  type ReportVersion,
  reportDraftSchema,
  reportVersionSchema,
} from '../../shared/models/report.ts'

const empty: ReportTexts = { findings: '', impression: '', advice: '' }
const moment = (texts: Partial<ReportTexts>, field: TextMoment['field'] = 'findings'): TextMoment => {
  const all = { ...empty, ...texts }
  return { texts: all, field, caret: all[field].length }
}

test('signs that follow each other quickly are one step of undo, and a rest begins the next', () => {
  let steps = beginSteps(empty)
  steps = typed(steps, moment({ findings: '双' }), 0, false)
  steps = typed(steps, moment({ findings: '双肺' }), 200, false)
  steps = typed(steps, moment({ findings: '双肺清' }), 200 + restBetweenRuns, false)
  steps = undone(steps)
  expect(steps.now.texts.findings).toBe('双肺')
  steps = undone(steps)
  expect(steps.now.texts.findings).toBe('')
  expect(undone(steps)).toBe(steps)
  expect(redone(redone(steps)).now.texts.findings).toBe('双肺清')
})

test('a composition of an input method is not cut in two, however long it lasts', () => {
  let steps = typed(beginSteps(empty), moment({ findings: 'x' }), 0, true)
  steps = typed(steps, moment({ findings: 'xiong' }), 5 * restBetweenRuns, true)
  expect(undone(steps).now.texts.findings).toBe('')
})

test('what was put in is taken back in one step, in both fields, and typing before it stays', () => {
  let steps = typed(beginSteps(empty), moment({ impression: '请' }, 'impression'), 0, false)
  steps = putStep(steps, moment({ findings: '双肺清。', impression: '请\n未见异常。' }))
  steps = typed(steps, moment({ findings: '双肺清。。' }), 10, false)
  steps = undone(undone(steps))
  expect(steps.now.texts).toEqual({ ...empty, impression: '请' })
  const written = typed(steps, moment({ impression: '请复查' }, 'impression'), 20, false)
  expect(written.future).toEqual([])
})

test('undo remembers much and not everything', () => {
  let steps = beginSteps(empty)
  for (let n = 0; n < mostSteps + 50; n += 1) steps = putStep(steps, moment({ findings: String(n) }))
  expect(steps.past.length).toBe(mostSteps)
})

test('text stands at the caret, in place of what is selected, whichever way it was selected', () => {
  expect(insertAt('左手骨折', 2, 2, '未见')).toEqual({ text: '左手未见骨折', caret: 4 })
  expect(insertAt('左手骨折', 4, 2, '正常')).toEqual({ text: '左手正常', caret: 4 })
  expect(insertAt('左', 9, 9, '手')).toEqual({ text: '左手', caret: 2 })
})

test('a template is asked about only where it would meet text, and what it leaves empty stays', () => {
  const texts = { ...empty, impression: '未见异常。' }
  expect(wouldOverwrite(texts, { findings: '双肺清。' })).toBe(false)
  expect(wouldOverwrite(texts, { findings: '双肺清。', impression: '正常。' })).toBe(true)
  expect(wouldOverwrite({ ...empty, advice: ' \n' }, { advice: '复查' })).toBe(false)
  expect(putInto(texts, { findings: '双肺清。', impression: '' }, 'replace')).toEqual({
    ...texts,
    findings: '双肺清。',
  })
})

test('changes are told sign by sign, and put together give both texts again', () => {
  const [before, after] = ['右肺上叶见结节，约5mm。', '右肺上叶见结节，约6mm，较前增大。']
  const changes = textChanges(before, after)
  const joined = (skip: string) =>
    changes
      .filter((change) => change.kind !== skip)
      .map((change) => change.text)
      .join('')
  expect(joined('added')).toBe(before)
  expect(joined('removed')).toBe(after)
  expect(changes.some((change) => change.kind === 'same' && change.text.includes('右肺上叶'))).toBe(true)
  expect(changeCount(textChanges('同', '同'))).toEqual({ added: 0, removed: 0 })
})

test('texts without anything in common are told as a whole', () => {
  const [before, after] = ['甲'.repeat(6000), '乙'.repeat(6000)]
  expect(textChanges(before, after)).toEqual([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])
})

test('the notice of a critical finding counts at the release, the text on the way to it', () => {
  const check = (key: string): ReportCheck => ({
    level: 'warn',
    key,
    field: 'findings',
    from: 0,
    to: 0,
    words: key,
    english: key,
  })
  const all = [check('critical-untold'), check('side-request:findings:右')]
  const keys = (action: Parameters<typeof checksFor>[0]) => checksFor(action, all).map(({ key }) => key)
  expect(keys('submit')).toEqual(['side-request:findings:右'])
  expect(keys('release')).toEqual(['critical-untold'])
  expect(keys('publish')).toEqual(['critical-untold', 'side-request:findings:右'])
  expect(keys('return')).toEqual([])
})

test('a key image moves in the list and never out of it', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 1, 9)).toEqual(['a', 'b'])
  expect(moved(['a'], 4, 0)).toEqual(['a'])
})

test('what was kept is offered for its texts and marks, not for its doctors', () => {
  const draft = reportDraftSchema.parse({ findings: '双肺清。' })
  expect(differs(draft, { ...draft, reportDoctor: { code: 'D1', name: '李书写' }, advice: '' })).toBe(false)
  expect(differs(draft, { ...draft, critical: true })).toBe(true)
  expect(differs(draft, { ...draft, findings: '双肺清' })).toBe(true)
})

test('versions are compared with each other and with what was submitted in between', () => {
  const version = (n: number, findings: string) =>
    reportVersionSchema.parse({ examId: 'e', version: n, state: 'released', writtenAt: n, writtenBy: 'li', findings })
  const submit = (at: number, of: number, findings: string) => ({
    at,
    by: 'li',
    byName: '李',
    step: 'submit' as const,
    version: of,
    text: { findings, impression: '', advice: '' },
  })
  const all = comparables([version(2, '乙'), version(1, '甲')], [submit(5, 2, '乙'), submit(4, 1, '甲。')])
  expect(all.map(({ version: of, submittedAt }) => [of, submittedAt])).toEqual([
    [2, undefined],
    [1, undefined],
    [1, 4],
  ])
})

test('an auditor holds a report against what was sent back last, else against the version that it amends', () => {
  const version = (n: number, state: ReportVersion['state'], impression = '今') =>
    reportVersionSchema.parse({ examId: 'e', version: n, state, writtenAt: n, writtenBy: 'li', impression })
  const step = (kind: 'submit' | 'return', of: number, rest: Partial<ReportHistoryStep> = {}): ReportHistoryStep => ({
    at: 7,
    by: 'zhao',
    byName: '赵',
    step: kind,
    version: of,
    ...rest,
  })
  const said = (impression: string, positive?: 'positive') => ({
    text: { findings: '', impression, advice: '', ...(positive && { positive }) },
  })
  const twice = [
    step('submit', 1, said('今')),
    step('return', 1, { reason: '错别字' }),
    step('submit', 1, said('昨', 'positive')),
    step('return', 1, { reason: '左右写反' }),
    step('submit', 1, said('前')),
  ]
  const base = auditBase([version(1, 'awaiting-audit')], twice)
  expect(base).toMatchObject({ kind: 'returned', byName: '赵', reason: '错别字' })
  expect(base?.draft).toMatchObject({ impression: '昨', positive: 'positive', critical: false })
  expect(auditBase([version(1, 'approved')], twice)?.kind).toBe('returned')

  expect(auditBase([version(1, 'awaiting-audit')], twice.slice(-1))).toBeUndefined()
  expect(auditBase([version(1, 'returned')], twice.slice(1))).toBeUndefined()
  const [second, first] = [version(2, 'awaiting-audit'), version(1, 'released', '旧')]
  const amended = auditBase([second, first], [step('submit', 2, said('今')), ...twice])
  expect(amended).toMatchObject({ kind: 'amended', version: 1, draft: { impression: '旧' } })
})

test('a key is named by its place on the keyboard, whatever an input method makes of it', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  expect(keyWords({ ...plain, altKey: true, code: 'Digit1' })).toBe('Alt+Digit1')
  expect(keyWords({ ...plain, metaKey: true, shiftKey: true, code: 'KeyZ' })).toBe('Ctrl+Shift+KeyZ')
})
