import type { DestinationKind } from '../models/destination.ts'
import type { FieldSource } from './field-source.ts'
import type { JilinField } from './jilin/field.ts'
import { queryFormerlyExamFields } from './jilin/fields.ts'
import { patientExamFields } from './jilin/patient-exam-fields.ts'

/** How much of a model field a cloud takes, for the counters beside what staff type. */
export type DeskLimit = {
  /** The model's field: 'report.findings', 'exam.itemName', 'account.displayName'. */
  readonly source: FieldSource
  readonly kind: DestinationKind
  /** The name on the wire. */
  readonly field: string
  readonly label: string
  /** In GB 18030 bytes: count with `gb18030Length`. */
  readonly bytes: number
  /** What comes of being over it. */
  readonly severity: 'blocks' | 'warns'
  /** '最多 10 字节，5 个汉字'. */
  readonly hint: string
  /** 'at most 10 bytes, 5 Chinese characters'. */
  readonly hintInEnglish: string
}

/** Nobody types these. */
const madeByStation: readonly FieldSource[] = [
  'patient.patientId',
  'patient.age',
  'exam.accessionNumber',
  'study.uid',
  'station.mac',
  'cloud.examId',
  'not kept',
]

/**
 * The strictest limit of each model field for each kind of destination that is enabled. The AIMIS documents give no lengths, and a PACS
 * is sent no such fields: only the provincial cloud has limits.
 */
export function limitsForDesk(
  enabled: readonly { readonly kind: DestinationKind; readonly narrativeLimit?: 'warn' | 'block' }[],
): readonly DeskLimit[] {
  const jilin = enabled.filter((destination) => destination.kind === 'jilin')
  if (jilin.length === 0) return []
  const isStrict = jilin.some((destination) => destination.narrativeLimit === 'block')
  const strictest = new Map<FieldSource, DeskLimit>()
  for (const field of [...patientExamFields, ...queryFormerlyExamFields]) {
    const limit = limitOf(field, isStrict)
    if (!limit || madeByStation.includes(field.from)) continue
    const known = strictest.get(field.from)
    if (!known || limit.bytes < known.bytes) strictest.set(field.from, limit)
  }
  return [...strictest.values()]
}

function limitOf(field: JilinField, isStrict: boolean): DeskLimit | undefined {
  const bytes = Number(/^AN\.\.(\d+)$/.exec(field.format)?.[1])
  if (Number.isNaN(bytes) || field.codes) return undefined
  const { name, label, from } = field
  const severity = field.soft && !isStrict ? 'warns' : 'blocks'
  const letters = Math.floor(bytes / 2)
  const hint = `最多 ${bytes} 字节，${letters} 个汉字`
  const hintInEnglish = `at most ${bytes} bytes, ${letters} Chinese characters`
  return { source: from, kind: 'jilin', field: name, label, bytes, severity, hint, hintInEnglish }
}
