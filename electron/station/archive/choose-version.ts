import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import { type BothWords, filling, inBoth, listed } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { firstLook, type ObjectHeader, readHeader } from './read-header.ts'
import { type ChoosableVersion, prepareVersionSql } from './version-sql.ts'

type Deps = {
  readonly db: Database
  /** The archive's own folder, absolute. */
  readonly folder: string
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly readAsOf: (callingAeTitle: string) => ReadAs
  /** Asked of the exams: does this object name another person than its study does? */
  readonly otherPerson: (studyInstanceUid: string, own: StudyHeader) => readonly BothWords[]
  /** Told to the exams within the transaction: what was sent of the old bytes is sent again with the new ones. */
  readonly onChosen: (studyInstanceUid: string) => void
}

export type VersionChoice = ReturnType<typeof createVersionChoice>

/**
 * One SOPInstanceUID with several bytes: a person says which of them counts. The others stay. A version of another study or of
 * another person is never chosen: it would bring a stranger's image into an exam.
 */
export function createVersionChoice(deps: Deps) {
  const { db, folder, clock, audit, events } = deps
  const sql = prepareVersionSql(db)

  async function headerOf(row: ChoosableVersion): Promise<ObjectHeader | undefined> {
    const file = await open(join(folder, row.file), 'r').catch(() => undefined)
    if (!file) return undefined
    try {
      const prefix = Buffer.alloc(Math.min(firstLook, row.size_bytes))
      const { bytesRead } = await file.read(prefix, 0, prefix.length, row.data_set_offset)
      const whole = { file, offset: row.data_set_offset, length: row.size_bytes }
      const readAs = deps.readAsOf(row.calling_ae_title)
      const read = await readHeader(prefix.subarray(0, bytesRead), row.transfer_syntax_uid, whole, readAs)
      return read.kind === 'header' ? read.header : undefined
    } finally {
      await file.close()
    }
  }

  return {
    /** SOPInstanceUIDs of which a version waits for a decision. */
    conflicts: (): string[] => sql.conflicts.all(),

    async choose(versionId: string, actor: Actor): Promise<Outcome<true>> {
      const row = sql.version.get(versionId)
      if (!row || row.others === 0) return fail('NOT-FOUND', { what: '这一份影像' })
      const header = await headerOf(row)
      if (!header) return fail('VERSION-UNREADABLE')
      const own = { ...header.study, callingAeTitle: row.calling_ae_title }
      const isOtherStudy = own.studyInstanceUid !== '' && own.studyInstanceUid !== row.study_in_file
      const different = isOtherStudy
        ? [inBoth('属于另一组检查影像', 'it belongs to another study')]
        : deps.otherPerson(row.study_instance_uid, own)
      if (different.length > 0) return fail('VERSION-OTHER-PERSON', filling('detail', listed(different)))
      db.transaction(() => {
        const { seriesInstanceUid, seriesNumber, instanceNumber } = header.instance
        sql.makeCurrent.run(versionId, seriesInstanceUid || null, seriesNumber, instanceNumber, row.instance_id)
        sql.decided.run(row.instance_id)
        sql.clearAlarms.run(clock(), row.instance_id)
        audit.record({
          actor,
          action: 'choose-version',
          subjectKind: 'instance',
          subjectId: row.instance_id,
          details: {
            sopInstanceUid: row.sop_instance_uid,
            versionId,
            crc32: row.crc32,
            insteadOf: row.current_version_id === versionId ? null : row.current_version_id,
          },
        })
        deps.onChosen(row.study_instance_uid)
      })()
      events.tell({ topic: 'tray', id: row.study_instance_uid })
      events.tell({ topic: 'receiver', id: row.study_instance_uid })
      return ok(true as const)
    },
  }
}
