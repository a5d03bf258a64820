import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageOf } from '../../renderer/shell/page-of.ts'
import { dictionaries } from '../../renderer/text/dictionary.ts'

const features = join(import.meta.dirname, '..', '..', 'renderer', 'features')

/** Forms of settings, by folder. Not settings: a question that is asked once, like the test values of SM2. */
const folders = ['settings', 'people', 'print', 'setup']
const asked = new Set(['sm2-check.tsx'])

type Field = { readonly where: string; readonly attributes: readonly string[] }

/** The names of the attributes of the tag that opens here; what stands in braces belongs to their values. */
function attributesAt(text: string): string[] {
  let [depth, plain] = [0, '']
  for (const sign of text) {
    if (sign === '{') depth += 1
    if (sign === '}') depth -= 1
    else if (depth === 0 && sign === '>') break
    else if (depth === 0) plain += sign
  }
  return [...plain.replace(/"[^"]*"/g, '""').matchAll(/\s(\w+)(?=[=\s/]|$)/g)].map(([, name]) => name!)
}

/** Every <Form.Item> with a label, and every <SecretField>, of a source file. */
function fieldsOf(file: string): Field[] {
  const source = readFileSync(file, 'utf8')
  return [...source.matchAll(/<(Form\.Item|SecretField)\b/g)].flatMap(({ index, 0: tag, 1: name }) => {
    const attributes = attributesAt(source.slice(index + tag.length))
    const isField = name === 'SecretField' || (!attributes.includes('noStyle') && !attributes.includes('hidden'))
    if (!isField || !(attributes.includes('label') || attributes.includes('valuePropName'))) return []
    const line = source.slice(0, index).split('\n').length
    return [{ where: `${file.slice(features.length + 1)}:${line}`, attributes }]
  })
}

const fields = folders.flatMap((folder) =>
  readdirSync(join(features, folder))
    .filter((name) => name.endsWith('.tsx') && !asked.has(name))
    .flatMap((name) => fieldsOf(join(features, folder, name))),
)

test('every field of every form of settings has its line of help', () => {
  expect(fields.length).toBeGreaterThan(70)
  expect(fields.filter(({ attributes }) => !attributes.includes('extra')).map(({ where }) => where)).toEqual([])
})

test('every address of the desk has a help of its own', () => {
  const router = readFileSync(join(features, '..', 'desk-router.tsx'), 'utf8')
  const paths = [...router.matchAll(/path: '([a-z][^']*)', element: <(?!Navigate)/g)].map(([, path]) => path!)
  expect(paths.length).toBeGreaterThan(10)
  // The tabs have help of their own; nobody stays where one logs out.
  const pages = paths.filter((path) => path !== 'settings/:tab' && path !== 'log-out').map((path) => pageOf(`/${path}`))
  expect(new Set(pages).size).toBe(pages.length)
  const tabs = readFileSync(join(features, 'settings', 'settings-page.tsx'), 'utf8')
  const keys = [...tabs.matchAll(/key: '(\w+)'/g)].map(([, key]) => key!)
  for (const key of [...keys, 'printing']) expect(pageOf(`/settings/${key}`), key).toBe(key)
  expect(pageOf('/settings')).toBe('general')
  expect(pageOf('/nowhere')).toBe('board')
  expect(pageOf('/constructor')).toBe('board')
})

test('each help says what the page is for, its keys, and what to do when something is red', () => {
  for (const { pageHelp } of Object.values(dictionaries))
    for (const [name, page] of Object.entries(pageHelp.pages)) {
      expect(page.purpose.length, name).toBeGreaterThan(15)
      expect(page.keys.length, name).toBeGreaterThan(0)
      expect(page.red.length, name).toBeGreaterThan(0)
    }
})
