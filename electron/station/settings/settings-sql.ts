import type { Database } from '../db/open-database.ts'

export type DestinationSqlRow = {
  id: string
  kind: string
  value: string
  secrets: Buffer | null
  paused: string | null
}

export function prepareSettingsSql(db: Database) {
  return {
    settings: db.prepare<[], string>('select value from station_settings where id = 1').pluck(),
    saveSettings: db.prepare(
      'insert into station_settings (id, value) values (1, ?) on conflict (id) do update set value = excluded.value',
    ),
    institutions: db.prepare<[], { id: string; value: string }>('select id, value from institution order by rowid'),
    saveInstitution: db.prepare(
      'insert into institution (id, value) values (?, ?) on conflict (id) do update set value = excluded.value',
    ),
    devices: db.prepare<[], { id: string; value: string }>('select id, value from device order by ae_title'),
    deviceByAeTitle: db.prepare<[string], { id: string; value: string }>(
      'select id, value from device where ae_title = ?',
    ),
    saveDevice: db.prepare(
      'insert into device (id, ae_title, value) values (?, ?, ?) on conflict (id) do update set ae_title = excluded.ae_title, value = excluded.value',
    ),
    removeDevice: db.prepare('delete from device where id = ?'),
    destinations: db.prepare<[], DestinationSqlRow>(
      'select id, kind, value, secrets, paused from destination order by created_at',
    ),
    destination: db.prepare<[string], DestinationSqlRow>(
      'select id, kind, value, secrets, paused from destination where id = ?',
    ),
    saveDestination: db.prepare(
      `insert into destination (id, kind, value, secrets, paused, created_at) values (?, ?, ?, ?, null, ?)
       on conflict (id) do update set value = excluded.value, secrets = excluded.secrets, paused = null`,
    ),
    pauseDestination: db.prepare('update destination set paused = ? where id = ?'),
    removeDestination: db.prepare('delete from destination where id = ?'),
    sealed: db.prepare<[string], Buffer>('select value from sealed_state where name = ?').pluck(),
    saveSealed: db.prepare(
      'insert into sealed_state (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    ),
  }
}
