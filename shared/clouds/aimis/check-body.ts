import { isCalendarDay } from '../../text/dicom-values.ts'
import { bothLabels } from '../field-labels.ts'
import { isWireTime } from '../wire-time.ts'
import type { AimisField } from './field.ts'

export type AimisFieldProblem = {
  readonly kind: 'missing' | 'wrong-type' | 'wrong-format' | 'damaged'
  readonly name: string
  readonly label: string
  /** '缺少患者姓名'. Names the field, never its value. */
  readonly text: string
  /** 'patient name is missing'. */
  readonly english: string
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
    else if (field.class === 'A') problems.push(problem(field, 'missing', `缺少${label}`, 'is missing'))
    else if (field.class === 'C' || isForNobodyToFillIn(field)) continue
    else if (!identityFields.includes(name)) recommended.push({ name, label })
    else if (name === 'idCardNum' && !identified) recommended.push({ name, label: '身份证号（或其他证件号）' })
  }
  return { problems, recommended }
}

type Kind = AimisFieldProblem['kind']

/** `predicate`: what follows the field's name in English. */
const problem = ({ name, label }: AimisField, kind: Kind, text: string, predicate: string): AimisFieldProblem => ({
  kind,
  name,
  label,
  text,
  english: `${bothLabels(label).english} ${predicate}`,
})

function problemsOf(field: AimisField, value: unknown): readonly AimisFieldProblem[] {
  const { label, codes } = field
  const say = (kind: Kind, text: string, predicate: string) => [problem(field, kind, text, predicate)]
  const noSuchCode = () =>
    say('wrong-format', `${label}不在接口规定的代码之内`, 'is none of the codes of the interface')
  switch (field.type) {
    case 'list':
      if (!Array.isArray(value)) return say('wrong-type', `${label}应为列表`, 'must be a list')
      return value.flatMap((entry: unknown) =>
        typeof entry === 'object' && entry !== null
          ? checkAimisBody(field.entries ?? [], entry).problems
          : say('wrong-type', `${label}中有一项不是对象`, 'has an entry that is no object'),
      )
    case 'int':
      if (!Number.isSafeInteger(value) || Number(value) < 0)
        return say('wrong-type', `${label}应为整数`, 'must be a whole number')
      return codes && !codes.includes(String(value)) ? noSuchCode() : []
    case 'text':
    case 'day':
    case 'time':
      break
  }
  if (typeof value !== 'string' || value === 'null') return say('wrong-type', `${label}应为文本`, 'must be text')
  if (!value.isWellFormed()) return say('damaged', `${label}含有损坏的字符`, 'has damaged characters')
  if (field.type === 'day' && !isCalendarDay(value)) {
    return say('wrong-format', `${label}不是“年-月-日”格式`, 'is not written as year-month-day')
  }
  if (field.type === 'time' && !isWireTime(value)) {
    return say(
      'wrong-format',
      `${label}不是“年-月-日 时:分:秒”格式`,
      'is not written as year-month-day hour:minute:second',
    )
  }
  return codes && !codes.includes(value) ? noSuchCode() : []
}
