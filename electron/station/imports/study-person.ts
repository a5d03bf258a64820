import type { Patient } from '../../../shared/models/patient.ts'
import type { StudyHeader } from '../../../shared/models/study.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'
import { otherPerson } from '../exams/other-person.ts'

export type StudyPerson = Pick<StudyHeader, 'patientName' | 'patientId' | 'patientSex' | 'patientBirthDate'>

/**
 * Pure: how an object that is made here names the person. As registered; but where the study's own images say otherwise (a device on which
 * the number was typed by hand, attached by staff all the same) it says what they say: a study has one Patient module, and two would look
 * like two people.
 */
export function studyPerson(patient: Patient, study: StudyHeader | undefined): StudyPerson {
  const registered: StudyPerson = {
    patientName: personNameValue(patient),
    patientId: patient.patientId,
    patientSex: patient.sex,
    patientBirthDate: patient.birthDate,
  }
  if (!study || otherPerson(study, { ...study, ...registered }).length === 0) return registered
  const isReadable = study.patientName !== '' && !study.patientName.includes('\uFFFD')
  return {
    patientName: isReadable ? study.patientName : registered.patientName,
    patientId: study.patientId || registered.patientId,
    patientSex: study.patientSex || registered.patientSex,
    patientBirthDate: study.patientBirthDate || registered.patientBirthDate,
  }
}
