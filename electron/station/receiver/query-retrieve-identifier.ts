import { valuesOf, valuesOfQuestion } from '../../../shared/dicom/element-values.ts'
import { specificCharacterSetOf } from '../../../shared/dicom/encode-text.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { Device, ReadAs } from '../../../shared/models/settings.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import type { QueryLevel } from '../archive/query-archive.ts'
import { queryTag } from '../archive/query-attributes.ts'
import { textEncodings } from './worklist-attributes.ts'

export type QueryRoot = 'patient-root' | 'study-root'

/** The identifier of a C-FIND, C-MOVE or C-GET: PS3.4 C.4.1.1.3, C.4.2.1.4, C.4.3.1.3. */
export type QueryIdentifier = {
  readonly level: QueryLevel
  /** Without those that are about the identifier itself. '' asks for the value only. */
  readonly keys: ReadonlyMap<number, string>
  /** (0008,0005), '' when it has none. */
  readonly characterSet: string
}

export type IdentifierRead =
  | { readonly kind: 'identifier'; readonly identifier: QueryIdentifier }
  | { readonly kind: 'unreadable' }
  /** `comment`: for ErrorComment. */
  | { readonly kind: 'not-fitting'; readonly comment: string }

/** SpecificCharacterSet, QueryRetrieveLevel, RetrieveAETitle, TimezoneOffsetFromUTC: no keys. */
const aboutItself: ReadonlySet<number> = new Set([0x00080005, queryTag.queryRetrieveLevel, 0x00080054, 0x00080201])

const levels: Readonly<Record<QueryRoot, readonly QueryLevel[]>> = {
  'patient-root': ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'],
  'study-root': ['STUDY', 'SERIES', 'IMAGE'],
}

/** The unique key of each level, PS3.4 C.6.1.1 and C.6.2.1. */
export const uniqueKey: Readonly<Record<QueryLevel, number>> = {
  PATIENT: queryTag.patientId,
  STUDY: queryTag.studyInstanceUid,
  SERIES: queryTag.seriesInstanceUid,
  IMAGE: queryTag.sopInstanceUid,
}
const nameOfKey: Readonly<Record<QueryLevel, string>> = {
  PATIENT: 'PatientID',
  STUDY: 'StudyInstanceUID',
  SERIES: 'SeriesInstanceUID',
  IMAGE: 'SOPInstanceUID',
}

/**
 * `assumed`: the device's own character set, for text in an identifier that declares none. `readAs`: what staff know its text to be written
 * in, whatever is declared.
 */
export function readIdentifier(
  bytes: Buffer,
  transferSyntaxUid: string,
  root: QueryRoot,
  assumed: Device['characterSet'],
  readAs: ReadAs = 'declared',
): IdentifierRead {
  const encoding = dataSetEncodingOf(transferSyntaxUid)
  const read = readElements(bytes, encoding)
  if (read.kind !== 'whole') return { kind: 'unreadable' }
  const terms = termsReadAs(readAs)
  const values = terms
    ? valuesOf(bytes, read.elements, encoding, terms, terms)
    : valuesOfQuestion(bytes, read.elements, encoding, [specificCharacterSetOf[textEncodings[assumed]]])
  const said = values.text(queryTag.queryRetrieveLevel)
  const level = levels[root].find((one) => one === said)
  if (!level) return { kind: 'not-fitting', comment: `QueryRetrieveLevel must be ${levels[root].join(', ')}` }
  const keys = new Map(
    [...read.elements.keys()]
      .filter((tag) => tag % 0x10000 !== 0 && !aboutItself.has(tag))
      .map((tag) => [tag, tag === queryTag.patientName ? values.personName(tag) : values.text(tag)]),
  )
  const missing = levelsAbove(root, level).find((above) => !isSingle(keys.get(uniqueKey[above])))
  if (missing) return { kind: 'not-fitting', comment: `${nameOfKey[missing]} must be one value at level ${level}` }
  return { kind: 'identifier', identifier: { level, keys, characterSet: values.text(0x00080005) } }
}

/**
 * What a C-MOVE or C-GET names: the unique keys alone, down to its level; the last may be a list of UIDs (C.4.2.1.4.1). Undefined:
 * it names nothing.
 */
export function keysOfRetrieve(
  root: QueryRoot,
  { level, keys }: QueryIdentifier,
): ReadonlyMap<number, string> | undefined {
  const own = keys.get(uniqueKey[level]) ?? ''
  const names = level === 'PATIENT' ? isSingle(own) : own !== '' && !/[*?]/.test(own)
  if (!names) return undefined
  return new Map([...levelsAbove(root, level), level].map((one) => [uniqueKey[one], keys.get(uniqueKey[one])!]))
}

/** Hierarchical, PS3.4 C.4.1.2.1: relational queries are not negotiated. */
function levelsAbove(root: QueryRoot, level: QueryLevel): readonly QueryLevel[] {
  return levels[root].slice(0, levels[root].indexOf(level))
}

const isSingle = (key: string | undefined): boolean => key !== undefined && key !== '' && !/[*?\\]/.test(key)
