import { z } from 'zod'
import { patientInputSchema, patientSchema } from './patient.ts'
import { line, lines } from './text-field.ts'

/** 9999-12-31 in China time: later days have no place in a DICOM date. */
const lastMoment = Date.UTC(9999, 11, 31, 15, 59, 59)

const optionalText = (max: number) => (max < 500 ? line() : lines()).max(max).optional()

/** A department or a doctor: the institution's own code and the name. */
export const codedNameSchema = z.object({
  code: line().max(50).default(''),
  name: line().max(50),
})
export type CodedName = z.infer<typeof codedNameSchema>

/** Modality (0008,0060), the values that the provincial document lists and that clinics use. */
export const modalitySchema = z.enum([
  'DR',
  'CR',
  'DX',
  'SC',
  'CT',
  'US',
  'MR',
  'MG',
  'ES',
  'PT',
  'XA',
  'RF',
  'SR',
  'ECG',
  'OT',
])
export type Modality = z.infer<typeof modalitySchema>

export const examCategorySchema = z.enum(['outpatient', 'inpatient', 'checkup', 'emergency', 'other'])
export type ExamCategory = z.infer<typeof examCategorySchema>

/** The fields of an exam as they come; a change names only what it changes, so nothing here has a default. */
const examFields = z.object({
  /** Absent: the first institution of the station. */
  institutionId: z.string().optional(),
  modality: modalitySchema,
  bodyPart: line().max(64),
  itemCode: line().min(1).max(64),
  itemName: line().min(1).max(64),
  category: examCategorySchema,
  /** AE title of the modality this exam is meant for; absent: any modality of that kind. */
  scheduledAeTitle: optionalText(16),
  /** When it is to be done, epoch milliseconds; absent: now. */
  scheduledAt: z.number().int().min(0).max(lastMoment).optional(),
  applyDepartment: codedNameSchema.optional(),
  applyDoctor: codedNameSchema.optional(),
  examDepartment: codedNameSchema.optional(),
  examDoctor: codedNameSchema.optional(),
  hisNumber: optionalText(64),
  clinicNumber: optionalText(64),
  inpatientNumber: optionalText(64),
  checkupNumber: optionalText(64),
  applicationNumber: optionalText(64),
  ward: codedNameSchema.optional(),
  bed: optionalText(32),
  scanMode: optionalText(64),
  clinicalDiagnosis: optionalText(1000),
  chiefComplaint: optionalText(1000),
  briefHistory: optionalText(1000),
  allergies: optionalText(500),
  requirement: optionalText(500),
  equipment: optionalText(100),
  examInfo: optionalText(200),
  /** 传染: the person must be kept apart; shown in yellow wherever the exam is. */
  infectious: z.boolean().optional(),
  /** Yuan. */
  price: z.number().nonnegative().max(999_999).optional(),
  /** Metres and kilograms on the day of the exam. */
  heightMetres: z.number().positive().max(3).optional(),
  weightKilograms: z.number().positive().max(500).optional(),
})
/** What staff fill in about an exam (检查). */
export const examInputSchema = examFields.extend({
  bodyPart: examFields.shape.bodyPart.default(''),
  category: examFields.shape.category.default('outpatient'),
})
export type ExamInput = z.infer<typeof examInputSchema>

/** What staff change: only what is named. */
export const examChangeSchema = examFields.partial()

/**
 * The states of an exam, as staff see them. `registered` and `cancelled` are facts of the exam; `in-progress` holds while the
 * modality says by MPPS that it is at work, or was, and no image has come; `imaged` holds once images are attached; the rest follow from its report (report.ts). `examStateOf` is the one place that puts them together.
 */
export const examStateSchema = z.enum([
  'registered',
  'in-progress',
  'imaged',
  'written',
  'awaiting-audit',
  'returned',
  'approved',
  'released',
  'amending',
  'cancelled',
])
export type ExamState = z.infer<typeof examStateSchema>

export const examSchema = examInputSchema.extend({
  id: z.string(),
  institutionId: z.string(),
  patientRowId: z.string(),
  /** AccessionNumber (0008,0050): at most 16 characters, unique on this station. */
  accessionNumber: z.string(),
  /** StudyInstanceUID (0020,000D) handed out by the worklist. */
  studyInstanceUid: z.string(),
  registeredAt: z.number(),
  registeredBy: z.string(),
  scheduledAt: z.number(),
  /** The reason in English where the station wrote a part of it. */
  cancelled: z
    .object({ at: z.number(), by: z.string(), reason: z.string(), reasonInEnglish: z.string().optional() })
    .optional(),
})
export type Exam = z.infer<typeof examSchema>

export const registrationSchema = z.object({ patient: patientInputSchema, exam: examInputSchema })
export type Registration = z.infer<typeof registrationSchema>

/** One row of the board, and the head of the exam page. */
export const examRowSchema = z.object({
  exam: examSchema,
  patient: patientSchema,
  state: examStateSchema,
  imageCount: z.number(),
  seriesCount: z.number(),
  /** One entry a destination that has something to do with this exam. */
  lamps: z.array(
    z.object({
      destinationId: z.string(),
      destinationName: z.string(),
      kind: z.string(),
      lamp: z.enum(['none', 'waiting', 'sending', 'delivered', 'blocked']),
      reason: z.string().optional(),
      reasonInEnglish: z.string().optional(),
      /** What to do now, where it is blocked. */
      action: z.string().optional(),
      actionInEnglish: z.string().optional(),
      /** The outbox task that is the reason. */
      taskId: z.string().optional(),
      /** From the error catalogue, to be read out to support. */
      code: z.string().optional(),
    }),
  ),
  /** The newest report in short; null: nothing is written. Names as written in the report. */
  report: z
    .object({
      version: z.number(),
      positive: z.enum(['negative', 'positive', 'undetermined']),
      critical: z.boolean(),
      infectious: z.boolean(),
      reportDoctor: z.string(),
      auditDoctor: z.string(),
      releasedAt: z.number().nullable(),
    })
    .nullable(),
  /** When the first image came, or the device said that it began; null: not yet. */
  examinedAt: z.number().nullable(),
  /** The provincial cloud's hour: the earliest deadline of what is not delivered yet; null: none runs. */
  deadlineAt: z.number().nullable(),
  /** How often the card and the report were printed. */
  prints: z.object({ card: z.number(), report: z.number() }),
})
export type ExamRow = z.infer<typeof examRowSchema>
