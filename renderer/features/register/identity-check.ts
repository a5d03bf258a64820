import type { IdentityKind } from '../../../shared/models/patient.ts'
import { isCalendarDay } from '../../../shared/text/dicom-values.ts'
import { checkResidentNumber, type ResidentNumberCheck } from '../../../shared/text/identity-number.ts'

/** Both are built by GB 11643 and carry sex, birth date and a check digit. */
const checkedKinds: readonly IdentityKind[] = ['resident', 'residence-permit']

/** What the number says, where its kind says anything. A masked number, as the station shows it, cannot be checked. */
export function identityCheck(
  kind: IdentityKind | undefined,
  number: string | undefined,
): ResidentNumberCheck | undefined {
  if (!number?.trim() || number.includes('*') || !kind || !checkedKinds.includes(kind)) return undefined
  return checkResidentNumber(number)
}

/** Staff type 19900501, 1990.5.1 or 1990/05/01; undefined while it is no day. */
export function readBirthDate(text: string): string | undefined {
  const parts = /^\s*(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?\s*$/.exec(text)
  if (!parts) return undefined
  const [, year = '', month = '', day = ''] = parts
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDay(written) ? written : undefined
}
