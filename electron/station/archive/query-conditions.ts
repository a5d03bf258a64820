import { rangeOf } from '../../../shared/dicom/match-key.ts'
import { dayOfDa } from '../../../shared/text/dicom-values.ts'
import { queryTag } from './query-attributes.ts'

/** What the index alone can say about a study; it narrows, and never drops a match. Every key is matched exactly afterwards. */
export type StudyConditions = {
  readonly studyUids: readonly string[] | undefined
  readonly seriesUids: readonly string[] | undefined
  readonly sopUids: readonly string[] | undefined
  readonly modalities: readonly string[] | undefined
  /** The one value, or what it begins with. */
  readonly patientId: TextCondition | undefined
  readonly accessionNumber: TextCondition | undefined
  /** What a group of the name begins with, as the index writes it: lower case, without '^' and blanks. */
  readonly nameBegins: string | undefined
  /** 'YYYY-MM-DD'. */
  readonly fromDay: string | undefined
  readonly toDay: string | undefined
}
export type TextCondition =
  | { readonly kind: 'is'; readonly value: string }
  | { readonly kind: 'begins'; readonly value: string }

/** Pure: from the keys of a query (PS3.4 C.2.2.2) to conditions. */
export function conditionsOf(keys: ReadonlyMap<number, string>): StudyConditions {
  const key = (tag: number) => keys.get(tag) ?? ''
  const list = (tag: number) => (key(tag) === '' ? undefined : key(tag).split('\\'))
  const { from, to } = rangeOf(key(queryTag.studyDate))
  return {
    studyUids: list(queryTag.studyInstanceUid),
    seriesUids: list(queryTag.seriesInstanceUid),
    sopUids: list(queryTag.sopInstanceUid),
    modalities: /[*?]/u.test(key(queryTag.modalitiesInStudy)) ? undefined : list(queryTag.modalitiesInStudy),
    patientId: textCondition(key(queryTag.patientId)),
    accessionNumber: textCondition(key(queryTag.accessionNumber)),
    nameBegins: nameBegins(key(queryTag.patientName)),
    fromDay: dayOfDa(from) || undefined,
    toDay: dayOfDa(to) || undefined,
  }
}

function textCondition(key: string): TextCondition | undefined {
  if (key.includes('\\')) return undefined
  const wild = key.search(/[*?]/u)
  if (wild < 0) return key === '' ? undefined : { kind: 'is', value: key }
  return wild === 0 ? undefined : { kind: 'begins', value: key.slice(0, wild) }
}

/** The index knows the case of a to z only: a prefix ends before a letter whose other case it would miss. */
function nameBegins(key: string): string | undefined {
  const group = key.split('=').find((one) => one !== '') ?? ''
  const beginning = group.split(/[*?]/u)[0] ?? ''
  let written = ''
  for (const sign of beginning) {
    if (sign > '\x7f' && sign.toLowerCase() !== sign.toUpperCase()) break
    written += /[\^\s]/u.test(sign) ? '' : sign > '\x7f' ? sign : sign.toLowerCase()
  }
  return written || undefined
}
