import type { ReportVersion } from '../models/report.ts'
import type { FieldSource } from './field-source.ts'

/** Where on the desk a value is mended. `field`: the model's own name ('phone', 'applyDoctor', 'findings'). */
export type PreflightPlace =
  | { readonly kind: 'patient'; readonly field: string }
  | { readonly kind: 'exam'; readonly field: string }
  | { readonly kind: 'report'; readonly field: string }
  | { readonly kind: 'institution'; readonly field: string }
  /** The doctor's account: name and code. */
  | { readonly kind: 'account' }
  /** Comes with the images from the device. */
  | { readonly kind: 'images' }
  /** The destination's settings. */
  | { readonly kind: 'settings' }

export type PreflightCode =
  | 'MISSING-FIELD'
  | 'RECOMMENDED-FIELD'
  | 'FIELD-TOO-LONG'
  | 'FIELD-CHARACTERS'
  | 'FIELD-FORMAT'
  | 'IDENTITY-NUMBER'
  | 'UID-TOO-LONG'
  | 'PRICE-LEFT-OUT'
  | 'REPORT-NONE'
  | 'PDF-TOO-LARGE'
  | 'JILIN-SM2-KEY'

/**
 * One thing that a destination will say about an exam before it is sent. blocks: nothing goes until it is mended, the client itself
 * refuses; recommended: it goes without (class B); warns: it goes as it is, and the platform may object.
 */
export type PreflightLine = {
  readonly severity: 'blocks' | 'recommended' | 'warns'
  readonly code: PreflightCode
  /** The name on the wire. */
  readonly field: string
  readonly label: string
  readonly labelInEnglish: string
  /** What is missing or wrong and what comes of it; never the value itself. */
  readonly message: string
  readonly messageInEnglish: string
  readonly place: PreflightPlace
}

/** Where the value that a field table names is filled in. */
export function placeOfSource(from: FieldSource): PreflightPlace {
  const [room = '', field = ''] = from.split('.')
  switch (room) {
    case 'patient':
      return { kind: 'patient', field: field === 'age' || field === 'ageUnit' ? 'birthDate' : field }
    case 'exam':
      return { kind: 'exam', field }
    case 'report':
      return field === 'reportDoctor' || field === 'auditDoctor' ? { kind: 'account' } : { kind: 'report', field }
    case 'institution':
      return { kind: 'institution', field }
    case 'account':
      return { kind: 'account' }
    case 'study':
    case 'counts':
      return { kind: 'images' }
    default:
      return { kind: 'settings' }
  }
}

/**
 * Absent now, but a later step fills it in: who submits a draft becomes its report doctor, who approves becomes its audit doctor
 * (reports, report-step). Nobody is asked for these before.
 */
export function isFilledInLater(
  from: FieldSource,
  code: PreflightCode,
  report: Pick<ReportVersion, 'state' | 'reportDoctor' | 'auditDoctor'> | undefined,
): boolean {
  if (code !== 'MISSING-FIELD' || !report) return false
  const isUnsubmitted = report.state === 'draft' || report.state === 'returned'
  const isApproved = report.state === 'approved' || report.state === 'released'
  // A doctor who is named and has no code lacks it for good.
  if (from === 'report.approvedAt') return !isApproved
  if (from.startsWith('report.auditDoctor.')) return !isApproved && report.auditDoctor === undefined
  if (from === 'report.submittedAt') return isUnsubmitted
  return from.startsWith('report.reportDoctor.') && isUnsubmitted && report.reportDoctor === undefined
}

/** An English sentence begins with a capital. */
export const beginning = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
