import type { Account } from '../../../shared/models/account.ts'
import { type CodedName, codedNameSchema, type Modality } from '../../../shared/models/exam.ts'

const keyOf = (modality: Modality) => `station-examiner:${modality}`

/** Who examined last with such devices, as far as this computer knows. */
export const lastExaminer = {
  read(modality: Modality): CodedName | undefined {
    try {
      return codedNameSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(modality)) ?? 'null')).data
    } catch {
      return undefined
    }
  },
  write(modality: Modality, examiner: CodedName | undefined): void {
    if (examiner?.name) localStorage.setItem(keyOf(modality), JSON.stringify(examiner))
  },
}

/** The clouds ask for 检查医生: a technician who registers examines, too; with everybody else it is mostly who it was the last time. */
export function usualExaminer(
  user: Pick<Account, 'role' | 'displayName' | 'doctorCode'>,
  last: CodedName | undefined,
): CodedName | undefined {
  return user.role === 'technician' ? { name: user.displayName, code: user.doctorCode } : last
}

/** Whom the field offers: technicians first, registrars never. */
export function examinersOf(accounts: readonly Account[]): readonly CodedName[] {
  const there = accounts.filter(({ disabled, role }) => !disabled && role !== 'registrar')
  const [technicians, others] = [true, false].map((wanted) =>
    there.filter(({ role }) => (role === 'technician') === wanted),
  )
  return [...(technicians ?? []), ...(others ?? [])].map(({ displayName, doctorCode }) => ({
    name: displayName,
    code: doctorCode,
  }))
}
