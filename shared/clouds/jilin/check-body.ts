import { cannotBeGb18030, gb18030Length } from '../../text/gb18030-length.ts'
import { checkResidentNumber } from '../../text/identity-number.ts'
import { bothLabels } from '../field-labels.ts'
import { isWireTime } from '../wire-time.ts'
import type { JilinField } from './field.ts'

export type FieldProblem = {
  readonly kind:
    | 'missing'
    | 'too-long'
    | 'not-in-list'
    | 'not-a-time'
    | 'not-a-number'
    | 'not-gb18030'
    | 'not-an-identity-number'
  readonly name: string
  readonly label: string
  /** '检查项目名称超长：26 字节，上限 20（一个汉字算 2）'. Names the field, never its value. */
  readonly text: string
  /** 'exam item name is too long: 26 bytes, at most 20 (a Chinese character counts as 2)'. */
  readonly english: string
}

export type BodyCheck = {
  /** Nothing is sent while there is one. */
  readonly problems: readonly FieldProblem[]
  /** Sent whole, staff are told. */
  readonly warnings: readonly FieldProblem[]
}

/** Compares a body in clear with its field table: necessity, code lists, times, numbers, lengths in GB 18030 bytes, identity numbers (GB 11643). */
export function checkBody(
  fields: readonly JilinField[],
  body: object,
  narrativeLimit: 'warn' | 'block' = 'warn',
): BodyCheck {
  const values: Readonly<Record<string, unknown>> = { ...body }
  const problems: FieldProblem[] = []
  const warnings: FieldProblem[] = []
  for (const field of fields) {
    const problem = problemOf(field, values[field.name])
    if (!problem) continue
    const soft = problem.kind === 'too-long' && (field.soft === 'uid' || (field.soft && narrativeLimit === 'warn'))
    if (soft) warnings.push(problem)
    else problems.push(problem)
  }
  return { problems, warnings }
}

function problemOf(field: JilinField, value: unknown): FieldProblem | undefined {
  const { name, label } = field
  /** `predicate`: what follows the field's name in English. */
  const say = (kind: FieldProblem['kind'], text: string, predicate: string): FieldProblem => ({
    kind,
    name,
    label,
    text,
    english: `${bothLabels(label).english} ${predicate}`,
  })
  if (value === undefined || value === null || (value === '' && !field.mayBeEmpty)) {
    return field.required ? say('missing', `缺少${label}`, 'is missing') : undefined
  }
  switch (field.type) {
    case 'Ar':
    case 'BY':
      return undefined
    case 'N':
      return isDecimal(field.format, value)
        ? undefined
        : say('not-a-number', `${label}超出范围（格式 ${field.format}）`, `is out of range (format ${field.format})`)
    case 'D':
    case 'DT':
      return isWireTime(value)
        ? undefined
        : say(
            'not-a-time',
            `${label}不是“年-月-日 时:分:秒”格式`,
            'is not written as year-month-day hour:minute:second',
          )
    case 'S1':
    case 'S3': {
      if (typeof value !== 'string') return say('not-in-list', `${label}应为文本`, 'must be text')
      if (field.codes && !field.codes.includes(value)) {
        return say('not-in-list', `${label}不在接口规定的代码之内`, 'is none of the codes of the interface')
      }
      if (field.sealed && !checkResidentNumber(value).ok) {
        return say(
          'not-an-identity-number',
          `${label}有误（18 位号码的日期或校验位不符）`,
          'is wrong (the date or the check digit of its 18 characters)',
        )
      }
      if (cannotBeGb18030(value))
        return say('not-gb18030', `${label}含有无法编码的字符`, 'has characters that cannot be encoded')
      const limit = Number(/^AN\.\.(\d+)$/.exec(field.format)?.[1])
      const bytes = gb18030Length(value)
      return bytes > limit
        ? say(
            'too-long',
            `${label}超长：${bytes} 字节，上限 ${limit}（一个汉字算 2）`,
            `is too long: ${bytes} bytes, at most ${limit} (a Chinese character counts as 2)`,
          )
        : undefined
    }
  }
}

/** 'N6,2': at most six characters with the point, two of them decimals, so at most 999.99. */
export function isDecimal(format: string, value: unknown): value is number {
  const [, size, decimals] = /^N(\d+),(\d+)$/.exec(format) ?? []
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || !size || !decimals) return false
  const written = value.toFixed(Number(decimals))
  return Number(written) === value && written.length <= Number(size)
}
