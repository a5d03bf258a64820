import { z } from 'zod'
import { examInputSchema, examSchema, examStateSchema, modalitySchema } from './exam.ts'
import { patientInputSchema, patientSchema } from './patient.ts'
import { line } from './text-field.ts'

/** What one visit brings: a person and everything that is to be examined. One transaction, an accession number each. */
export const visitSchema = z.object({
  patient: patientInputSchema,
  exams: z.array(examInputSchema).min(1).max(20),
  /** The returning person that staff chose (`id` of a ReturningPatient); a masked identity number is then the known one. */
  patientRowId: z.string().max(64).optional(),
  /** The same item of the same person on the same day is meant. */
  confirmDouble: z.boolean().optional(),
})
export type Visit = z.infer<typeof visitSchema>

export const registeredExamSchema = examSchema.extend({ patientId: z.string() })
export type RegisteredExam = z.infer<typeof registeredExamSchema>

/** What staff know of who stands before them. Each part that is given is looked for by itself. */
export const returningQuerySchema = z.object({
  name: line().max(64).optional(),
  birthDate: z.iso.date().optional(),
  identity: patientInputSchema.shape.identity,
  phone: line().max(20).optional(),
  patientId: line().max(64).optional(),
})
export type ReturningQuery = z.infer<typeof returningQuerySchema>

export const returningReasonSchema = z.enum(['identity', 'patient-id', 'phone', 'name-and-birth-date', 'name'])
export type ReturningReason = z.infer<typeof returningReasonSchema>

/** A person who was here before; the identity number is masked. */
export const returningPatientSchema = z.object({
  patient: patientSchema,
  /** Why this may be the person, the best reason first. */
  reasons: z.array(returningReasonSchema).min(1),
  /** The newest exams, newest first, at most 5. */
  lastExams: z.array(
    examSchema
      .pick({ id: true, accessionNumber: true, registeredAt: true, modality: true, itemCode: true, itemName: true })
      .extend({ state: examStateSchema }),
  ),
})
export type ReturningPatient = z.infer<typeof returningPatientSchema>

/** An exam item that this station registers, and how often. */
export const usedItemSchema = z.object({
  modality: modalitySchema,
  itemCode: z.string(),
  itemName: z.string(),
  bodyPart: z.string(),
  /** First letters of the name's pinyin, 'XBZW' for 胸部正位: what staff type to find it. */
  initials: z.string(),
  /** How often the person who asks registered it, and everybody. */
  mine: z.number(),
  all: z.number(),
})
export type UsedItem = z.infer<typeof usedItemSchema>

/** A photo of a request slip (申请单). */
export const requestSlipSchema = z.object({
  id: z.string(),
  examId: z.string(),
  mediaType: z.enum(['image/jpeg', 'image/png']),
  sizeBytes: z.number(),
  /** Pixels, as the file says. */
  width: z.number(),
  height: z.number(),
  addedAt: z.number(),
  addedBy: z.string(),
  /** Once it was taken out; its file stays until an administrator erases it. */
  removed: z.object({ at: z.number(), by: z.string(), reason: z.string() }).nullable(),
})
export type RequestSlip = z.infer<typeof requestSlipSchema>
