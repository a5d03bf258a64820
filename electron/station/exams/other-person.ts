import type { StudyHeader } from '../../../shared/models/study.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'

/**
 * Whether two objects of one StudyInstanceUID name two people, in words for staff; [] when they may be the same. Devices that
 * reuse a study for the next patient do exist. What one of them leaves out, or what cannot be read, speaks for nobody.
 */
export function otherPerson(first: StudyHeader, later: StudyHeader): string[] {
  const differs = (a: string, b: string) => a !== '' && b !== '' && a !== b
  return [
    ...(differs(first.patientId, later.patientId) ? ['患者编号不同'] : []),
    ...(differs(first.patientSex, later.patientSex) ? ['性别不同'] : []),
    ...(differs(first.patientBirthDate, later.patientBirthDate) ? ['出生日期不同'] : []),
    ...(differs(nameOf(first), nameOf(later)) && !isUnreadable(first) && !isUnreadable(later) ? ['姓名不同'] : []),
  ]
}

/** The Latin letters decide where both have them: the Chinese group may be missing in one of them. */
function nameOf(study: StudyHeader): string {
  const { alphabetic, ideographic } = readPersonName(study.patientName)
  return alphabetic.toUpperCase().replace(/[^A-Z]/g, '') || ideographic
}

const isUnreadable = (study: StudyHeader): boolean => study.patientName.includes('\uFFFD')
