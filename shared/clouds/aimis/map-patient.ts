import type { Modality } from '../../models/exam.ts'
import type { ExamDossier } from '../../models/exam-dossier.ts'
import { textOrAbsent, withoutAbsent } from '../exam-facts.ts'
import type { AimisPatient } from './internet-hospital-client.ts'

/** Who the internet-hospital calls are about, from the exam at hand. idNum is a resident's number: the documents know no other. */
export function mapAimisPatient({ patient, exam, institution }: ExamDossier): AimisPatient {
  const { identity } = patient
  const idNum = identity?.kind === 'resident' ? identity.number.toUpperCase() : undefined
  return withoutAbsent<{ -readonly [Name in keyof AimisPatient]: AimisPatient[Name] | undefined }>({
    phoneNum: textOrAbsent(patient.phone),
    idNum,
    hisId: textOrAbsent(exam.hisNumber),
    patientName: patient.name,
    hospitalId: textOrAbsent(institution.hospitalId),
    unionId: textOrAbsent(institution.unionId),
  }) as AimisPatient
}

/** studyType of patientStudies and of the callback: 0 放射, 3 内镜, 4 心电, 5 超声; the clinic's other modalities are radiology. */
export function aimisStudyType(modality: Modality): number {
  if (modality === 'ES') return 3
  if (modality === 'ECG') return 4
  return modality === 'US' ? 5 : 0
}
