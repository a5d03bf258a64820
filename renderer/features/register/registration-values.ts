import type { BodyInputOf } from '../../../shared/api/route.ts'
import type { Routes } from '../../../shared/api/routes.ts'
import type { CodedName, Exam, ExamInput } from '../../../shared/models/exam.ts'
import type { IdentityKind, Patient, PatientInput } from '../../../shared/models/patient.ts'
import { isWholeItem, type UsualItem } from './usual-items.ts'

/** What the form holds while it is typed into: everything may still be missing or empty. */
export type RegistrationValues = {
  readonly patient: Partial<Omit<PatientInput, 'identity'>> & {
    readonly identity?: { readonly kind?: IdentityKind; readonly number?: string }
  }
  readonly exam: Partial<Omit<ExamInput, CodedField>> & { readonly [Field in CodedField]?: Partial<CodedName> }
  /** Items that are registered beside the one in the fields. */
  readonly others?: readonly UsualItem[] | undefined
  /** What stands in the age field while it is typed, or because it is no age. */
  readonly typedAge?: string | undefined
  /** The returning person who was chosen. */
  readonly known?: { readonly rowId: string; readonly name: string; readonly patientId: string } | undefined
}

type CodedField = 'applyDepartment' | 'applyDoctor' | 'examDepartment' | 'examDoctor' | 'ward'

type Fields = Readonly<Record<string, unknown>>
type Changes = BodyInputOf<Routes['examChange']>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A coded name without a name and an identity without a number say nothing. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return isFields(value) && !value.name && !value.number
}

function filled(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value] as const)
      .filter(([, value]) => !isEmpty(value)),
  )
}

/** Everything that was chosen, in its order: the item in the fields comes last, unless the fields are empty. */
export function visitOf(values: RegistrationValues): BodyInputOf<Routes['visitRegister']> {
  const { known } = values
  const exam = filled(values.exam)
  const others = values.others ?? []
  const inFields = isWholeItem(values.exam) || others.length === 0 ? [exam] : []
  return {
    patient: filled(values.patient) as PatientInput,
    exams: [...others.map((item) => ({ ...exam, ...filled(item) })), ...inFields] as ExamInput[],
    ...(known && { patientRowId: known.rowId }),
  }
}

function changedFields(before: Fields, after: Fields): Fields | undefined {
  const changed = Object.entries(after).flatMap(([key, value]): [string, unknown][] => {
    const old = before[key]
    if (isEmpty(old) && (isEmpty(value) || value === false)) return []
    if (JSON.stringify(old) === JSON.stringify(value)) return []
    if (!isEmpty(value)) return [[key, value]]
    // Emptied: texts can say so, an identity or a number cannot be taken away by this route.
    if (typeof old === 'string') return [[key, '']]
    return isFields(old) && 'name' in old ? [[key, { code: '', name: '' }]] : []
  })
  return changed.length > 0 ? Object.fromEntries(changed) : undefined
}

/** Only what a person really changed goes to the station, so that two people do not undo each other. */
export function changesOf(before: RegistrationValues, after: RegistrationValues): Changes {
  const patient = changedFields(before.patient, after.patient)
  const exam = changedFields(before.exam, after.exam)
  return {
    ...(patient ? { patient: patient as Partial<PatientInput> } : {}),
    ...(exam ? { exam: exam as Partial<ExamInput> } : {}),
  }
}

export function valuesOf(patient: Patient, exam: Exam): RegistrationValues {
  return { patient: { ...patient, identity: patient.identity ?? { kind: 'resident' } }, exam }
}

/** A new form; what one patient after the other shares is kept. An emergency and an infection are one person's. */
export function nextValues(previous?: RegistrationValues): RegistrationValues {
  const exam = previous?.exam
  const category = exam?.category ?? 'outpatient'
  return {
    patient: { identity: { kind: 'resident' } },
    exam: {
      modality: exam?.modality ?? 'DR',
      category: category === 'emergency' ? 'outpatient' : category,
      ...(exam?.scheduledAeTitle ? { scheduledAeTitle: exam.scheduledAeTitle } : {}),
      ...(exam?.institutionId ? { institutionId: exam.institutionId } : {}),
      ...(exam?.applyDepartment ? { applyDepartment: exam.applyDepartment } : {}),
      ...(exam?.applyDoctor ? { applyDoctor: exam.applyDoctor } : {}),
      ...(exam?.examDepartment ? { examDepartment: exam.examDepartment } : {}),
      ...(exam?.examDoctor ? { examDoctor: exam.examDoctor } : {}),
    },
  }
}
