import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Account } from '../../../shared/models/account.ts'
import {
  type Phrase,
  type phraseInputSchema,
  type Template,
  type TemplateInput,
  templateInputSchema,
} from '../../../shared/models/writing.ts'
import { fail, type Outcome, ok, ProblemError } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import { prepareTemplateSql, type TemplateSqlRow } from './template-sql.ts'

export type PhraseInput = z.infer<typeof phraseInputSchema>
export type TextSet = { readonly templates: readonly TemplateInput[]; readonly phrases: readonly PhraseInput[] }
export type Templates = ReturnType<typeof createTemplates>

type Deps = { readonly db: Database; readonly clock: Clock; readonly audit: AuditLog; readonly events: Events }

/** Templates and phrases: shared ones, seen by all, and each person's own, seen by nobody else. */
export function createTemplates({ db, clock, audit, events }: Deps) {
  const sql = prepareTemplateSql(db)

  function note(actor: string, action: string, subjectId: string, details: Record<string, unknown>): void {
    audit.record({ actor, action, subjectKind: 'settings', subjectId, details })
    events.tell({ topic: 'writing' })
  }
  function list(username: string): Template[] {
    return sql.seenBy.all({ username }).map(toTemplate)
  }
  function phrases(username: string): Phrase[] {
    return sql.phrases.all(username).map(({ is_shared, ...row }) => ({ ...row, isShared: is_shared === 1 }))
  }
  function insert(input: TemplateInput, owner: string): string {
    const id = randomUUID()
    sql.insert.run(id, owner, input.isShared ? 1 : 0, input.folder, input.name, JSON.stringify(input), clock())
    return id
  }
  function insertPhrase({ text, isShared }: PhraseInput, owner: string): string {
    const id = randomUUID()
    sql.insertPhrase.run(id, owner, isShared ? 1 : 0, text, clock())
    return id
  }
  function read(id: string, username: string): Template | undefined {
    const row = sql.one.get({ id, username })
    return row && toTemplate(row)
  }
  /** Throws what speaks against a change by this person. */
  function mine<T extends { readonly owner: string }>(
    found: T | undefined,
    { username, role }: Account,
    what: string,
  ): T {
    if (!found) throw new ProblemError({ code: 'NOT-FOUND', with: { what } })
    if (found.owner === username || role === 'administrator') return found
    throw new ProblemError({
      code: 'TEMPLATE-FOREIGN',
      with: { owner: found.owner || '影站自带', ownerInEnglish: found.owner || 'Yingzhan', what },
    })
  }

  return {
    list,
    phrases,

    create(input: TemplateInput, { username }: Account): Template {
      return db.transaction(() => {
        const id = insert(input, username)
        note(username, 'create-template', id, { folder: input.folder, name: input.name, isShared: input.isShared })
        return read(id, username)!
      })()
    },

    change(id: string, input: TemplateInput, actor: Account): Outcome<Template> {
      return inTransaction(db, () => {
        const before = mine(read(id, actor.username), actor, '模板')
        // Somebody else's template that is shared no more would be out of sight for who changed it, and for its readers: it stays shared.
        const isShared = input.isShared || before.owner !== actor.username
        const { id: _, owner: _o, isFavourite: _f, uses: _u, ...old } = before
        sql.update.run(isShared ? 1 : 0, input.folder, input.name, JSON.stringify({ ...input, isShared }), id)
        note(actor.username, 'change-template', id, { from: old, to: { ...input, isShared } })
        return read(id, actor.username)!
      })
    },

    remove(id: string, actor: Account): Outcome<true> {
      return inTransaction(db, () => {
        const { id: _, isFavourite: _f, uses: _u, ...gone } = mine(read(id, actor.username), actor, '模板')
        sql.remove.run(id)
        note(actor.username, 'remove-template', id, gone)
        return true as const
      })
    },

    mark(
      id: string,
      { isFavourite, used }: { isFavourite?: boolean | undefined; used?: boolean | undefined },
      username: string,
    ) {
      if (!read(id, username)) return fail('NOT-FOUND', { what: '模板' })
      const favourite = isFavourite === undefined ? null : Number(isFavourite)
      sql.mark.run({ username, id, isFavourite: favourite, used: used ? 1 : 0 })
      return ok(true as const)
    },

    createPhrase(input: PhraseInput, { username }: Account): Phrase {
      return db.transaction(() => {
        const id = insertPhrase(input, username)
        note(username, 'create-phrase', id, input)
        return { ...input, id, owner: username }
      })()
    },

    removePhrase(id: string, actor: Account): Outcome<true> {
      return inTransaction(db, () => {
        const { text } = mine(sql.phrase.get(id, actor.username), actor, '短语')
        sql.removePhrase.run(id)
        note(actor.username, 'remove-phrase', id, { text })
        return true as const
      })
    },

    /** What this person sees, as it can be imported again. */
    exported(username: string): TextSet {
      return {
        templates: list(username).map((template) => templateInputSchema.parse(template)),
        phrases: phrases(username).map(({ text, isShared }) => ({ text, isShared })),
      }
    },

    /** Adds what is not there yet for this person: same folder and name, or the same sentence, is passed over. */
    imported(set: TextSet, { username }: Account): { readonly added: number; readonly skipped: number } {
      return db.transaction(() => {
        const added = addMissing(set, username)
        const skipped = set.templates.length + set.phrases.length - added
        note(username, 'import-templates', 'templates', { added, skipped })
        return { added, skipped }
      })()
    },

    /** Brings in what came with the program: once for each name, never again what staff deleted since. */
    bringIn(name: string, set: TextSet): void {
      if (sql.wasBroughtIn.get(name) !== undefined) return
      db.transaction(() => {
        sql.broughtIn.run(name, clock())
        note('station', 'bring-in-templates', name, { added: addMissing(set, '') })
      })()
    },
  }

  function addMissing(set: TextSet, owner: string): number {
    const known = new Set(list(owner).map(({ folder, name }) => JSON.stringify([folder, name])))
    const sentences = new Set(phrases(owner).map(({ text }) => text))
    let added = 0
    for (const template of set.templates) {
      const key = JSON.stringify([template.folder, template.name])
      if (known.has(key)) continue
      known.add(key)
      insert(template, owner)
      added++
    }
    for (const phrase of set.phrases) {
      if (sentences.has(phrase.text)) continue
      sentences.add(phrase.text)
      insertPhrase(phrase, owner)
      added++
    }
    return added
  }
}

function toTemplate(row: TemplateSqlRow): Template {
  return {
    ...templateInputSchema.parse(JSON.parse(row.value)),
    isShared: row.is_shared === 1,
    id: row.id,
    owner: row.owner,
    isFavourite: row.is_favourite === 1,
    uses: row.uses,
  }
}
