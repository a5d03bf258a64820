import { expect, test } from 'vitest'
import { auditDetailWords } from '../../renderer/features/settings/audit-words.ts'
import { auditDetailText } from '../../renderer/text/areas/audit-details.ts'

const called = (id: string) => (id === '9ed89602' ? '省影像云' : undefined)
const chinese = (details: unknown) => auditDetailWords(details, auditDetailText['zh-CN'], 'zh-CN', called)
const english = (details: unknown) => auditDetailWords(details, auditDetailText.en, 'en', called)

test('what was changed is said by the name of its field, from what to what', () => {
  const details = {
    'numbering.accessionPattern': { from: 'X{nnnn}', to: 'Y{nnnn}' },
    'printing.cardOnSave': { from: false, to: true },
    mode: { from: 'training', to: 'real' },
  }
  expect(chinese(details)).toBe('检查号格式：X{nnnn} → Y{nnnn}；登记后自动打印检查卡：否 → 是；用途：训练 → 正式使用')
  expect(english(details)).toBe(
    'accession pattern: X{nnnn} → Y{nnnn}; card on save: no → yes; mode: training → real work',
  )
})

test('ids are said by what they mean, lists and groups in a row, nothing as none', () => {
  const details = { destinationId: '9ed89602', step: 'study', words: ['a', 'b'], contact: { name: '王工', phone: '' } }
  expect(chinese(details)).toBe('目的地：省影像云；步骤：study；words：a, b；联系人：名称 王工, 电话 无')
  expect(english({ locked: true })).toBe('locked by it: yes')
  expect(chinese({})).toBe('')
  expect(chinese({ reason: null })).toBe('原因：无')
})

test('a detail that is named like a part of every object is a detail', () => {
  expect(chinese({ constructor: 'toString' })).toBe('constructor：toString')
})

test('a step of uploading is said in words, also where only the step is written', () => {
  const steps = (id: string, field: string) => (field === 'step' && id === 'reconcile' ? '对账' : undefined)
  const words = (details: unknown) => auditDetailWords(details, auditDetailText['zh-CN'], 'zh-CN', steps)
  expect(words({ step: 'reconcile', reason: 'reconcile' })).toBe('步骤：对账；原因：reconcile')
})
