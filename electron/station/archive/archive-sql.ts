import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import type { Database } from '../db/open-database.ts'
import type { ArchiveAlarm, ArchiveCounts, InstanceVersion, QuarantinedObject, RaisedAlarm } from './archive-record.ts'
import { withPersonOf } from './fuller-study.ts'
import type { ObjectHeader } from './read-header.ts'
import { studyInRow } from './study-in-row.ts'

/** A row of `version` with its instance. */
export type VersionRow = {
  readonly id: string
  readonly instance_id: string
  readonly crc32: number
  readonly size_bytes: number
  readonly transfer_syntax_uid: string
  readonly file: string
  readonly data_set_offset: number
  readonly calling_ae_title: string
  readonly received_at: number
  readonly header: string
  readonly conflict: number
}

type InstanceRow = VersionRow & {
  readonly sop_instance_uid: string
  readonly study_instance_uid: string
  readonly series_instance_uid: string
  readonly current_version_id: string
  readonly from_study_uid?: string | null
}

/** The header as it is kept with a version: with the class, and with UIDs that were made here where the object had none. */
export type KeptHeader = ObjectHeader['instance'] & { readonly sopClassUid: string }

const currentInstance = `select version.*, sop_instance_uid, instance.study_instance_uid, series_instance_uid, current_version_id, from_study_uid
  from instance join version on version.id = instance.current_version_id
  left join instance_apart on instance_apart.instance_id = instance.id`

type InRow<T> = Omit<T, 'problem'> & { readonly problem: string }

/** The problem is kept by its code and what fills its words, so that it is said in whichever language is asked for. */
const withProblem = <T extends { readonly problem: string }>(row: T) => ({ ...row, problem: JSON.parse(row.problem) })

export type ArchiveSql = ReturnType<typeof createArchiveSql>

