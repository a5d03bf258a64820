import { z } from 'zod'
import { accountSchema } from '../models/account.ts'
import { alarmViewSchema } from '../models/alarm.ts'
import { cloudStatusSchema } from '../models/cloud-status.ts'
import { examRowSchema } from '../models/exam.ts'
import { outboxTaskStateSchema, taskWhySchema } from '../models/outbox-task.ts'
import { performedStepSchema } from '../models/performed-step.ts'
import { reportVersionSchema } from '../models/report.ts'
import { instanceFactsSchema, matchCandidateSchema, studyHeaderSchema } from '../models/study.ts'
import { imageMismatchSchema, studyCorrectionSchema, studyMoveSchema } from '../models/study-move.ts'

/** What a person reads when something did not work. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    /** What happened and why. */
    message: z.string(),
    /** What to do now. */
    action: z.string(),
    english: z.string(),
    englishAction: z.string(),
    /** Where in the body, for a form: field path → words. */
    fields: z.record(z.string(), z.string()).optional(),
    /** The same fields with their words in English, as far as there are any. */
    fieldsInEnglish: z.record(z.string(), z.string()).optional(),
  }),
})
export type ErrorAnswer = z.infer<typeof errorSchema>

export const sessionSchema = z.object({ token: z.string(), user: accountSchema })

export const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string().optional(),
  mode: z.enum(['training', 'real']).optional(),
  receiver: z
    .object({
      listening: z.boolean(),
      aeTitle: z.string(),
      host: z.string(),
      port: z.number(),
      /** The port of DICOM over TLS; null: it is not open. */
      tlsPort: z.number().nullable().optional(),
      associations: z.number(),
      /** What is typed into a modality: this computer's addresses on its networks, IPv4. */
      addresses: z.array(z.string()),
    })
    .optional(),
  disk: z.object({ freeBytes: z.number(), low: z.boolean() }).optional(),
  queue: z.object({ waiting: z.number(), sending: z.number(), blocked: z.number() }).optional(),
  /** A cloud's clock minus ours, milliseconds, from its last answer's Date header; the greatest where there are several. */
  clockOffset: z.number().nullable().optional(),
  destinations: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        enabled: z.boolean(),
        paused: z.string().nullable(),
        pausedInEnglish: z.string().nullable(),
      }),
    )
    .optional(),
  /** In Chinese, one line each, with its code. */
  alarms: z.array(z.string()).optional(),
  /** The same in both languages, with what they are about. */
  alarmDetails: z.array(alarmViewSchema).optional(),
})

export const deliverySchema = taskWhySchema.extend({
  id: z.string(),
  examId: z.string(),
  destinationId: z.string(),
  destinationName: z.string(),
  kind: z.string(),
  step: z.string(),
  subject: z.string(),
  state: outboxTaskStateSchema,
  attempts: z.number(),
  nextAttemptAt: z.number(),
  deadlineAt: z.number().nullable(),
  updatedAt: z.number(),
  accessionNumber: z.string(),
  patientName: z.string(),
  /** The step of the same destination that must be delivered first; null when only the time keeps it. */
  waitsFor: z.string().nullable(),
})
export type Delivery = z.infer<typeof deliverySchema>

export const examPageSchema = examRowSchema.extend({
  /** All versions, newest first. */
  reports: z.array(reportVersionSchema),
  studies: z.array(
    z.object({ header: studyHeaderSchema, instances: z.array(instanceFactsSchema), attachedBy: z.string() }),
  ),
  filmUrl: z.string().nullable(),
  /** What clouds told by their callbacks, one entry a cloud that has. */
  cloudStatus: z.array(cloudStatusSchema),
  settledAt: z.number().nullable(),
  /** What the modality told by MPPS, newest first. */
  performedSteps: z.array(performedStepSchema),
  /** What the images say otherwise than the request. */
  mismatches: z.array(imageMismatchSchema),
  /** Images that were sent for this exam and are another's: what must be put right where, newest first. */
  corrections: z.array(studyCorrectionSchema),
})
export type ExamPage = z.infer<typeof examPageSchema>

