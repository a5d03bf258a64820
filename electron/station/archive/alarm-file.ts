import type { ArchiveAlarm } from './archive.ts'
import type { KeepParts } from './keep-object.ts'

type FileOfVersion = { readonly id: string; readonly file: string }
type AlarmParts = Pick<KeepParts, 'sql' | 'clock' | 'log' | 'events'>

/** A row without a file: staff see it until the same bytes come again or the file is back. */
export function alarmMissing({ sql, clock, log }: AlarmParts, version: FileOfVersion): ArchiveAlarm {
  const alarm = alarmOf(version.id, 'file-missing', `的文件缺失（${version.file}），`, clock())
  sql.raiseAlarm(alarm)
  log.error({ versionId: version.id, file: version.file }, 'a stored file is missing')
  return alarm
}

/** A file that could not be given out, told once: staff see it until the next start finds it well. */
export function alarmUnusable(parts: AlarmParts, version: FileOfVersion, why: 'missing' | 'altered'): void {
  const { sql, clock, log, events } = parts
  const [kind, what] =
    why === 'missing'
      ? (['file-missing', '的文件缺失'] as const)
      : (['damaged', '的文件与接收时不一致（可能磁盘损坏）'] as const)
  const isNew = sql.raiseAlarm(alarmOf(version.id, kind, `${what}，未发出；`, clock()))
  if (!isNew) return
  log.error({ versionId: version.id, file: version.file, why }, 'a stored file cannot be given out')
  events.tell({ topic: 'receiver' })
}

function alarmOf(versionId: string, kind: ArchiveAlarm['kind'], what: string, raisedAt: number): ArchiveAlarm {
  const text = `存档影像 ${versionId} ${what}请从设备重新发送该影像，并检查磁盘`
  return { kind, subject: versionId, text, raisedAt }
}
