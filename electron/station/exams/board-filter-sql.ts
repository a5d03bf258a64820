import { z } from 'zod'
import { type SavedFilter, savedFilterSchema } from '../../../shared/models/board.ts'
import type { Database } from '../db/open-database.ts'

export type BoardFilters = ReturnType<typeof createBoardFilters>

/** The filters of the board that each person keeps, in the order in which they are shown. */
export function createBoardFilters(db: Database) {
  const read = db.prepare<[string], string>('select value from board_filters where username = ?').pluck()
  const write = db.prepare(
    'insert into board_filters (username, value) values (?, ?) on conflict (username) do update set value = excluded.value',
  )
  return {
    of(username: string): SavedFilter[] {
      const value = read.get(username)
      return value === undefined ? [] : z.array(savedFilterSchema).parse(JSON.parse(value))
    },
    save(username: string, filters: readonly SavedFilter[]): void {
      write.run(username, JSON.stringify(filters))
    },
  }
}
