import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { Problem } from '../../../shared/problems/problem.ts'

type Registered = { readonly exam: Exam; readonly patient: Patient }

/**
 * Whether `doubled` is the same exam registered once more and may go into `kept`; undefined: it may. Two people are never merged:
 * another patient row is the same person only with the same name, sex and birth date, and no other identity document. A draft of
 * a report stays with the cancelled exam; a report that went further, and what a cloud was told, are not taken back by merging.
 */
export function mayMerge(
  kept: Registered,
  doubled: Registered,
  of: { readonly report: string | undefined; readonly wasTold: boolean },
): Problem | undefined {
  if (kept.exam.id === doubled.exam.id) return { code: 'MERGE-SAME' }
  const other = otherPerson(kept.patient, doubled.patient)
  if (other.length > 0) return { code: 'MERGE-OTHER-PERSON', with: { detail: other.join('、') } }
  if (of.report) return { code: 'EXAM-HAS-REPORT', with: { state: of.report } }
  if (of.wasTold) return { code: 'MERGE-SENT' }
  return undefined
}

function otherPerson(a: Patient, b: Patient): string[] {
  if (a.id === b.id) return []
  const areOther = a.identity && b.identity && a.identity.number !== b.identity.number
  return [
    ...(a.name === b.name ? [] : ['姓名不同']),
    ...(a.sex === b.sex ? [] : ['性别不同']),
    ...(a.birthDate === b.birthDate ? [] : ['出生日期不同']),
    ...(areOther ? ['证件号码不同'] : []),
  ]
}
