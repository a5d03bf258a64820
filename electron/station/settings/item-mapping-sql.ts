import type { Database } from '../db/open-database.ts'

export type ItemMappingSqlRow = { id: string; value: string }

export function prepareItemMappingSql(db: Database) {
  return {
    all: db.prepare<[], ItemMappingSqlRow>('select id, value from item_mapping order by institution_id, item_code'),
    byItem: db.prepare<[string, string], ItemMappingSqlRow>(
      'select id, value from item_mapping where institution_id = ? and item_code = ?',
    ),
    save: db.prepare(
      `insert into item_mapping (id, institution_id, item_code, value) values (?, ?, ?, ?)
       on conflict (institution_id, item_code) do update set value = excluded.value`,
    ),
    remove: db.prepare('delete from item_mapping where id = ?'),
  }
}
