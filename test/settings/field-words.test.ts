import { expect, test } from 'vitest'
import { z } from 'zod'
import { inChinese, invalidInput } from '../../electron/station/settings/issue-words.ts'
import type { AnyRoute } from '../../shared/api/route.ts'
import { routes } from '../../shared/api/routes.ts'
import { destinationInputSchema } from '../../shared/models/destination.ts'
import { stationSettingsSchema } from '../../shared/models/settings.ts'
import { isNamedField, nameOfField } from '../../shared/problems/field-names.ts'
import { describeProblem } from '../../shared/problems/problem.ts'

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

test('whatever is wrong with a field is said in Chinese, with the field’s path', () => {
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
        }
        const { message, action } = describeProblem(problem)
        expect(`${message}${action}`.replaceAll(properNames, ''), what).not.toMatch(/[a-z]{3}|undefined|\{/i)
      }
  expect(told).toBeGreaterThan(1000)
})

test('a field is called by its own name, by its parent’s where that is needed, and by its place in a list', () => {
  expect(nameOfField(['numbering', 'accessionPattern'])).toBe('检查号格式')
  expect(nameOfField(['settings', 'dicom', 'host'])).toBe('对方地址')
  expect(nameOfField(['host'])).toBe('地址')
  expect(nameOfField(['exams', 1, 'itemName'])).toBe('第 2 项 检查项目')
  expect(nameOfField(['constructor'])).toBe('constructor')
  expect(nameOfField([])).toBe('内容')
})