const movedExamSchema = z.object({ patientName: z.string(), accessionNumber: z.string() })

/** A change of which exam a study belongs to, with the names that people know them by. */
export const studyMoveViewSchema = studyMoveSchema.extend({
  /** As the images say: PN as decoded. */
  patientName: z.string(),
  from: movedExamSchema.nullable(),
  to: movedExamSchema.nullable(),
})
export type StudyMoveView = z.infer<typeof studyMoveViewSchema>

/** One SOP Instance UID under which different bytes came: all are kept, staff choose which is shown and sent. */
export const versionConflictSchema = z.object({
  instanceId: z.string(),
  sopInstanceUid: z.string(),
  studyInstanceUid: z.string(),
  examId: z.string().nullable(),
  accessionNumber: z.string().nullable(),
  patientName: z.string(),
  versions: z.array(
    z.object({
      id: z.string(),
      /** Of the data set as received. */
      crc32: z.number(),
      sizeBytes: z.number(),
      callingAeTitle: z.string(),
      receivedAt: z.number(),
      isCurrent: z.boolean(),
    }),
  ),
})
export type VersionConflict = z.infer<typeof versionConflictSchema>

/** One of several files that were brought at once, and why it was not taken, in both languages. */
export const refusedFileSchema = z.object({
  file: z.string(),
  code: z.string(),
  message: z.string(),
  action: z.string(),
  english: z.string(),
  englishAction: z.string(),
})

/** Bytes that came and could not become an image. The file is kept. */
export const quarantinedViewSchema = z.object({
  id: z.string(),
  /** AE title; '' where it is not known any more. */
  device: z.string(),
  at: z.number(),
  code: z.string(),
  /** In words for staff. */
  reason: z.string(),
  action: z.string(),
  english: z.string(),
  englishAction: z.string(),
  /** What the device was answered. */
  detail: z.string(),
  sopInstanceUid: z.string(),
  sizeBytes: z.number(),
})

export const trayStudySchema = z.object({
  header: studyHeaderSchema,
  imageCount: z.number(),
  receivedAt: z.number(),
  firstInstanceId: z.string().nullable(),
  /** Why it is here: the station's words in either language, a person's as they were typed. */
  reason: z.string(),
  reasonInEnglish: z.string(),
  candidates: z.array(
    matchCandidateSchema.extend({ accessionNumber: z.string(), patientName: z.string(), itemName: z.string() }),
  ),
})
export type TrayStudy = z.infer<typeof trayStudySchema>

/** One image of a study and whom its own bytes name; '' where they do not say or cannot be read. */
export const imageOfStudySchema = z.object({
  instanceId: z.string(),
  seriesNumber: z.number().nullable(),
  instanceNumber: z.number().nullable(),
  patientName: z.string(),
  patientId: z.string(),
  patientSex: z.string(),
  patientBirthDate: z.string(),
})
export type ImageOfStudy = z.infer<typeof imageOfStudySchema>

