import { studyUidOf } from '../../../shared/clouds/exam-facts.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'
import { maskIdentityNumbers } from '../log.ts'
import type { ElementChange, WantedElements } from './coerce-copy.ts'
import { declarationOf } from './specific-character-set.ts'

/**
 * What every sent copy of this exam says: the registration, to which staff or the matching attached the images. `oneStudyUid`: the
 * receiving side gets all images of an exam under the StudyInstanceUID that it is told. `readAs`: the set in which the device wrote.
 * `image`: the one whose copy it is.
 */
export function wantedElementsOf(
  dossier: ExamDossier,
  oneStudyUid: boolean,
  readAs: ReadAs = 'declared',
  image?: Pick<InstanceFacts, 'studyInstanceUid' | 'takenFromStudy'>,
): WantedElements {
  const { patient, exam } = dossier
  const declaration = declarationOf(readAs)
  return {
    ...(declaration && { SpecificCharacterSet: declaration }),
    AccessionNumber: exam.accessionNumber,
    PatientName: personNameValue(patient),
    PatientID: patient.patientId,
    PatientBirthDate: daOfDay(patient.birthDate),
    PatientSex: patient.sex,
    // A PACS files by it: what was taken out of another person's study must not go back there.
    ...(image?.takenFromStudy && { StudyInstanceUID: image.studyInstanceUid }),
    ...(oneStudyUid && { StudyInstanceUID: studyUidOf(dossier) }),
  }
}

/** The changes as they may stand in the audit log: a device's operator may have typed an identity number into any field. */
export function auditableChanges(changes: readonly ElementChange[], dossier: ExamDossier): readonly ElementChange[] {
  const number = dossier.patient.identity?.number
  const mask = (text: string) => {
    const known = number ? text.replaceAll(number, '***').replaceAll(number.toLowerCase(), '***') : text
    return maskIdentityNumbers(known)
  }
  return changes.map(({ element, from, to }) => ({ element, from: mask(from), to: mask(to) }))
}
