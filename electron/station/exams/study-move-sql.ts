import type { StudyMove } from '../../../shared/models/study-move.ts'
import type { Database } from '../db/open-database.ts'

export type StudyMoveSqlRow = {
  id: string
  kind: StudyMove['kind']
  study_instance_uid: string
  from_exam_id: string | null
  to_exam_id: string | null
  actor: string
  reason: string
  reason_in_english: string
  at: number
  undone_at: number | null
  together: string
  before: string
  is_correction: number
}

export type StudyMoveSql = ReturnType<typeof prepareStudyMoveSql>

export function prepareStudyMoveSql(db: Database) {
  return {
    insert: db.prepare<[Omit<StudyMoveSqlRow, 'undone_at'>]>(
      `insert into study_move (id, kind, study_instance_uid, from_exam_id, to_exam_id, actor, reason, reason_in_english, at,
         together, before, is_correction)
       values (@id, @kind, @study_instance_uid, @from_exam_id, @to_exam_id, @actor, @reason, @reason_in_english, @at, @together, @before, @is_correction)`,
    ),
    get: db.prepare<[string], StudyMoveSqlRow>('select * from study_move where id = ?'),
    together: db.prepare<[string], StudyMoveSqlRow>('select * from study_move where together = ? order by rowid'),
    newest: db.prepare<[], StudyMoveSqlRow>('select * from study_move order by rowid desc limit 50'),
    ofExam: db.prepare<[{ examId: string }], StudyMoveSqlRow>(
      'select * from study_move where from_exam_id = @examId or to_exam_id = @examId order by rowid desc limit 50',
    ),
    /** A move of the same study after this one that still stands. */
    laterThan: db
      .prepare<[string], number>(
        `select 1 from study_move m join study_move later on later.study_instance_uid = m.study_instance_uid and later.rowid > m.rowid
         where m.id = ? and m.study_instance_uid <> '' and later.kind <> 'undo' and later.undone_at is null`,
      )
      .pluck(),
    undone: db.prepare<[number, string]>('update study_move set undone_at = ? where together = ?'),
  }
}