export function createArchiveSql(db: Database) {
  const insertStudy = db.prepare('insert into study values (?, ?, ?, ?)')
  // To the second: of the hundreds of images within one, few write the study again.
  const touchStudy = db.prepare(
    `update study set last_received_at = now.at from (select ? at, ? uid) now
     where study_instance_uid = now.uid and last_received_at <= now.at - 1000`,
  )
  const saveStudy = db.prepare('update study set header = ? where study_instance_uid = ?')
  const study = db.prepare<[string], { header: string }>('select header from study where study_instance_uid = ?')
  const insertInstance = db.prepare('insert into instance values (?, ?, ?, ?, ?, ?, ?)')
  const insertVersion = db.prepare('insert into version values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const instanceById = db.prepare<[string], InstanceRow>(`${currentInstance} where instance.id = ?`)
  const instanceByUid = db.prepare<[string], InstanceRow>(`${currentInstance} where sop_instance_uid = ?`)
  const instancesOfStudy = db.prepare<[string], InstanceRow>(
    `${currentInstance} where instance.study_instance_uid = ?
     order by series_number nulls last, series_instance_uid, instance_number nulls last, received_at, instance.id`,
  )
  const versionById = db.prepare<[string], VersionRow>('select * from version where id = ?')
  const instanceIdOf = db.prepare<[string], string>('select id from instance where sop_instance_uid = ?').pluck()
  const versionsOf = db.prepare<[string], InstanceRow>(
    `select version.*, sop_instance_uid, study_instance_uid, series_instance_uid, current_version_id
     from version join instance on instance.id = version.instance_id where sop_instance_uid = ? order by received_at, version.id`,
  )
  const versionFiles = db.prepare<[], { id: string; file: string }>('select id, file from version')
  const hasFile = db.prepare<[string], number>('select 1 from version where file = ?').pluck()
  const counts = db.prepare<[], ArchiveCounts>(
    `select (select count(*) from study) studies, (select count(*) from instance) instances,
       (select count(*) from version) versions, (select count(*) from quarantine) quarantined,
       (select coalesce(sum(size_bytes), 0) from version) sizeBytes`,
  )
  const insertQuarantine = db.prepare('insert into quarantine values (?, ?, ?, ?, ?, ?, ?, ?)')
  const quarantined = db.prepare<[], InRow<QuarantinedObject>>(
    `select id, file, status, problem, calling_ae_title callingAeTitle, sop_instance_uid sopInstanceUid,
       size_bytes sizeBytes, quarantined_at quarantinedAt from quarantine order by quarantined_at desc, id limit 1000`,
  )
  const hasQuarantined = db.prepare<[string], number>('select 1 from quarantine where file = ?').pluck()
  const raiseAlarm = db.prepare(
    'insert or ignore into archive_alarm (kind, subject, problem, raised_at, cleared_at) values (?, ?, ?, ?, null)',
  )
  const clearAlarm = db.prepare(
    'update archive_alarm set cleared_at = ? where kind = ? and subject = ? and cleared_at is null',
  )
  const moveDataSet = db.prepare('update version set data_set_offset = ? where id = ?')
  const alarms = db.prepare<[], InRow<ArchiveAlarm>>(
    `select a.kind, a.subject, a.problem, a.raised_at raisedAt, i.study_instance_uid studyInstanceUid
     from archive_alarm a left join version v on v.id = a.subject left join instance i on i.id = v.instance_id
     where a.cleared_at is null order by a.id`,
  )

  return {
    study: (uid: string): StudyHeader | undefined => {
      const row = study.get(uid)
      return row && studyInRow(row.header)
    },
    /** The study as the instances before this one described it; of the first, as it does. */
    keepStudy(header: StudyHeader, receivedAt: number): StudyHeader {
      const uid = header.studyInstanceUid
      const row = study.get(uid)
      if (!row) {
        insertStudy.run(uid, JSON.stringify(header), receivedAt, receivedAt)
        return header
      }
      const known = studyInRow(row.header)
      touchStudy.run(receivedAt, uid)
      const fuller = withPersonOf(known, header)
      if (fuller) saveStudy.run(JSON.stringify(fuller), uid)
      return known
    },
    addInstance(
      id: string,
      sopInstanceUid: string,
      studyInstanceUid: string,
      header: KeptHeader,
      versionId: string,
    ): void {
      const { seriesInstanceUid, seriesNumber, instanceNumber } = header
      insertInstance.run(
        id,
        sopInstanceUid,
        studyInstanceUid,
        seriesInstanceUid,
        seriesNumber,
        instanceNumber,
        versionId,
      )
    },
    addVersion(row: VersionRow): void {
      const { id, instance_id, crc32, size_bytes, transfer_syntax_uid, file, data_set_offset } = row
      const { calling_ae_title, received_at, header, conflict } = row
      const where = [file, data_set_offset, calling_ae_title, received_at, header, conflict] as const
      insertVersion.run(id, instance_id, crc32, size_bytes, transfer_syntax_uid, ...where)
    },
    instanceById: (id: string): InstanceFacts | undefined => factsOf(instanceById.get(id)),
    instanceByUid: (sopInstanceUid: string): InstanceFacts | undefined => factsOf(instanceByUid.get(sopInstanceUid)),
    instancesOfStudy: (uid: string): InstanceFacts[] => instancesOfStudy.all(uid).map((row) => factsOf(row)!),
    /** Asked for each object that comes, and most are new: sorting nothing would cost more than looking. */
    versionsOf: (sopInstanceUid: string): InstanceVersion[] =>
      instanceIdOf.get(sopInstanceUid) === undefined ? [] : versionsOf.all(sopInstanceUid).map(versionOf),
    /** The row of an instance's current version, or of the version with this id. */
    versionRow: (id: string): VersionRow | undefined => instanceById.get(id) ?? versionById.get(id),
    versionFiles: () => versionFiles.all(),
    hasFile: (file: string): boolean => hasFile.get(file) === 1,
    counts: (): ArchiveCounts => counts.get()!,
    addQuarantined(object: QuarantinedObject): void {
      const { id, file, status, problem, callingAeTitle, sopInstanceUid, sizeBytes, quarantinedAt } = object
      insertQuarantine.run(
        id,
        file,
        status,
        JSON.stringify(problem),
        callingAeTitle,
        sopInstanceUid,
        sizeBytes,
        quarantinedAt,
      )
    },
    quarantined: (): QuarantinedObject[] => quarantined.all().map(withProblem),
    hasQuarantined: (file: string): boolean => hasQuarantined.get(file) === 1,
    raiseAlarm: ({ kind, subject, problem, raisedAt }: RaisedAlarm): boolean =>
      raiseAlarm.run(kind, subject, JSON.stringify(problem), raisedAt).changes > 0,
    clearAlarm: (kind: ArchiveAlarm['kind'], subject: string, at: number): void => {
      clearAlarm.run(at, kind, subject)
    },
    /** A lost or damaged file came again: the same data set behind a head of our own that may be longer or shorter. */
    restoreFile(versionId: string, dataSetOffset: number, at: number): void {
      moveDataSet.run(dataSetOffset, versionId)
      for (const kind of ['file-missing', 'damaged']) clearAlarm.run(at, kind, versionId)
    },
    alarms: (): ArchiveAlarm[] => alarms.all().map(withProblem),
  }
}

/** What the header of an earlier version of this program did not hold. */
const notKeptAtFirst = { bodyPart: '', protocolName: '', laterality: '' }

function factsOf(row: InstanceRow | undefined): InstanceFacts | undefined {
  if (!row) return undefined
  const header: KeptHeader = JSON.parse(row.header)
  return {
    ...notKeptAtFirst,
    ...header,
    id: row.instance_id,
    sopInstanceUid: row.sop_instance_uid,
    seriesInstanceUid: row.series_instance_uid,
    studyInstanceUid: row.study_instance_uid,
    transferSyntaxUid: row.transfer_syntax_uid,
    sizeBytes: row.size_bytes,
    versionId: row.id,
    receivedAt: row.received_at,
    ...(row.from_study_uid && { takenFromStudy: row.from_study_uid }),
  }
}

function versionOf(row: InstanceRow): InstanceVersion {
  return {
    id: row.id,
    instanceId: row.instance_id,
    crc32: row.crc32,
    sizeBytes: row.size_bytes,
    transferSyntaxUid: row.transfer_syntax_uid,
    callingAeTitle: row.calling_ae_title,
    receivedAt: row.received_at,
    isCurrent: row.id === row.current_version_id,
    isConflict: row.conflict === 1,
  }
}
