import { z } from 'zod'
import type { BothWords } from '../problems/both-words.ts'

/** What a received study says about itself, decoded for people; the stored bytes are the truth. Absent elements are ''. */
export const studyHeaderSchema = z.object({
  studyInstanceUid: z.string(),
  patientId: z.string(),
  /** PN as decoded: 'alphabetic=ideographic=phonetic', groups that are absent left out. */
  patientName: z.string(),
  patientSex: z.string(),
  /** 'YYYY-MM-DD' or ''. */
  patientBirthDate: z.string(),
  /** AS: '034Y', or ''. */
  patientAge: z.string(),
  accessionNumber: z.string(),
  modality: z.string(),
  /** 'YYYY-MM-DD HH:mm:ss' as the device wrote it (its own clock), or ''. */
  studyDateTime: z.string(),
  studyDescription: z.string(),
  bodyPart: z.string(),
  requestedProcedureId: z.string(),
  /** RequestAttributesSequence (0040,0275) > ScheduledProcedureStepID (0040,0009). */
  scheduledProcedureStepId: z.string(),
  studyId: z.string(),
  /** PN as decoded, as `patientName`. */
  referringPhysician: z.string(),
  /** AE title that sent it, 'import' when a person brought the file. */
  callingAeTitle: z.string(),
})
export type StudyHeader = z.infer<typeof studyHeaderSchema>

/** One stored SOP instance, its current version. */
export const instanceFactsSchema = z.object({
  /** Our own id; the file's name comes from it, never from the wire. */
  id: z.string(),
  sopInstanceUid: z.string(),
  sopClassUid: z.string(),
  seriesInstanceUid: z.string(),
  studyInstanceUid: z.string(),
  transferSyntaxUid: z.string(),
  modality: z.string(),
  seriesNumber: z.number().nullable(),
  seriesDescription: z.string(),
  instanceNumber: z.number().nullable(),
  /** BodyPartExamined (0018,0015), ProtocolName (0018,1030); '' where absent. */
  bodyPart: z.string(),
  protocolName: z.string(),
  /** ImageLaterality (0020,0062) or Laterality (0020,0060): 'L', 'R', 'B', 'U' or ''. */
  laterality: z.string(),
  rows: z.number(),
  columns: z.number(),
  numberOfFrames: z.number(),
  sizeBytes: z.number(),
  /** Of the bytes that count now: another one when staff chose other bytes under the same SOPInstanceUID. */
  versionId: z.string(),
  receivedAt: z.number(),
  /** StudyInstanceUID in its bytes, where staff took it out of that study. */
  takenFromStudy: z.string().optional(),
})
export type InstanceFacts = z.infer<typeof instanceFactsSchema>

/** Why an exam is, or is not, the one a study belongs to. `points` may be negative: a contradiction. */
export const matchReasonSchema = z.object({
  key: z.enum([
    'study-instance-uid',
    'accession-number',
    'patient-id',
    'requested-procedure-id',
    'patient-name',
    'patient-name-pinyin',
    'patient-sex',
    'patient-birth-date',
    'modality',
    'device',
    'time',
    'body-part',
  ]),
  agrees: z.boolean(),
  points: z.number(),
  /** Shown to staff: '姓名拼音一致', '性别不同：登记为女，图像为男'. */
  text: z.string(),
  english: z.string(),
})
export type MatchReason = z.infer<typeof matchReasonSchema>

export const matchCandidateSchema = z.object({
  examId: z.string(),
  score: z.number(),
  reasons: z.array(matchReasonSchema),
})
export type MatchCandidate = z.infer<typeof matchCandidateSchema>

export type MatchDecision =
  | { readonly kind: 'certain'; readonly candidate: MatchCandidate }
  | { readonly kind: 'ask-staff'; readonly candidates: readonly MatchCandidate[]; readonly why: BothWords }
