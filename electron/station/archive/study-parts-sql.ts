import type { StudyHeader } from '../../../shared/models/study.ts'
import type { Database } from '../db/open-database.ts'
import { studyInRow } from './study-in-row.ts'

/** One image of a study, with where its bytes are. */
export type ImageOfStudy = {
  readonly instance_id: string
  readonly file: string
  readonly data_set_offset: number
  readonly size_bytes: number
  readonly transfer_syntax_uid: string
  readonly calling_ae_title: string
}

export function prepareStudyPartsSql(db: Database) {
  const study = db.prepare<[string], string>('select header from study where study_instance_uid = ?').pluck()
  return {
    /** In the order in which they came: the first says what the study is. */
    images: db.prepare<[string], ImageOfStudy>(
      `select i.id instance_id, v.file, v.data_set_offset, v.size_bytes, v.transfer_syntax_uid, v.calling_ae_title
       from instance i join version v on v.id = i.current_version_id where i.study_instance_uid = ? order by i.rowid`,
    ),
    study: (uid: string): StudyHeader | undefined => {
      const row = study.get(uid)
      return row === undefined ? undefined : studyInRow(row)
    },
    addStudyLike: db.prepare(
      `insert into study (study_instance_uid, header, first_received_at, last_received_at)
       select ?, ?, first_received_at, last_received_at from study where study_instance_uid = ?`,
    ),
    addModalities: db.prepare(
      `insert or ignore into modality_of_study select modality, ? from modality_of_study where study_instance_uid = ?`,
    ),
    saveStudy: db.prepare('update study set header = ? where study_instance_uid = ?'),
    moveImage: db.prepare('update instance set study_instance_uid = ? where id = ?'),
    moveAll: db.prepare('update instance set study_instance_uid = ? where study_instance_uid = ?'),
    /** What the bytes say stays known, however often an image is taken out. */
    addApart: db.prepare(
      `insert into instance_apart values (?, ?, ?) on conflict (instance_id) do update set study_instance_uid = excluded.study_instance_uid`,
    ),
    moveApart: db.prepare('update instance_apart set study_instance_uid = ? where study_instance_uid = ?'),
    endApart: db.prepare('delete from instance_apart where study_instance_uid = from_study_uid'),
    endModalities: db.prepare('delete from modality_of_study where study_instance_uid = ?'),
    endStudy: db.prepare('delete from study where study_instance_uid = ?'),
  }
}
