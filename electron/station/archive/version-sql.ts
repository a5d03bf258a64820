import type { Database } from '../db/open-database.ts'

export type ChoosableVersion = {
  id: string
  instance_id: string
  crc32: number
  transfer_syntax_uid: string
  file: string
  data_set_offset: number
  size_bytes: number
  calling_ae_title: string
  sop_instance_uid: string
  study_instance_uid: string
  /** What its bytes say: another one where staff took it out of its study. */
  study_in_file: string
  current_version_id: string
  others: number
}

export function prepareVersionSql(db: Database) {
  return {
    version: db.prepare<[string], ChoosableVersion>(
      `select v.id, v.instance_id, v.crc32, v.transfer_syntax_uid, v.file, v.data_set_offset, v.size_bytes, v.calling_ae_title,
         i.sop_instance_uid, i.study_instance_uid, i.current_version_id,
         coalesce((select from_study_uid from instance_apart a where a.instance_id = i.id), i.study_instance_uid) study_in_file,
         (select count(*) from version o where o.instance_id = i.id and o.id <> v.id) others
       from version v join instance i on i.id = v.instance_id where v.id = ?`,
    ),
    makeCurrent: db.prepare<[string, string | null, number | null, number | null, string]>(
      `update instance set current_version_id = ?, series_instance_uid = coalesce(?, series_instance_uid), series_number = ?,
         instance_number = ? where id = ?`,
    ),
    decided: db.prepare<[string]>('update version set conflict = 0 where instance_id = ?'),
    clearAlarms: db.prepare<[number, string]>(
      `update archive_alarm set cleared_at = ? where kind in ('other-bytes','incomplete') and cleared_at is null
         and subject in (select id from version where instance_id = ?)`,
    ),
    /** Instances of which a version waits for a decision, newest first. */
    conflicts: db
      .prepare<[], string>(
        `select i.sop_instance_uid from instance i join version v on v.instance_id = i.id
         where v.conflict = 1 group by i.id order by max(v.received_at) desc limit 200`,
      )
      .pluck(),
  }
}
