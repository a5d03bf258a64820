import { expect, test } from 'vitest'
import { z } from 'zod'
import { inChinese, invalidInput } from '../../electron/station/settings/issue-words.ts'
import type { AnyRoute } from '../../shared/api/route.ts'
import { routes } from '../../shared/api/routes.ts'
import { destinationInputSchema } from '../../shared/models/destination.ts'
import { stationSettingsSchema } from '../../shared/models/settings.ts'
import { isNamedField, nameOfField } from '../../shared/problems/field-names.ts'
import { describeProblem, failAt } from '../../shared/problems/problem.ts'

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
}

/** Every field that a contract takes: ['exams', '0', 'itemName']. */
function fieldsOf(schema: JsonSchema, path: readonly string[] = []): string[][] {
  const { properties = {}, items, additionalProperties: rest, anyOf = [], oneOf = [], allOf = [] } = schema
  return [
    ...Object.entries(properties).flatMap(([name, one]) => [[...path, name], ...fieldsOf(one, [...path, name])]),
    ...(items ? fieldsOf(items, [...path, '0']) : []),
    ...(typeof rest === 'object' ? fieldsOf(rest, [...path, '0']) : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((one) => fieldsOf(one, path)),
  ]
}
const fieldsIn = (schema: z.ZodType): string[][] => {
  const all = fieldsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
  return [...new Map(all.map((path) => [path.join('.'), path])).values()]
}

const contracts: readonly [string, z.ZodType][] = [
  ...Object.entries(routes as Record<string, AnyRoute>).flatMap(([name, { query, body }]): [string, z.ZodType][] => [
    [`${name} query`, query],
    [`${name} body`, body],
  ]),
  ['settings', stationSettingsSchema],
  ['destination', destinationInputSchema],
]

test('every field of every contract has a name that staff know', () => {
  const nameless = contracts.flatMap(([name, schema]) =>
    fieldsIn(schema).flatMap((path) => (isNamedField(path) ? [] : [`${name} ${path.join('.')}`])),
  )
  expect(nameless).toEqual([])
  expect(contracts.flatMap(([, schema]) => fieldsIn(schema)).length).toBeGreaterThan(300)
})

/** Names that stay as they are in Chinese too. */
const properNames =
  /AppId|AppSecret|appSecret|Token|DICOMweb|DICOM|AE|SM2|PDF|CA|HIS|uid|ID|https?|true|false|\{nnnn\}|YYYY-MM-DD|localhost|Base64/g

const wrong: readonly unknown[] = [{}, [], null, '', ' ', 'x y\\z', 'ü'.repeat(120_000), -1e9, 1e300, 0.5, true, [{}]]

/** A value within nothing but what leads to it. */
function at(path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  return name === '0' ? [at(rest, value)] : { [name]: at(rest, value) }
}

test('whatever is wrong with a field is said in Chinese and in English, with the field’s path', () => {
  let told = 0
  for (const [name, schema] of contracts)
    for (const path of fieldsIn(schema))
      for (const value of wrong) {
        const parsed = schema.safeParse(at(path, value), inChinese)
        if (parsed.success) continue
        const problem = invalidInput(parsed.error.issues)
        const what = `${name} ${path.join('.')} = ${JSON.stringify(value)?.slice(0, 20)}`
        for (const [field, words] of Object.entries(problem.fields ?? {})) {
          told += 1
          expect(words, `${what}: ${field}`).toMatch(/\p{Script=Han}/u)
          expect(words.replaceAll(properNames, ''), `${what}: ${field}`).not.toMatch(/[a-z]{3}/i)
          expect(problem.fieldsInEnglish?.[field], `${what}: ${field}`).toMatch(/^[\x20-\x7e]{5,}$/)
        }
        const { message, action, english } = describeProblem(problem)
        expect(english, what).not.toMatch(/\p{Script=Han}|undefined|\{detail/u)
        expect(`${message}${action}`.replaceAll(properNames, ''), what).not.toMatch(/[a-z]{3}|undefined|\{/i)
      }
  expect(told).toBeGreaterThan(1000)
})

test('what a number, a text and a choice must be like is said in both languages', () => {
  const schema = z.object({
    minutes: z.number().int().min(0).max(55),
    name: z.string().min(1).max(4),
    hours: z.number().gt(0),
    kind: z.enum(['a', 'b']),
    phone: z.string(),
  })
  const { error } = schema.safeParse({ minutes: 56, name: '城南影像站', hours: 0, kind: 'c' }, inChinese)
  const { fields, fieldsInEnglish, ...problem } = invalidInput(error!.issues)
  expect(fields).toEqual({
    minutes: '不能大于 55',
    name: '不能超过 4 个字符（现在 5 个字符）',
    hours: '须大于 0',
    kind: '不是可以选的内容',
    phone: '必须填写',
  })
  expect(fieldsInEnglish).toEqual({
    minutes: 'must be at most 55',
    name: 'takes at most 4 characters (now 5)',
    hours: 'must be more than 0',
    kind: 'is none of the choices',
    phone: 'must be filled in',
  })
  expect(describeProblem(problem).english).toContain('minutes must be at most 55; name takes at most 4 characters')
})

test('a failure that a room finds at a field is said there in both languages', () => {
  const refused = failAt('aeTitle', 'AE-TITLE-TAKEN', { aeTitle: 'DR1' })
  expect(refused).toMatchObject({
    problem: {
      fields: { aeTitle: 'AE 名“DR1”已登记给另一台设备' },
      fieldsInEnglish: { aeTitle: 'This AE title belongs to another device.' },
    },
  })
})

test('a field is called by its own name, by its parent’s where that is needed, and by its place in a list', () => {
  expect(nameOfField(['numbering', 'accessionPattern'])).toBe('检查号格式')
  expect(nameOfField(['settings', 'dicom', 'host'])).toBe('对方地址')
  expect(nameOfField(['host'])).toBe('地址')
  expect(nameOfField(['exams', 1, 'itemName'])).toBe('第 2 项 检查项目')
  expect(nameOfField(['constructor'])).toBe('constructor')
  expect(nameOfField([])).toBe('内容')
})
