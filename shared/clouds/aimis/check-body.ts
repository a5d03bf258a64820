import { isCalendarDay } from '../../text/dicom-values.ts'
import { isWireTime } from '../wire-time.ts'
import type { AimisField } from './field.ts'

export type AimisFieldProblem = {
  readonly kind: 'missing' | 'wrong-type' | 'wrong-format' | 'damaged'
  readonly name: string
  readonly label: string
  /** '缺少患者姓名'. Names the field, never its value. */
  readonly text: string
}

export type MissingField = { readonly name: string; readonly label: string }

export type AimisBodyCheck = {
  /** Nothing is sent while there is one: class A missing, or a value that no gateway could take. */
  readonly problems: readonly AimisFieldProblem[]
  /** Class B that is absent: sent without it, listed on the exam as recommended. */
  readonly recommended: readonly MissingField[]
}

/** One of these says who the patient is; where one is given, nobody is asked for the others. */
const identityFields: readonly string[] = ['idCardNum', 'hkAndMarcoPermitNum', 'passportNum', 'otherInfo']

/** There is no such thing, or there would be: a report that nobody printed has no printer, and goes as it is. */
const isForNobodyToFillIn = ({ from }: AimisField) => from === 'not kept' || from === 'print.at' || from === 'print.by'

/** Compares a body in clear with its field table: classes, types, code lists, day and time formats. An empty text counts as absent. */
export function checkAimisBody(fields: readonly AimisField[], body: object): AimisBodyCheck {
  const values: Readonly<Record<string, unknown>> = { ...body }
  const isAbsent = ({ name, mayBeEmpty }: AimisField) =>
    values[name] === undefined || values[name] === null || (values[name] === '' && !mayBeEmpty)
  const identified = fields.some((field) => identityFields.includes(field.name) && !isAbsent(field))
  const problems: AimisFieldProblem[] = []
  const recommended: MissingField[] = []
  for (const field of fields) {
    const { name, label } = field
    if (!isAbsent(field)) problems.push(...problemsOf(field, values[name]))
    else if (field.class === 'A') problems.push({ kind: 'missing', name, label, text: `缺少${label}` })
    else if (field.class === 'C' || isForNobodyToFillIn(field)) continue
    else if (!identityFields.includes(name)) recommended.push({ name, label })
    else if (name === 'idCardNum' && !identified) recommended.push({ name, label: '身份证号（或其他证件号）' })
  }
  return { problems, recommended }
}

function problemsOf(field: AimisField, value: unknown): readonly AimisFieldProblem[] {
  const { name, label, codes } = field
  const say = (kind: AimisFieldProblem['kind'], text: string) => [{ kind, name, label, text }]
  switch (field.type) {
    case 'list':
      if (!Array.isArray(value)) return say('wrong-type', `${label}应为列表`)
      return value.flatMap((entry: unknown) =>
        typeof entry === 'object' && entry !== null
          ? checkAimisBody(field.entries ?? [], entry).problems
          : say('wrong-type', `${label}中有一项不是对象`),
      )
    case 'int':
      if (!Number.isSafeInteger(value) || Number(value) < 0) return say('wrong-type', `${label}应为整数`)
      return codes && !codes.includes(String(value)) ? say('wrong-format', `${label}不在接口规定的代码之内`) : []
    case 'text':
    case 'day':
    case 'time':
      break
  }
  if (typeof value !== 'string' || value === 'null') return say('wrong-type', `${label}应为文本`)
  if (!value.isWellFormed()) return say('damaged', `${label}含有损坏的字符`)
  if (field.type === 'day' && !isCalendarDay(value)) return say('wrong-format', `${label}不是“年-月-日”格式`)
  if (field.type === 'time' && !isWireTime(value)) return say('wrong-format', `${label}不是“年-月-日 时:分:秒”格式`)
  return codes && !codes.includes(value) ? say('wrong-format', `${label}不在接口规定的代码之内`) : []
}
