import { randomUUID } from 'node:crypto'
import { type ItemMapping, type ItemMappingInput, itemMappingInputSchema } from '../../../shared/models/item-mapping.ts'
import type { Institution } from '../../../shared/models/settings.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok, ProblemError } from '../../../shared/problems/problem.ts'
import { readCsv, writeCsv } from '../../../shared/text/csv.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { inChinese } from './issue-words.ts'
import { englishWordsOf } from './issue-words-english.ts'
import { prepareItemMappingSql } from './item-mapping-sql.ts'

export type ItemMappings = ReturnType<typeof createItemMappings>

const head = ['机构', '项目编码', '项目名称', '检查类型', '样本类别', '价格', '标准项目编码', '标准项目名称']

/** The column of each member of a mapping, and of a standard item within it. */
const columnOf: Readonly<Record<string, string>> = {
  itemCode: '项目编码',
  itemName: '项目名称',
  type: '检查类型',
  sampleTypeCode: '样本类别',
  price: '价格',
  code: '标准项目编码',
  name: '标准项目名称',
}

/** The clinic's own exam items and the standard items they stand for. `changed`: exams whose item mapping is now another one. */
export function createItemMappings(
  db: Database,
  audit: AuditLog,
  events: Events,
  institutions: () => readonly Institution[],
  changed: (institutionId: string, itemCode: string) => void,
) {
  const sql = prepareItemMappingSql(db)
  const open = (row: { id: string; value: string }): ItemMapping => ({
    ...itemMappingInputSchema.parse(JSON.parse(row.value)),
    id: row.id,
  })

  function save(input: ItemMappingInput, actor: Actor): ItemMapping {
    if (!institutions().some((institution) => institution.id === input.institutionId)) {
      throw new ProblemError({ code: 'NOT-FOUND', with: { what: '机构' } })
    }
    const id = sql.byItem.get(input.institutionId, input.itemCode)?.id ?? randomUUID()
    sql.save.run(id, input.institutionId, input.itemCode, JSON.stringify(input))
    audit.record({ actor, action: 'save-item-mapping', subjectKind: 'settings', subjectId: id, details: input })
    changed(input.institutionId, input.itemCode)
    events.tell({ topic: 'settings' })
    return { ...input, id }
  }

  return {
    list: (): ItemMapping[] => sql.all.all().map(open),
    of(institutionId: string, itemCode: string): ItemMapping | undefined {
      const row = sql.byItem.get(institutionId, itemCode)
      return row && open(row)
    },
    save: (input: ItemMappingInput, actor: Actor): Outcome<ItemMapping> => inTransaction(db, () => save(input, actor)),

    remove(id: string, actor: Actor): Outcome<true> {
      return inTransaction(db, () => {
        const mapping = sql.all
          .all()
          .map(open)
          .find((one) => one.id === id)
        if (!mapping) throw new ProblemError({ code: 'NOT-FOUND', with: { what: '项目对照' } })
        sql.remove.run(id)
        audit.record({ actor, action: 'remove-item-mapping', subjectKind: 'settings', subjectId: id, details: mapping })
        changed(mapping.institutionId, mapping.itemCode)
        events.tell({ topic: 'settings' })
        return true as const
      })
    },

    /** One line a standard item; an item without one has an empty code. */
    exportCsv(): string {
      const names = new Map(institutions().map((institution) => [institution.id, institution.name]))
      const lines = sql.all
        .all()
        .map(open)
        .flatMap((mapping) => {
          const own = [
            names.get(mapping.institutionId) ?? '',
            mapping.itemCode,
            mapping.itemName,
            mapping.type,
            mapping.sampleTypeCode,
            mapping.price?.toFixed(2) ?? '',
          ]
          const standards = mapping.standardItems.length > 0 ? mapping.standardItems : [{ code: '', name: '' }]
          return standards.map((standard) => [...own, standard.code, standard.name])
        })
      return writeCsv([head, ...lines])
    },

    /** All lines or none. Several lines of one item make its standard items together. */
    importCsv(csv: string, actor: Actor): Outcome<{ saved: number }> {
      const read = readMappings(csv, institutions())
      if (!read.ok) return read
      return inTransaction(db, () => {
        for (const mapping of read.value) save(mapping, actor)
        return { saved: read.value.length }
      })
    },
  }
}

function readMappings(csv: string, institutions: readonly Institution[]): Outcome<ItemMappingInput[]> {
  const [first, ...lines] = readCsv(csv)
  if (!first || head.some((name, at) => first[at]?.trim() !== name)) return fail('CSV-HEAD', { head: head.join(',') })
  const mappings = new Map<string, ItemMappingInput>()
  for (const [index, cells] of lines.entries()) {
    const [
      name = '',
      itemCode = '',
      itemName = '',
      type = '',
      sampleTypeCode = '',
      price = '',
      code = '',
      standardName = '',
    ] = cells.map((cell) => cell.trim().replace(/^'(?=[=+\-@])/, ''))
    const institution =
      institutions.find((one) => one.name === name) ??
      (name === '' && institutions.length === 1 ? institutions[0] : undefined)
    if (!institution) {
      const detail = inBoth(`没有名为“${name}”的机构`, `there is no institution called “${name}”`)
      return fail('CSV-LINE', { line: index + 2, ...filling('detail', detail) })
    }
    const key = `${institution.id}\n${itemCode}`
    const known = mappings.get(key)
    const standardItems = [...(known?.standardItems ?? []), ...(code === '' ? [] : [{ code, name: standardName }])]
    const mapping = {
      institutionId: institution.id,
      itemCode,
      itemName,
      type,
      sampleTypeCode: sampleTypeCode || '99',
      ...(price !== '' && { price: Number(price) }),
      standardItems,
    }
    const parsed = itemMappingInputSchema.safeParse(mapping, inChinese)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const column = columnOf[String(issue?.path.at(-1))] ?? '标准项目编码'
      const words =
        column === '价格' || !issue
          ? inBoth('应为 0 到 999.99 的数字', 'must be a number from 0 to 999.99')
          : inBoth(issue.message, englishWordsOf(issue))
      const detail = inBoth(`${column}：${words.chinese}`, `column “${column}” ${words.english}`)
      return fail('CSV-LINE', { line: index + 2, ...filling('detail', detail) })
    }
    mappings.set(key, parsed.data)
  }
  return ok([...mappings.values()])
}
