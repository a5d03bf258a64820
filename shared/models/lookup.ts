import { z } from 'zod'
import { line } from './text-field.ts'

/** An exam that another institution did, as the provincial cloud tells it; '' where it says nothing. */
export const priorExamSchema = z.object({
  destinationId: z.string(),
  /** The cloud's own id of the exam: what call and recognition records name. */
  cloudExamId: z.string(),
  hospitalCode: z.string(),
  hospitalName: z.string(),
  accessionNumber: z.string(),
  modality: z.string(),
  bodyPart: z.string(),
  itemNames: z.array(z.string()),
  checkTime: z.string(),
  findings: z.string(),
  impression: z.string(),
  reportDoctor: z.string(),
  auditDoctor: z.string(),
  imageViewUrls: z.array(z.string()),
  /** It was done here: our own exam came back. */
  isOurs: z.boolean(),
})
export type PriorExam = z.infer<typeof priorExamSchema>

export const lookupKindSchema = z.enum(['history', 'duplicate'])
export type LookupKind = z.infer<typeof lookupKindSchema>

/** What one destination answered to a question: found something (perhaps nothing), or why it could not be asked. */
export const lookupAnswerSchema = z.object({
  destinationId: z.string(),
  destinationName: z.string(),
  ok: z.boolean(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  action: z.string().nullable(),
  /** The same in English. */
  english: z.string().nullable(),
  englishAction: z.string().nullable(),
  exams: z.array(priorExamSchema),
})
export type LookupAnswer = z.infer<typeof lookupAnswerSchema>

/** What staff did with a prior exam; the provincial cloud wants a record of each (saveReminderCallRecord, retrivaType). */
export const callRecordSchema = z.object({
  examId: z.string(),
  destinationId: z.string(),
  cloudExamId: z.string().min(1),
  /** reminder: a warning was shown or dismissed; view: the exam was looked at; pdf: its report was opened. */
  kind: z.enum(['reminder', 'view', 'pdf']),
  searchType: lookupKindSchema.optional(),
})
export type CallRecord = z.infer<typeof callRecordSchema>

/** 互认: whether a prior exam is recognised, and whether it is quoted in our report. A refusal needs its reason. */
export const recognitionSchema = z
  .object({
    examId: z.string(),
    destinationId: z.string(),
    cloudExamId: z.string().min(1),
    recognised: z.boolean(),
    quoted: z.boolean(),
    reason: line().max(100).optional(),
  })
  .refine((r) => r.recognised || Boolean(r.reason), { path: ['reason'], message: '不互认须填写原因' })
export type Recognition = z.infer<typeof recognitionSchema>

/** A study that AIMIS knows of the patient (patientStudies). */
export const cloudStudySchema = z.object({
  reportId: z.string(),
  studyId: z.string(),
  studyDate: z.string(),
  bodyPart: z.string(),
  studyName: z.string(),
  applyDepartment: z.string(),
  applyDoctor: z.string(),
  reportUrl: z.string(),
  imageUrl: z.string(),
})
export type CloudStudy = z.infer<typeof cloudStudySchema>
