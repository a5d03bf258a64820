import type { Database } from '../db/open-database.ts'

/** A row of `character_set_finding`. */
export type CharacterSetFindingRow = {
  readonly calling_ae_title: string
  readonly declared: string
  readonly read_as: string
  readonly images: number
  readonly confidence: number
  readonly samples: string
  readonly updated_at: number
  readonly decided: 'accepted' | 'dismissed' | null
}

/** A stored version whose header is read again. */
export type VersionToRead = {
  readonly position: number
  readonly id: string
  readonly file: string
  readonly data_set_offset: number
  readonly size_bytes: number
  readonly transfer_syntax_uid: string
  readonly header: string
  readonly study_instance_uid: string
}

export function prepareCharacterSetSql(db: Database) {
  return {
    finding: db.prepare<[string, string], CharacterSetFindingRow>(
      'select * from character_set_finding where calling_ae_title = ? and declared = ?',
    ),
    saveFinding: db.prepare(
      `insert into character_set_finding (calling_ae_title, declared, read_as, images, confidence, samples, updated_at)
       values (?, ?, ?, ?, ?, ?, ?) on conflict (calling_ae_title, declared) do update set read_as = excluded.read_as,
         images = excluded.images, confidence = excluded.confidence, samples = excluded.samples, updated_at = excluded.updated_at`,
    ),
    openFindings: db.prepare<[number], CharacterSetFindingRow>(
      `select * from character_set_finding where decided is null and images > 0 and confidence >= ?
       order by updated_at desc, calling_ae_title, declared`,
    ),
    decide: db.prepare('update character_set_finding set decided = ? where calling_ae_title = ?'),
    requestReading: db.prepare(
      `insert into header_reading (calling_ae_title, after_position, actor, requested_at) values (?, 0, ?, ?)
       on conflict (calling_ae_title) do update set after_position = 0, actor = excluded.actor, requested_at = excluded.requested_at`,
    ),
    isBeingRead: db.prepare<[string], number>('select 1 from header_reading where calling_ae_title = ?').pluck(),
    readings: db.prepare<[], { calling_ae_title: string; after_position: number; actor: string }>(
      'select calling_ae_title, after_position, actor from header_reading order by requested_at',
    ),
    advanceReading: db.prepare('update header_reading set after_position = ? where calling_ae_title = ?'),
    endReading: db.prepare('delete from header_reading where calling_ae_title = ?'),
    versionsAfter: db.prepare<[string, number, number], VersionToRead>(
      `select version.rowid position, version.id, file, data_set_offset, size_bytes, transfer_syntax_uid, header, study_instance_uid
       from version join instance on instance.id = version.instance_id
       where calling_ae_title = ? and version.rowid > ? order by version.rowid limit ?`,
    ),
    saveVersionHeader: db.prepare('update version set header = ? where id = ?'),
    /** The version that a study's header was taken from: the first that came of it. */
    firstVersionOfStudy: db
      .prepare<[string], string>(
        `select version.id from version join instance on instance.id = version.instance_id
         where study_instance_uid = ? order by version.rowid limit 1`,
      )
      .pluck(),
    saveStudyHeader: db.prepare('update study set header = ? where study_instance_uid = ?'),
  }
}
