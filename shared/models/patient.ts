import { z } from 'zod'
import { isCalendarDay } from '../text/dicom-values.ts'
import { line } from './text-field.ts'

/** PatientSex (0010,0040), PS3.3 C.2.3: M, F, O. */
export const patientSexSchema = z.enum(['M', 'F', 'O'])
export type PatientSex = z.infer<typeof patientSexSchema>

/** The kinds of identity document a clinic meets. Each protocol maps them to its own codes. */
export const identityKindSchema = z.enum([
  'resident', // 居民身份证, GB 11643, 18 characters with check digit
  'passport',
  'hong-kong-macau-permit', // 港澳居民来往内地通行证
  'taiwan-permit', // 台湾居民来往大陆通行证
  'residence-permit', // 港澳台居民居住证, same check digit as resident
  'foreign-permanent-residence',
  'military',
  'other',
])
export type IdentityKind = z.infer<typeof identityKindSchema>

export const identitySchema = z.object({
  kind: identityKindSchema,
  number: line().min(1).max(50),
})
export type Identity = z.infer<typeof identitySchema>

/** A calendar day as 'YYYY-MM-DD'; it has no time zone. */
export const calendarDaySchema = z.string().refine(isCalendarDay, '没有这一天，应为 YYYY-MM-DD')

const optionalText = (max: number) => line().max(max).optional()

/** What staff fill in about a person. Lengths here only keep nonsense out; the limits of each cloud are in its field table. */
export const patientInputSchema = z.object({
  name: line().min(1).max(64),
  /** Family and given name in Latin letters, 'ZHANG SAN'; made from the name when absent, staff may correct it. */
  namePinyin: optionalText(64),
  sex: patientSexSchema,
  birthDate: calendarDaySchema,
  identity: identitySchema.optional(),
  phone: optionalText(20),
  medicalInsuranceNumber: optionalText(50),
  healthCardNumber: optionalText(50),
  homeAddress: optionalText(200),
  birthplace: optionalText(200),
  occupation: optionalText(80),
  maritalStatus: z
    .enum(['single', 'married', 'first-marriage', 'remarried', 'rejoined', 'widowed', 'divorced', 'unknown'])
    .optional(),
  otherIdentity: optionalText(100),
})
export type PatientInput = z.infer<typeof patientInputSchema>

/** A person known to this station. `patientId` is PatientID (0010,0020) on the wire; `id` is our own row. */
export const patientSchema = patientInputSchema.extend({
  id: z.string(),
  patientId: z.string(),
  namePinyin: z.string(),
})
export type Patient = z.infer<typeof patientSchema>
