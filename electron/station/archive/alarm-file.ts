import type { KeepParts } from './archive-parts.ts'
import type { RaisedAlarm } from './archive-record.ts'

type FileOfVersion = { readonly id: string; readonly file: string }
type AlarmParts = Pick<KeepParts, 'sql' | 'clock' | 'log' | 'events'>

/** A row without a file: staff see it until the same bytes come again or the file is back. */
export function alarmMissing({ sql, clock, log }: AlarmParts, version: FileOfVersion): RaisedAlarm {
  const alarm = alarmOf(version, 'missing', clock())
  sql.raiseAlarm(alarm)
  log.error({ versionId: version.id, file: version.file }, 'a stored file is missing')
  return alarm
}

/** A file that could not be given out, told once: staff see it until the next start finds it well. */
export function alarmUnusable(parts: AlarmParts, version: FileOfVersion, why: 'missing' | 'altered'): void {
  const { sql, clock, log, events } = parts
  const isNew = sql.raiseAlarm(alarmOf(version, why, clock()))
  if (!isNew) return
  log.error({ versionId: version.id, file: version.file, why }, 'a stored file cannot be given out')
  events.tell({ topic: 'receiver' })
}

function alarmOf({ id, file }: FileOfVersion, why: 'missing' | 'altered', raisedAt: number): RaisedAlarm {
  const about = { subject: id, raisedAt }
  return why === 'missing'
    ? { ...about, kind: 'file-missing', problem: { code: 'ARCHIVE-FILE-MISSING', with: { version: id, file } } }
    : { ...about, kind: 'damaged', problem: { code: 'ARCHIVE-FILE-ALTERED', with: { version: id } } }
}
