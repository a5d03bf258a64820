import type { ArchiveAlarm } from './archive.ts'
import type { KeepParts } from './keep-object.ts'

/** A row without a file: staff see it until the same bytes come again or the file is back. */
export function alarmMissing({ sql, clock, log }: KeepParts, versionId: string, file: string): ArchiveAlarm {
  const text = `存档影像 ${versionId} 的文件缺失（${file}），请从设备重新发送该影像，并检查磁盘`
  const alarm: ArchiveAlarm = { kind: 'file-missing', subject: versionId, text, raisedAt: clock() }
  sql.raiseAlarm(alarm)
  log.error({ versionId, file }, 'a stored file is missing')
  return alarm
}