/** How to read the pixels that follow a frame's head: raw, little-endian, `bytes` long. */
export const frameHeadSchema = z.object({
  rows: z.number(),
  columns: z.number(),
  samplesPerPixel: z.number(),
  bitsAllocated: z.number(),
  pixelRepresentation: z.number(),
  photometricInterpretation: z.string(),
  slope: z.number(),
  intercept: z.number(),
  windowCenter: z.number(),
  windowWidth: z.number(),
  minimum: z.number(),
  maximum: z.number(),
  rowPixelSpacing: z.number().nullable(),
  columnPixelSpacing: z.number().nullable(),
  numberOfFrames: z.number(),
  /**
   * What the spacing measures. patient: PixelSpacing (0028,0030). detector: ImagerPixelSpacing (0018,1164), larger than the body by the
   * magnification: say so beside a length. scanned: of a film or paper (0018,2010). Absent: no spacing, only pixels.
   */
  spacingFrom: z.enum(['patient', 'detector', 'scanned']).optional(),
  /** GEOMETRY: corrected for an assumed depth. FIDUCIAL: by an object of known size. */
  spacingCalibration: z.string().optional(),
  /** EstimatedRadiographicMagnificationFactor: a length at the detector, divided by it, is that in the body. */
  magnification: z.number().optional(),
  /** Height to width of one pixel, where it is not square and no spacing says it. */
  pixelAspectRatio: z.tuple([z.number(), z.number()]).readonly().optional(),
  /** Ultrasound is measured within a region, by its own scale; pixels from 0, both ends included. */
  ultrasoundRegions: z
    .array(
      z.object({
        left: z.number(),
        top: z.number(),
        right: z.number(),
        bottom: z.number(),
        millimetresPerColumn: z.number(),
        millimetresPerRow: z.number(),
      }),
    )
    .readonly()
    .optional(),
  /** ImageOrientationPatient: direction of a row (to the right), then of a column (down), in x, y, z of the patient (LPS). */
  imageOrientation: z.array(z.number()).length(6).readonly().optional(),
  /** ImagePositionPatient: the middle of the first pixel, mm. */
  imagePosition: z.array(z.number()).length(3).readonly().optional(),
  /** Slices with the same one lie in one space. */
  frameOfReferenceUid: z.string().optional(),
  sliceLocation: z.number().optional(),
  sliceThickness: z.number().optional(),
  /** PatientOrientation: where the rows and the columns go to, 'L' 'F', for images without imageOrientation. */
  patientOrientation: z.tuple([z.string(), z.string()]).readonly().optional(),
  /** L, R, B or U. */
  laterality: z.string().optional(),
  viewPosition: z.string().optional(),
  /** Of a cine, as the device wishes it to be played. */
  framesPerSecond: z.number().optional(),
  /** All windows of the file with what they are for, the first is windowCenter and windowWidth. */
  windows: z
    .array(z.object({ center: z.number(), width: z.number(), explanation: z.string() }))
    .readonly()
    .optional(),
  /** VOILUTFunction; absent: LINEAR. */
  voiFunction: z.enum(['LINEAR_EXACT', 'SIGMOID']).optional(),
  /** PresentationLUTShape INVERSE: drawn the other way round, once more than MONOCHROME1 does. */
  isInverse: z.boolean().optional(),
  /** A VOI LUT in place of a window, until a person chooses one: output of `bits` bits for first, first + 1 …; ends hold beyond. */
  voiLut: z.object({ first: z.number(), bits: z.number(), entries: z.array(z.number()).readonly() }).optional(),
  /**
   * What the device drew over the image, white (60xx, PS3.3 C.9.2): size and place of the first pixel, from 0, also outside. Their bits follow the
   * pixels, plane after plane, each in whole bytes: row by row without padding, from the least significant bit of each byte on.
   */
  overlays: z
    .array(z.object({ rows: z.number(), columns: z.number(), top: z.number(), left: z.number() }))
    .readonly()
    .optional(),
})
export type FrameHead = z.infer<typeof frameHeadSchema>

export const auditRowSchema = z.object({
  id: z.number(),
  at: z.number(),
  actor: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  details: z.unknown(),
})

export const knockSchema = z.object({
  callingAeTitle: z.string(),
  calledAeTitle: z.string(),
  address: z.string(),
  at: z.number(),
  count: z.number(),
  /** Only the second and third are helped by letting the device in. */
  kind: z.enum(['wrong-called-ae', 'unknown-calling-ae', 'wrong-address']),
  reason: z.string(),
  /** Its ImplementationVersionName, '' where it names none. */
  implementation: z.string(),
  /** What it proposed, in words: 'CT 影像存储', '检查工作列表'. */
  proposes: z.array(z.string()),
  /** Its kind, guessed from what it proposed; '' where that says nothing. */
  modality: z.string(),
})
export type Knock = z.infer<typeof knockSchema>
