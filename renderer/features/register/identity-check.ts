import type { IdentityKind } from '../../../shared/models/patient.ts'
import { checkResidentNumber, type ResidentNumberCheck } from '../../../shared/text/identity-number.ts'

/** All are built by GB 11643 and carry sex, birth date and a check digit. */
const checkedKinds: readonly IdentityKind[] = ['resident', 'residence-permit', 'foreign-permanent-residence']

/** What the number says, where its kind says anything. A masked number, as the station shows it, cannot be checked. */
export function identityCheck(
  kind: IdentityKind | undefined,
  number: string | undefined,
): ResidentNumberCheck | undefined {
  if (!number?.trim() || number.includes('*') || !kind || !checkedKinds.includes(kind)) return undefined
  // Cards of foreigners from before 2023 have three letters, twelve digits and no check character.
  if (kind === 'foreign-permanent-residence' && !number.trim().startsWith('9')) return undefined
  return checkResidentNumber(number)
}
