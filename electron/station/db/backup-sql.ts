import type { Database } from './open-database.ts'

export type KeptBackup = {
  readonly at: number
  readonly databaseBytes: number
  readonly files: number
  readonly fileBytes: number
}

export type BackupSql = ReturnType<typeof prepareBackupSql>

export function prepareBackupSql(db: Database) {
  return {
    add: db.prepare<[number, string, number, number, number]>(
      'insert into backup_made (at, place, database_bytes, files, file_bytes) values (?, ?, ?, ?, ?)',
    ),
    newest: db.prepare<[string], KeptBackup>(
      `select at, database_bytes databaseBytes, files, file_bytes fileBytes from backup_made where place = ? order by at desc limit 1`,
    ),
    newestAuditId: db.prepare<[], number>('select max(id) from audit').pluck(),
  }
}

export const newestBackup = (sql: BackupSql, place: string): KeptBackup | undefined => sql.newest.get(place)
