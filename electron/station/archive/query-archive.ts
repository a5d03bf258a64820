import { matchesKey } from '../../../shared/dicom/match-key.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import type { Database } from '../db/open-database.ts'
import { createQuerySql, type StudyPlace } from './query-archive-sql.ts'
import {
  instanceAttributes,
  patientAttributes,
  type QueryAttributes,
  queryTag,
  type SeriesRow,
  seriesAttributes,
  studyAttributes,
} from './query-attributes.ts'
import { conditionsOf } from './query-conditions.ts'
import { studyInRow } from './study-in-row.ts'

/** PS3.4 C.3; an IMAGE is any instance. */
export type QueryLevel = 'PATIENT' | 'STUDY' | 'SERIES' | 'IMAGE'

export type ArchiveQuestion = {
  readonly level: QueryLevel
  /**
   * By tag, as text: '' only asks for the value (universal matching), otherwise it must match as PS3.4 C.2.2.2 says: a single value,
   * a list of UIDs with backslashes, '*' and '?', ranges of dates and times. Keys of levels above may stand too. A key that the
   * index does not hold matches everything (`supports` tells).
   */
  readonly keys: ReadonlyMap<number, string>
}

export type ArchiveQuery = {
  /**
   * Matches one after the other, studies newest first, series and instances in the order in which people leaf through them. Lazy:
   * it reads a page at a time and holds no statement, so it may be consumed over many turns. Each answer has the attributes of its
   * level and of the levels above, as many as the index holds; modalities and counts of a study or patient
   * (0008,0061) (0020,1200) (0020,1202) (0020,1204) (0020,1206) (0020,1208) only where they are among the keys.
   */
  find(question: ArchiveQuestion): Generator<QueryAttributes>
  /** As `find`, with undefined after each page that was looked through, so that a long search can let others work. */
  walk(question: ArchiveQuestion): Generator<QueryAttributes | undefined>
  /** `limit` matches behind the first `offset`. Others work in between; once `isGone` says so, no more is looked for. */
  page(
    question: ArchiveQuestion,
    range: { readonly offset: number; readonly limit: number },
    isGone?: () => boolean,
  ): Promise<QueryAttributes[]>
  /** Whether a level's answers hold this attribute, and keys are matched against it. */
  supports(level: QueryLevel, tag: number): boolean
  /** The transfer syntaxes in which objects of a SOP class lie here. */
  heldSyntaxes(sopClassUid: string): ReadonlySet<string>
}

const pageOfStudies = 200
/** How long a search may keep others waiting, milliseconds. */
const longestTurn = 10
const modalitiesAndCounts = [queryTag.modalitiesInStudy, 0x00201206, 0x00201208]
const countsOfPatient = [0x00201200, 0x00201202, 0x00201204]

/**
 * Questions to the index of what is stored: C-FIND, C-MOVE, C-GET and DICOMweb all ask here. Text is as decoded for people.
 *
 * QIDO-RS (PS3.18 10.6): `studies` is level STUDY, `series` SERIES, `instances` IMAGE; UIDs in the path become keys; each query
 * parameter becomes a key by its tag; what `includefield` and the default attributes of table 10.6.3-3 name becomes an empty key.
 * `page` takes offset and limit. Questions are relational: no key of a higher level is needed (DIMSE demands them elsewhere).
 * What only the asker knows, as RetrieveURL, RetrieveAETitle and SpecificCharacterSet, is not in the answers.
 */
