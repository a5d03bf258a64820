import { isNamedField, nameOfField } from '../../../shared/problems/field-names.ts'
import type { auditDetailText } from '../../text/areas/audit-details.ts'
import type { Language } from '../../text/both.ts'

export type Called = (id: string, field: string) => string | undefined
export type AuditWords = (typeof auditDetailText)[Language]

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isChange = (value: unknown): value is { readonly from: unknown; readonly to: unknown } =>
  isFields(value) && Object.keys(value).sort().join() === 'from,to'

/**
 * Pure. A row's details as staff read them: '检查号格式：X → Y；首次登录须改密码：是'. `called`: the name of what an id means, undefined where
 * it is no id or nothing is called so any more; `field`: under which name the id stands.
 */
export function auditDetailWords(details: unknown, words: AuditWords, language: Language, called: Called): string {
  const said = (value: unknown, field = ''): string => {
    if (value === undefined || value === null || value === '') return words.values.null!
    if (Array.isArray(value))
      return value.length === 0 ? words.values.null! : value.map((one) => said(one, field)).join(', ')
    if (isFields(value))
      return Object.entries(value)
        .map(([key, inner]) => `${nameOf([key])} ${said(inner, key)}`)
        .join(', ')
    const text = String(value)
    return (Object.hasOwn(words.values, text) ? words.values[text] : undefined) ?? called(text, field) ?? text
  }
  const nameOf = (path: readonly string[]): string => {
    const last = path.at(-1)!
    const own = path.length === 1 && Object.hasOwn(words.keys, last) ? words.keys[last] : undefined
    if (own !== undefined) return own
    if (language === 'zh-CN' && isNamedField(path)) return nameOfField(path)
    return last.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  }
  if (!isFields(details)) return said(details)
  return Object.entries(details)
    .map(([key, value]) => {
      const name = nameOf(key.split('.'))
      return isChange(value)
        ? words.becomes(name, said(value.from, key), said(value.to, key))
        : words.is(name, said(value, key))
    })
    .join(words.between)
}
