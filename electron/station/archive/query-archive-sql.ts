import type { Database } from '../db/open-database.ts'
import type { InstanceRow, PatientCounts, SeriesRow } from './query-attributes.ts'
import type { StudyConditions, TextCondition } from './query-conditions.ts'

/** Where a page of studies begins: behind this study, newest first. */
export type StudyPlace = { readonly at: string; readonly uid: string }
export type StudyRow = { readonly header: string; readonly at: string; readonly uid: string }
export type PatientRow = { readonly header: string; readonly patient_id: string }

/** Sorts behind everything that begins as what it is put after: the last code point there is. */
const last = '\u{10FFFF}'

/** Reads the index for questions. No statement stays open: between two pages the receiver writes. */
export function createQuerySql(db: Database) {
  const statements = new Map<string, ReturnType<Database['prepare']>>()
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const seriesOf = db.prepare<[string], SeriesRow>(
    `with series as (
       select series_instance_uid uid, min(series_number) number, count(*) instances, min(rowid) first
       from instance where study_instance_uid = ? group by series_instance_uid)
     select uid, number, instances, version.header from series
       join instance on instance.rowid = series.first join version on version.id = instance.current_version_id
     order by number nulls last, uid`,
  )
  const instancesOf = db.prepare<[string, string], InstanceRow>(
    `select sop_instance_uid, series_instance_uid, instance_number, transfer_syntax_uid, header
     from instance join version on version.id = instance.current_version_id
     where study_instance_uid = ? and series_instance_uid = ? order by instance_number nulls last, sop_instance_uid`,
  )
  const countsOfPatient = db.prepare<[string], PatientCounts>(
    `select count(distinct study.study_instance_uid) studies, count(distinct series_instance_uid) series, count(*) instances
     from study join instance on instance.study_instance_uid = study.study_instance_uid
     where patient_id = ? and study.${asDevicesMadeIt}`,
  )

  const nextSyntax = db
    .prepare<[string, string], string>(
      `select transfer_syntax_uid from version
       where json_extract(header, '$.sopClassUid') = ? and transfer_syntax_uid > ? order by transfer_syntax_uid limit 1`,
    )
    .pluck()

  return {
    /** Each once: the index is stepped through from one to the next. */
    heldSyntaxes(sopClassUid: string): string[] {
      const held: string[] = []
      for (let next = nextSyntax.get(sopClassUid, ''); next !== undefined; next = nextSyntax.get(sopClassUid, next))
        held.push(next)
      return held
    },
    /** The next studies that may match, newest first. */
    studies(conditions: StudyConditions, after: StudyPlace | undefined, count: number): StudyRow[] {
      const { parts, values } = whereOf(conditions)
      if (after) parts.push('(study_at, study_instance_uid) < (:afterAt, :afterUid)')
      const sql = `select header, study_at at, study_instance_uid uid from study ${where(parts)}
        order by study_at desc, study_instance_uid desc limit :count`
      return prepared(sql).all({ ...values, afterAt: after?.at, afterUid: after?.uid, count }) as StudyRow[]
    },
    /** The next patients, each with the newest of the studies that may match, by PatientID. */
    patients(conditions: StudyConditions, after: string, count: number): PatientRow[] {
      const { parts, values } = whereOf(conditions)
      const sql = `select header, patient_id, max(study_at) from study ${where([...parts, 'patient_id > :after'])}
        group by patient_id order by patient_id limit :count`
      return prepared(sql).all({ ...values, after, count }) as PatientRow[]
    },
    seriesOf: (studyUid: string): SeriesRow[] => seriesOf.all(studyUid),
    instancesOf: (studyUid: string, seriesUid: string): InstanceRow[] => instancesOf.all(studyUid, seriesUid),
    countsOfPatient: (patientId: string): PatientCounts => countsOfPatient.get(patientId)!,
  }
}

/**
 * A study that staff made of images of somebody else is for the desk and the clouds: its files still say the study from which they were
 * taken, and whoever asks by DICOM would put them back there.
 */
const asDevicesMadeIt = 'study_instance_uid not in (select study_instance_uid from instance_apart)'

const where = (parts: readonly string[]) => (parts.length === 0 ? '' : `where ${parts.join(' and ')}`)

function whereOf(conditions: StudyConditions) {
  const parts: string[] = [asDevicesMadeIt]
  const values: Record<string, string> = {}
  const among = (name: string, list: readonly string[] | undefined, condition: string) => {
    if (!list) return
    parts.push(condition)
    values[name] = JSON.stringify(list)
  }
  const text = (name: string, column: string, condition: TextCondition | undefined) => {
    if (!condition) return
    parts.push(condition.kind === 'is' ? `${column} = :${name}` : `${column} >= :${name} and ${column} <= :${name}Last`)
    values[name] = condition.value
    if (condition.kind === 'begins') values[`${name}Last`] = condition.value + last
  }
  among('studyUids', conditions.studyUids, 'study_instance_uid in (select value from json_each(:studyUids))')
  among(
    'seriesUids',
    conditions.seriesUids,
    `study_instance_uid in (select study_instance_uid from instance
       where series_instance_uid in (select value from json_each(:seriesUids)))`,
  )
  among(
    'sopUids',
    conditions.sopUids,
    `study_instance_uid in (select study_instance_uid from instance
       where sop_instance_uid in (select value from json_each(:sopUids)))`,
  )
  among(
    'modalities',
    conditions.modalities,
    `study_instance_uid in (select study_instance_uid from modality_of_study
       where modality in (select value from json_each(:modalities)))`,
  )
  text('patientId', 'patient_id', conditions.patientId)
  text('accessionNumber', 'accession_number', conditions.accessionNumber)
  if (conditions.nameBegins) {
    const columns = ['name_alphabetic', 'name_ideographic', 'name_phonetic']
    // By a list of studies: the order by day would otherwise be walked through whole.
    const each = columns.map(
      (column) => `select study_instance_uid from study where ${column} between :name and :nameLast`,
    )
    parts.push(`study_instance_uid in (${each.join(' union ')})`)
    values.name = conditions.nameBegins
    values.nameLast = conditions.nameBegins + last
  }
  if (conditions.fromDay) {
    parts.push('study_at >= :fromDay')
    values.fromDay = conditions.fromDay
  }
  if (conditions.toDay) {
    parts.push('study_at <= :toDay')
    values.toDay = `${conditions.toDay} 99`
  }
  return { parts, values }
}
