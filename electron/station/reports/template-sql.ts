import type { Database } from '../db/open-database.ts'

export type TemplateSqlRow = {
  id: string
  owner: string
  is_shared: 0 | 1
  folder: string
  name: string
  value: string
  is_favourite: 0 | 1
  uses: number
}
export type PhraseSqlRow = { id: string; owner: string; is_shared: 0 | 1; text: string }

export function prepareTemplateSql(db: Database) {
  const columns = `t.id, t.owner, t.is_shared, t.folder, t.name, t.value,
    coalesce(m.is_favourite, 0) is_favourite, coalesce(m.uses, 0) uses
    from report_template t left join template_mark m on m.template_id = t.id and m.username = @username`
  return {
    /** What this person sees: the shared ones and the own. */
    seenBy: db.prepare<[{ username: string }], TemplateSqlRow>(
      `select ${columns} where t.is_shared = 1 or t.owner = @username order by t.rowid`,
    ),
    one: db.prepare<[{ username: string; id: string }], TemplateSqlRow>(
      `select ${columns} where t.id = @id and (t.is_shared = 1 or t.owner = @username)`,
    ),
    insert: db.prepare(
      'insert into report_template (id, owner, is_shared, folder, name, value, created_at) values (?, ?, ?, ?, ?, ?, ?)',
    ),
    update: db.prepare('update report_template set is_shared = ?, folder = ?, name = ?, value = ? where id = ?'),
    remove: db.prepare('delete from report_template where id = ?'),
    mark: db.prepare(
      `insert into template_mark (username, template_id, is_favourite, uses) values (@username, @id, coalesce(@isFavourite, 0), @used)
       on conflict (username, template_id) do update set is_favourite = coalesce(@isFavourite, is_favourite), uses = uses + @used`,
    ),
    phrases: db.prepare<[string], PhraseSqlRow>(
      'select id, owner, is_shared, text from report_phrase where is_shared = 1 or owner = ? order by rowid',
    ),
    phrase: db.prepare<[string, string], PhraseSqlRow>(
      'select id, owner, is_shared, text from report_phrase where id = ? and (is_shared = 1 or owner = ?)',
    ),
    insertPhrase: db.prepare(
      'insert into report_phrase (id, owner, is_shared, text, created_at) values (?, ?, ?, ?, ?)',
    ),
    removePhrase: db.prepare('delete from report_phrase where id = ?'),
    wasBroughtIn: db.prepare<[string], number>('select 1 from brought_in where name = ?').pluck(),
    broughtIn: db.prepare('insert into brought_in (name, at) values (?, ?)'),
  }
}
