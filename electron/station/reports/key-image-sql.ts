import type { Database } from '../db/open-database.ts'

export type KeyImageSqlRow = {
  readonly instance_id: string
  readonly frame: number
  readonly caption: string
  readonly window_center: number | null
  readonly window_width: number | null
  readonly picture: Buffer | null
  readonly paper: Buffer
  readonly paper_width: number
  readonly paper_height: number
}

export function prepareKeyImageSql(db: Database) {
  const setOf = db
    .prepare<[string, number], number>('select max(version) from key_image_set where exam_id = ? and version <= ?')
    .pluck()
  const images = db.prepare<[string, number], KeyImageSqlRow>(
    'select * from key_image where exam_id = ? and version = ? order by position',
  )
  const keepSet = db.prepare(
    `insert into key_image_set values (?, ?, ?, ?)
     on conflict do update set saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
  )
  const clear = db.prepare('delete from key_image where exam_id = ? and version = ?')
  const add = db.prepare('insert into key_image values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')

  return {
    /** Of this version, or of the newest before it that has any. */
    of: (examId: string, version: number): KeyImageSqlRow[] => images.all(examId, setOf.get(examId, version) ?? 0),
    replace(examId: string, version: number, at: number, by: string, rows: readonly KeyImageSqlRow[]): void {
      keepSet.run(examId, version, at, by)
      clear.run(examId, version)
      for (const [position, row] of rows.entries()) {
        const { instance_id, frame, caption, window_center, window_width, picture } = row
        const seen = [instance_id, frame, caption, window_center, window_width, picture] as const
        add.run(examId, version, position, ...seen, row.paper, row.paper_width, row.paper_height)
      }
    },
  }
}
