import type { UsedItem } from '../../../shared/models/registration.ts'
import { readingOfText } from '../../../shared/text/person-name.ts'
import type { Database } from '../db/open-database.ts'

type UsedItemSqlRow = {
  modality: UsedItem['modality']
  item_code: string
  item_name: string
  body_part: string
  mine: number
  total: number
}

export function prepareItemUseSql(db: Database) {
  return {
    count: db.prepare(
      `insert into item_use (username, modality, item_code, item_name, body_part, times, last_at) values (?, ?, ?, ?, ?, 1, ?)
       on conflict (username, modality, item_name) do update
       set times = times + 1, item_code = excluded.item_code, body_part = excluded.body_part, last_at = excluded.last_at`,
    ),
    /** Of the same number the code decides, so that the digits of a form stay where the hand knows them. The code and body part are those of the newest registration (a bare column beside max() is of its row). */
    used: db.prepare<[{ username: string; modality: string | null }], UsedItemSqlRow>(
      `select modality, item_code, item_name, body_part, max(last_at) newest,
         sum(case when username = @username then times else 0 end) mine, sum(times) total
       from item_use where @modality is null or modality = @modality
       group by modality, item_name order by mine desc, total desc, item_code, item_name limit 300`,
    ),
  }
}

const initialsOf = (name: string): string =>
  readingOfText(name)
    .map(({ origin, syllable }) => (syllable || origin).slice(0, 1).toUpperCase())
    .join('')

export function toUsedItem(row: UsedItemSqlRow): UsedItem {
  return {
    modality: row.modality,
    itemCode: row.item_code,
    itemName: row.item_name,
    bodyPart: row.body_part,
    initials: initialsOf(row.item_name),
    mine: row.mine,
    all: row.total,
  }
}
