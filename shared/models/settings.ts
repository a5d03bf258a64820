import { z } from 'zod'
import { gb18030Length } from '../text/gb18030-length.ts'

/** Settings of the station that are no secret. PUT /api/settings merges what it is given into these. */
export const stationSettingsSchema = z.object({
  mode: z.enum(['training', 'real']).default('real'),
  dicom: z
    .object({
      /** A study is complete when nothing new came for so many seconds. */
      settleSeconds: z.number().min(1).max(3600).default(60),
    })
    .prefault({}),
  dicomWeb: z
    .object({
      /** Origins of viewers on this computer whose pages may call /dicom-web: 'http://localhost:3000'. */
      viewerOrigins: z
        .array(
          z
            .string()
            .trim()
            .regex(
              /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/,
              '须是本机的来源，例如 http://localhost:3000',
            ),
        )
        .max(10)
        .default([]),
    })
    .prefault({}),
  reporting: z
    .object({
      /** The person who wrote may approve. */
      singleDoctor: z.boolean().default(false),
    })
    .prefault({}),
  numbering: z
    .object({
      /** Accession number: letters and digits as they are; {YYYY} {YY} {MM} {DD} {modality} {n…}: one n a digit of the day's running number. */
      accessionPattern: z
        .string()
        .regex(/^[A-Z0-9{}a-z-]+$/)
        .refine((p) => /\{n+\}/.test(p), 'needs {nnnn}')
        .default('{modality}{YY}{MM}{DD}{nnnn}'),
      patientPattern: z.string().default('P{YY}{nnnnnn}'),
    })
    .prefault({}),
  lookups: z
    .object({
      /** 调阅科室: who asks the provincial cloud where the exam names no department. AN..20 and AN..10 (five characters). */
      department: z
        .object({
          code: z.string().trim().min(1).max(20),
          name: z
            .string()
            .trim()
            .min(1)
            .refine((name) => gb18030Length(name) <= 10, '最多 5 个汉字'),
        })
        .default({ code: '01', name: '影像科' }),
    })
    .prefault({}),
  reconcile: z
    .object({
      /** The idle hour in China at which AIMIS is told what was delivered since the last time (reconcilerangelog). */
      hour: z.number().int().min(0).max(23).default(3),
    })
    .prefault({}),
  training: z
    .object({
      /** The simulated clouds run beside the station; only in training mode. */
      clouds: z.boolean().default(false),
    })
    .prefault({}),
  paper: z
    .object({
      report: z.enum(['A4', 'A5']).default('A4'),
      card: z.enum(['receipt-80', 'card-85x54', 'label-60x40', 'label-50x30', 'bag-100x70']).default('receipt-80'),
    })
    .prefault({}),
})
export type StationSettings = z.infer<typeof stationSettingsSchema>

/** A clinic. The city edition of the provincial cloud takes `hospitalCode` from the exam's institution. */
export const institutionInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  hospitalCode: z.string().trim().max(60).default(''),
  hospitalId: z.string().trim().max(60).default(''),
  unionId: z.string().trim().max(60).default(''),
  phone: z.string().trim().max(30).default(''),
})
export const institutionSchema = institutionInputSchema.extend({ id: z.string() })
export type InstitutionInput = z.infer<typeof institutionInputSchema>
export type Institution = z.infer<typeof institutionSchema>

/** AE title, PS3.5 6.2: at most 16 characters of the default repertoire, no backslash, no control characters, not all spaces. */
export const aeTitleSchema = z
  .string()
  .trim()
  .min(1)
  .max(16)
  .regex(/^[\x20-\x5b\x5d-\x7e]+$/)

/** The character set in which a device's text is read, whatever its images declare. */
export const readAsSchema = z.enum(['declared', 'utf-8', 'gb18030', 'gbk', 'iso-2022-ir-58', 'latin-1'])
export type ReadAs = z.infer<typeof readAsSchema>

/** A modality that may connect. */
export const deviceInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  aeTitle: aeTitleSchema,
  host: z.string().trim().max(100).default(''),
  modality: z.string().trim().max(16).default(''),
  /** Where it listens itself: for storage commitment reports, C-MOVE and C-ECHO. Absent: it is never called. */
  port: z.number().int().min(1).max(65535).optional(),
  /** How worklist and query answers are written for it. 'latin-1' and 'pinyin' show Chinese in Latin letters. */
  characterSet: z.enum(['gb18030', 'gbk', 'iso-2022-ir-58', 'utf-8', 'latin-1', 'pinyin']).default('gb18030'),
  /** How the text in its images is read: as SpecificCharacterSet declares it, or as what it really is where the device lies. */
  readAs: readAsSchema.default('declared'),
})
export const deviceSchema = deviceInputSchema.extend({ id: z.string() })
export type DeviceInput = z.infer<typeof deviceInputSchema>
export type Device = z.infer<typeof deviceSchema>
