import { expect, test } from 'vitest'
import { putInto } from '../../renderer/clinic/report-pen.ts'
import { isWebAddress } from '../../renderer/components/web-address.ts'
import { elsewhere, placesOf, quoteOf, timeOf, whatOf, without } from '../../renderer/features/lookup/prior-exams.ts'
import type { LookupAnswer, PriorExam } from '../../shared/models/lookup.ts'

const prior: PriorExam = {
  destinationId: 'jilin-1',
  cloudExamId: '9001',
  hospitalCode: 'SY0001',
  hospitalName: '市第二医院',
  accessionNumber: 'X1',
  modality: 'DR',
  bodyPart: '左手',
  itemNames: ['手X线'],
  checkTime: '2026-11-20 09:12:30',
  findings: '第五掌骨基底部见可疑透亮线。\n',
  impression: '可疑骨折。',
  reportDoctor: '钱远',
  auditDoctor: '孙理',
  imageViewUrls: [],
  isOurs: false,
}
const answer = (exams: PriorExam[]): LookupAnswer => ({
  destinationId: 'jilin-1',
  destinationName: '省影像云',
  ok: true,
  code: null,
  message: null,
  action: null,
  english: null,
  englishAction: null,
  exams,
})

test('our own exams that come back are not those of others', () => {
  expect(elsewhere([answer([prior, { ...prior, cloudExamId: '9002', isOurs: true }])])).toEqual([prior])
  expect(placesOf([prior, prior, { ...prior, hospitalName: '', hospitalCode: 'SY2' }])).toEqual(['市第二医院', 'SY2'])
})

test('an exam is named by what it was and when', () => {
  expect(whatOf(prior)).toBe('DR 左手 · 手X线')
  expect(timeOf(prior)).toBe('2026-11-20 09:12')
  expect(timeOf({ ...prior, checkTime: '20261120' })).toBe('20261120')
})

test('a quote says whose words it is and from when, and stands below what was written', () => {
  const quote = quoteOf(prior)
  expect(quote.findings).toBe('引用 市第二医院 2026-11-20 检查所见：“第五掌骨基底部见可疑透亮线。”')
  const written = { findings: '左手诸骨完整。\n', impression: '', advice: '' }
  expect(putInto(written, quote, 'append')).toEqual({
    advice: '',
    findings: `左手诸骨完整。\n${quote.findings}`,
    impression: '引用 市第二医院 2026-11-20 检查印象：“可疑骨折。”',
  })
  expect(quoteOf({ ...prior, impression: ' ' }).impression).toBe('')
  const nothing = { findings: '', impression: '' }
  expect(putInto({ ...written, impression: '未见异常。' }, nothing, 'append').impression).toBe('未见异常。')
})

test('only web addresses become links', () => {
  expect(isWebAddress('https://pacs.example/film?x=1')).toBe(true)
  expect(isWebAddress('javascript:alert(1)')).toBe(false)
  expect(isWebAddress('')).toBe(false)
})

test('what stands among the duplicates does not stand in the history again', () => {
  const older = { ...prior, cloudExamId: '9002' }
  expect(without([answer([prior, older])], [answer([prior])])[0]?.exams).toEqual([older])
})
