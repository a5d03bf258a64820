import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { Template } from '../../../shared/models/writing.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { ageAt, yearsOf } from '../../../shared/text/patient-age.ts'

/** What a template must fit: the exam's modality and the person on the day of the exam. */
export type TemplateOccasion = {
  readonly modality: string
  readonly sex: Patient['sex']
  /** Completed years; undefined where the birth date is none. */
  readonly age: number | undefined
}

export type Misfit = 'modality' | 'sex' | 'age'

export function occasionOf(
  exam: Pick<Exam, 'modality' | 'scheduledAt'>,
  patient: Pick<Patient, 'sex' | 'birthDate'>,
): TemplateOccasion {
  const known = /^\d{4}-\d{2}-\d{2}$/.test(patient.birthDate)
  return {
    modality: exam.modality,
    sex: patient.sex,
    age: known ? yearsOf(ageAt(patient.birthDate, chinaDay(exam.scheduledAt))) : undefined,
  }
}

/** DR, CR and DX are one thing to a doctor who writes. */
const plainFilm = ['DR', 'CR', 'DX']
const sameModality = (a: string, b: string) => a === b || (plainFilm.includes(a) && plainFilm.includes(b))

/** Why a template is not meant for this exam; empty: it is. An unknown sex or age rules nothing out. */
export function misfitsOf(
  template: Pick<Template, 'modality' | 'sex' | 'fromAge' | 'toAge'>,
  { modality, sex, age }: TemplateOccasion,
): readonly Misfit[] {
  const misfits: Misfit[] = []
  if (template.modality !== '' && !sameModality(template.modality, modality)) misfits.push('modality')
  if (template.sex !== undefined && template.sex !== 'O' && sex !== 'O' && template.sex !== sex) misfits.push('sex')
  if (age !== undefined && (age < (template.fromAge ?? 0) || age > (template.toAge ?? 999))) misfits.push('age')
  return misfits
}
