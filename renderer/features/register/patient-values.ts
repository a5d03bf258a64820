import type { ReturningPatient, ReturningQuery } from '../../../shared/models/registration.ts'
import { readBirthDate } from '../../clinic/read-birth-date.ts'
import type { IdentityCard } from '../../clinic/read-identity-card.ts'
import { identityCheck } from './identity-check.ts'
import type { RegistrationValues } from './registration-values.ts'

type PatientValues = RegistrationValues['patient']

/** Every field of a person, empty: what a form forgets when somebody else's card is read. */
const nobody = {
  name: '',
  namePinyin: '',
  sex: undefined,
  birthDate: '',
  phone: '',
  medicalInsuranceNumber: '',
  healthCardNumber: '',
  homeAddress: '',
  birthplace: '',
  occupation: '',
  maritalStatus: undefined,
  otherIdentity: '',
} as const

/** The fields as a card fills them. The same card again leaves what was typed beside it. */
export function valuesOfCard(card: IdentityCard, before: PatientValues): PatientValues {
  const isSame = before.identity?.number?.trim().toUpperCase() === card.identity.number
  return {
    ...(isSame ? before : (nobody as unknown as PatientValues)),
    identity: card.identity,
    ...(card.name && { name: card.name }),
    ...(card.sex && { sex: card.sex }),
    ...(card.birthDate && { birthDate: card.birthDate }),
    ...(card.address && { homeAddress: card.address }),
  }
}

/** The fields as a returning person fills them: a number that a card gave stays, a phone that was typed too. */
export function valuesOfReturning({ patient }: ReturningPatient, before: PatientValues): PatientValues {
  const { id: _id, patientId: _patientId, ...known } = patient
  const given = before.identity?.number?.trim() ?? ''
  const keepsNumber = given !== '' && !given.includes('*')
  return {
    ...(nobody as unknown as PatientValues),
    ...known,
    identity: keepsNumber ? before.identity : (known.identity ?? { kind: 'resident', number: '' }),
    ...(before.phone?.trim() && { phone: before.phone }),
    ...(before.homeAddress?.trim() && { homeAddress: before.homeAddress }),
  } as PatientValues
}

/** What to ask by, from what is typed so far; undefined while it would find half the town. */
export function returningQueryOf(patient: PatientValues): ReturningQuery | undefined {
  const { identity, name = '', phone = '', birthDate = '' } = patient
  const number = identity?.number?.trim() ?? ''
  const check = identityCheck(identity?.kind, number)
  const isWhole = check ? check.ok : number.length >= 6 && !number.includes('*')
  const day = readBirthDate(birthDate)
  const query: ReturningQuery = {
    ...(identity?.kind && isWhole && { identity: { kind: identity.kind, number } }),
    ...(phone.trim().length >= 7 && { phone: phone.trim() }),
    ...(name.trim().length >= 2 && { name: name.trim(), ...(day && { birthDate: day }) }),
  }
  return Object.keys(query).length > 0 ? query : undefined
}

/** The one who may be taken without asking: the same document, and no other name. */
export function surelyReturning(
  found: readonly ReturningPatient[],
  patient: PatientValues,
): ReturningPatient | undefined {
  const byDocument = found.filter(({ reasons }) => reasons.includes('identity'))
  const name = patient.name?.trim()
  const same = byDocument.filter(({ patient: known }) => !name || known.name === name)
  return same.length === 1 && (name || byDocument.length === 1) ? same[0] : undefined
}

type FieldPath = readonly ['patient' | 'exam', string]

/** Where the hand goes next: the first needed field that is empty. */
export function firstEmptyField(values: RegistrationValues): FieldPath {
  const { patient } = values
  if (!patient.name?.trim()) return ['patient', 'name']
  if (!patient.sex) return ['patient', 'sex']
  if (!patient.birthDate) return ['patient', 'birthDate']
  return ['exam', 'itemName']
}
