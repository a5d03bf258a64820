import type { StudyHeader } from '../../../shared/models/study.ts'

const person = ['patientId', 'patientName', 'patientSex', 'patientBirthDate'] as const

/** A study with what its objects so far left out of the person and a later one tells; undefined where that is nothing. */
export function withPersonOf(study: StudyHeader, later: StudyHeader): StudyHeader | undefined {
  const told = person.filter((key) => study[key] === '' && later[key] !== '')
  if (told.length === 0) return undefined
  return { ...study, ...Object.fromEntries(told.map((key) => [key, later[key]])) }
}
