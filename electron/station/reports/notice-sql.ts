import type { Database } from '../db/open-database.ts'

export function prepareNoticeSql(db: Database) {
  return {
    ofExam: db
      .prepare<[string], string>(
        'select value from critical_notice where exam_id = ? order by told_at desc, rowid desc',
      )
      .pluck(),
    insert: db.prepare('insert into critical_notice (id, exam_id, version, told_at, value) values (?, ?, ?, ?, ?)'),
    /** Exams registered within the days whose newest report says critical, of which nobody was told. */
    untold: db
      .prepare<[number, number], string>(
        `select r.exam_id from report r join exam e on e.id = r.exam_id
         where e.registered_at >= ? and e.registered_at < ? and e.cancelled is null
           and json_extract(r.value, '$.critical') = 1
           and r.version = (select max(n.version) from report n where n.exam_id = r.exam_id)
           and not exists (select 1 from critical_notice c where c.exam_id = r.exam_id)
         order by e.registered_at`,
      )
      .pluck(),
  }
}
