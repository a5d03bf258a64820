import type { StudyHeader } from '../../../shared/models/study.ts'

/** What later versions began to read: rows that were kept before lack it until they are read again. */
const laterElements = { studyId: '', referringPhysician: '', patientAge: '', scheduledProcedureStepId: '' }

/** A study's `header` column. */
export function studyInRow(json: string): StudyHeader {
  return { ...laterElements, ...JSON.parse(json) }
}
