import type { z } from 'zod'

/** What the schemas say in their own words, in English. */
const own: Readonly<Record<string, string>> = {
  '须是本机的来源，例如 http://localhost:3000': 'must be an origin of this computer, such as http://localhost:3000',
  '只能用英文字母、数字、短横和 {nnnn} 这样的花括号': 'takes only letters, digits, hyphens and braces such as {nnnn}',
  '要含有 {nnnn} 这样的流水号': 'needs a running number such as {nnnn}',
  '最多 5 个汉字': 'takes at most 5 Chinese characters',
  '须是 1 到 16 个英文字符，不能有反斜杠': 'takes 1 to 16 characters of English, without a backslash',
  '须是 32 个英文字符，中间没有空格': 'must be 32 characters of English, without a space',
  '须是 128 或 130 个十六进制字符': 'must be 128 or 130 hexadecimal characters',
  不能有冒号: 'must not contain a colon',
  '请填写 DICOM 地址或 DICOMweb 地址，二者选一': 'Fill in a DICOM address or a DICOMweb address, one of the two',
  不互认须填写原因: 'needs a reason, where a report is not recognised',
  '没有这一天，应为 YYYY-MM-DD': 'no such day; write YYYY-MM-DD',
  '不是 Base64': 'is not Base64',
}
const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
  date: 'a date',
}
const measures: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  file: ['byte', 'bytes'],
}

/** What is wrong with a field, for the desk in English: 'takes at most 50 characters (now 51)'. The issue carries its input. */
export function englishWordsOf(issue: z.core.$ZodIssue): string {
  if (Object.hasOwn(own, issue.message)) return own[issue.message]!
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return 'must be filled in'
      return typeof issue.input === 'number' && issue.expected === 'number'
        ? 'must be a number, and not so large'
        : `must be ${kinds[issue.expected] ?? 'something else'}`
    case 'too_small': {
      if (!measures[issue.origin])
        return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
      return Number(issue.minimum) === 1 && issue.origin === 'string'
        ? 'must not be empty'
        : `needs at least ${measured(issue.minimum, issue.origin)}`
    }
    case 'too_big': {
      if (!measures[issue.origin])
        return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`
      const { length } = issue.input as { readonly length?: number }
      return `takes at most ${measured(issue.maximum, issue.origin)}${length === undefined ? '' : ` (now ${length})`}`
    }
    case 'invalid_format':
      return issue.format === 'url'
        ? 'must be a whole address that begins with http:// or https://'
        : 'is not written as it has to be; see the example'
    case 'invalid_value':
    case 'invalid_union':
      return 'is none of the choices'
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `has what is not known: ${issue.keys.join(', ')}`
    default:
      return 'is not as it has to be'
  }
}

function measured(count: number | bigint, origin: string): string {
  const [one, several] = measures[origin]!
  return `${count} ${Number(count) === 1 ? one : several}`
}