export function createArchiveQuery(db: Database): ArchiveQuery {
  const sql = createQuerySql(db)

  function* studies(keys: ArchiveQuestion['keys']): Generator<StudyMatch | undefined> {
    const conditions = conditionsOf(keys)
    const wantsSeries = modalitiesAndCounts.some((tag) => keys.has(tag))
    let after: StudyPlace | undefined
    for (;;) {
      const rows = sql.studies(conditions, after, pageOfStudies)
      for (const row of rows) {
        const study = studyInRow(row.header)
        const patient = patientAttributes(study, patientCounts(keys, study))
        const cheap = new Map([...patient, ...studyAttributes(study, undefined)])
        // Counting comes last: most studies are told apart without.
        if (!matches(keys, cheap)) continue
        const attributes = wantsSeries ? new Map([...patient, ...studyAttributes(study, sql.seriesOf(row.uid))]) : cheap
        if (matches(keys, attributes)) yield { uid: row.uid, attributes }
      }
      if (rows.length < pageOfStudies) return
      yield undefined
      after = rows.at(-1)
    }
  }

  function* patients(keys: ArchiveQuestion['keys']): Generator<QueryAttributes | undefined> {
    const conditions = conditionsOf(keys)
    let after = ''
    for (;;) {
      const rows = sql.patients(conditions, after, pageOfStudies)
      for (const row of rows) {
        const study = studyInRow(row.header)
        const attributes = new Map(patientAttributes(study, patientCounts(keys, study)))
        if (matches(keys, attributes)) yield attributes
      }
      if (rows.length < pageOfStudies) return
      yield undefined
      after = rows.at(-1)!.patient_id
    }
  }

  function patientCounts(keys: ArchiveQuestion['keys'], study: StudyHeader) {
    return countsOfPatient.some((tag) => keys.has(tag)) ? sql.countsOfPatient(study.patientId) : undefined
  }

  function* series(keys: ArchiveQuestion['keys']): Generator<SeriesMatch | undefined> {
    for (const study of studies(keys)) {
      if (!study) {
        yield undefined
        continue
      }
      for (const row of sql.seriesOf(study.uid)) {
        const attributes = new Map([...study.attributes, ...seriesAttributes(row)])
        if (matches(keys, attributes)) yield { study, row, attributes }
      }
    }
  }

  function* walk({ level, keys }: ArchiveQuestion): Generator<QueryAttributes | undefined> {
    switch (level) {
      case 'PATIENT':
        return yield* patients(keys)
      case 'STUDY':
        for (const study of studies(keys)) yield study?.attributes
        return
      case 'SERIES':
        for (const one of series(keys)) yield one?.attributes
        return
      case 'IMAGE':
        for (const one of series(keys)) {
          if (!one) yield undefined
          else yield* instances(keys, one)
        }
    }
  }

  function* instances(keys: ArchiveQuestion['keys'], { study, row, attributes }: SeriesMatch) {
    for (const instance of sql.instancesOf(study.uid, row.uid)) {
      const all = new Map([...attributes, ...instanceAttributes(instance)])
      if (matches(keys, all)) yield all
    }
  }

  function* find(question: ArchiveQuestion): Generator<QueryAttributes> {
    for (const attributes of walk(question)) if (attributes) yield attributes
  }

  return {
    find,
    walk,
    heldSyntaxes: (sopClassUid) => new Set(sql.heldSyntaxes(sopClassUid)),
    async page(question, { offset, limit }, isGone) {
      const found: QueryAttributes[] = []
      let seen = 0
      if (limit <= 0) return found
      let since = performance.now()
      for (const attributes of walk(question)) {
        if (attributes && seen++ >= offset) found.push(attributes)
        if (found.length >= limit) break
        if (attributes && performance.now() - since < longestTurn) continue
        await new Promise((resolve) => setImmediate(resolve))
        if (isGone?.()) break
        since = performance.now()
      }
      return found
    },
    supports: (level, tag) => supported[level].has(tag),
  }
}

type StudyMatch = { readonly uid: string; readonly attributes: QueryAttributes }
type SeriesMatch = { readonly study: StudyMatch; readonly row: SeriesRow; readonly attributes: QueryAttributes }

/** Every key against what is known so far; what belongs to a deeper level is matched there. */
function matches(keys: ReadonlyMap<number, string>, attributes: QueryAttributes): boolean {
  for (const [tag, key] of keys) {
    const attribute = key === '' ? undefined : attributes.get(tag)
    if (!attribute) continue
    const values = tag === queryTag.modalitiesInStudy ? attribute.value.split('\\') : [attribute.value]
    if (!values.some((value) => matchesKey(attribute.vr, key, value))) return false
  }
  return true
}

const supported = supportedTags()

/** The tags that answers hold, from an example of each level. */
function supportedTags(): Readonly<Record<QueryLevel, ReadonlySet<number>>> {
  const header = { studyDateTime: '', patientBirthDate: '' } as StudyHeader
  const facts = JSON.stringify({ modality: '', rows: 1, columns: 1 })
  const row = { uid: '', number: null, instances: 0, header: facts }
  const instance = {
    sop_instance_uid: '',
    series_instance_uid: '',
    instance_number: null,
    transfer_syntax_uid: '',
    header: facts,
  }
  const tags = (pairs: readonly (readonly [number, unknown])[]) => pairs.map(([tag]) => tag)
  const patient = tags(patientAttributes(header, { studies: 0, series: 0, instances: 0 }))
  const study = [...patient, ...tags(studyAttributes(header, []))]
  const series = [...study, ...tags(seriesAttributes(row))]
  return {
    PATIENT: new Set(patient),
    STUDY: new Set(study),
    SERIES: new Set(series),
    IMAGE: new Set([...series, ...tags(instanceAttributes(instance))]),
  }
}
