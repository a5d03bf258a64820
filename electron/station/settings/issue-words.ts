import type { z } from 'zod'
import { nameOfField } from '../../../shared/problems/field-names.ts'
import type { Problem } from '../../../shared/problems/problem.ts'
import { englishWordsOf } from './issue-words-english.ts'

/** What is wrong with a field is read by staff; a schema's own words come before these. What was given stays with it, for the words in English. */
export const inChinese = { error: wordsOf, reportInput: true }

/**
 * Why what was handed in is not taken, field by field: their paths with the words of both languages, and the same in one sentence: in
 * Chinese by their names, in English by their paths. The issues come from parsing with `inChinese`.
 */
export function invalidInput(issues: readonly z.core.$ZodIssue[]): Problem {
  const fields: Record<string, string> = {}
  const fieldsInEnglish: Record<string, string> = {}
  const sentences: string[] = []
  for (const issue of issues) {
    const { path, message } = issue
    const place = path.join('.')
    if (Object.hasOwn(fields, place)) continue
    fields[place] = message
    fieldsInEnglish[place] = englishWordsOf(issue)
    sentences.push(`${nameOfField(path)}${message.startsWith('须') || message.startsWith('不') ? '' : '：'}${message}`)
  }
  const detail = sentences.join('；').slice(0, 500)
  const detailInEnglish = Object.entries(fieldsInEnglish)
    .map(([place, words]) => (place ? `${place} ${words}` : words))
    .join('; ')
    .slice(0, 500)
  return { code: 'BAD-REQUEST', with: { detail, detailInEnglish }, fields, fieldsInEnglish }
}

const kinds: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '“是”或“否”（true、false）',
  array: '列表',
  object: '一组内容',
  record: '一组内容',
  date: '日期',
}
const measures: Readonly<Record<string, string>> = { string: '个字符', array: '项', set: '项', file: '字节' }

function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return '必须填写'
      if (issue.expected === 'int') return '须是整数'
      return typeof issue.input === 'number' && issue.expected === 'number'
        ? '须是数字，不能太大'
        : `须是${kinds[issue.expected] ?? '另一种内容'}`
    case 'too_small': {
      const unit = measures[issue.origin]
      if (!unit) return issue.inclusive === false ? `须大于 ${issue.minimum}` : `不能小于 ${issue.minimum}`
      return Number(issue.minimum) === 1 && issue.origin === 'string' ? '不能为空' : `至少要有 ${issue.minimum} ${unit}`
    }
    case 'too_big': {
      const unit = measures[issue.origin]
      if (!unit) return issue.inclusive === false ? `须小于 ${issue.maximum}` : `不能大于 ${issue.maximum}`
      const { length } = issue.input as { readonly length?: number }
      return `不能超过 ${issue.maximum} ${unit}${length === undefined ? '' : `（现在 ${length} ${unit}）`}`
    }
    case 'invalid_format':
      return issue.format === 'url' ? '须是完整的网址，以 http:// 或 https:// 开头' : '写法不对，请照示例填写'
    case 'invalid_value':
    case 'invalid_union':
      return '不是可以选的内容'
    case 'not_multiple_of':
      return `须是 ${issue.divisor} 的倍数`
    case 'unrecognized_keys':
      return `不认识这些内容：${issue.keys.join('、')}`
    default:
      return '不符合要求'
  }
}
