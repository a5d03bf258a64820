import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { conformancePath, withTables } from '../../build/write-dicom-conformance.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import * as sopClasses from '../../shared/dicom/sop-class.ts'

const page = readFileSync(conformancePath, 'utf8')
const uidsIn = (path: string): readonly string[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8').match(/(?<=')1\.2\.\d[0-9.]*\d(?=')/g) ?? []

/** The abstract syntaxes that the policy answers, by their names in sop-class.ts. */
function servicesNamed(): readonly string[] {
  const policy = readFileSync(new URL('../../electron/station/receiver/association-policy.ts', import.meta.url), 'utf8')
  const uids = new Map(Object.entries(sopClasses))
  return [...policy.matchAll(/^ {2}\[(\w+)\]: '/gm)].flatMap(([, name]) => uids.get(name!) ?? [])
}

describe('docs/dicom-conformance.md', () => {
  it('has the tables that the code says now (if not: node build/write-dicom-conformance.ts)', () => {
    expect(page).toBe(withTables(page))
  })

  it('has every transfer syntax and every service that the code names', () => {
    const named = [...uidsIn('../../shared/dicom/transfer-syntax.ts'), ...servicesNamed()]
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((uid) => !page.includes(`\`${uid}\``))).toEqual([])
  })

  it('has every status that the code answers with', () => {
    const statuses = Object.values(dicomStatus).map((status) => status.toString(16).toUpperCase().padStart(4, '0'))
    expect(statuses.filter((status) => !new RegExp(`\\b${status}\\b`).test(page))).toEqual([])
  })

  it('is not written over a page that lacks a table, or has one that nobody knows', () => {
    expect(() => withTables(page.replace('<!-- generated: limits -->', ''))).toThrow('no region limits')
    expect(() => withTables(`${page}\n<!-- generated: dreams -->\n<!-- end -->\n`)).toThrow('nobody writes')
  })
})
