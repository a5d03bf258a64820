import { z } from 'zod'
import { defaultForbiddenWords } from '../reports/forbidden-words.ts'
import { defaultReportLabels } from '../reports/report-labels.ts'
import { gb18030Length } from '../text/gb18030-length.ts'
import { paperSettingsSchema, printingSettingsSchema } from './printing.ts'
import { line } from './text-field.ts'

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
          line().regex(
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
      /** Words that no report may hold: a report with one of them cannot be submitted. */
      forbiddenWords: z
        .array(line().min(1).max(50))
        .max(500)
        .default([...defaultForbiddenWords]),
      /** What the two texts are called, by modality; '*' for every other one. */
      labels: z
        .record(z.string().max(16), z.object({ findings: line().min(1).max(12), impression: line().min(1).max(12) }))
        .default({ ...defaultReportLabels }),
      /** Seconds after the last key until what was typed is kept. */
      autosaveSeconds: z.number().int().min(1).max(60).default(3),
    })
    .prefault({}),
  numbering: z
    .object({
      /** Accession number: letters and digits as they are; {YYYY} {YY} {MM} {DD} {modality} {n…}: one n a digit of the day's running number. */
      accessionPattern: z
        .string()
        .max(100)
        .regex(/^[A-Z0-9{}a-z-]+$/, '只能用英文字母、数字、短横和 {nnnn} 这样的花括号')
        .refine((p) => /\{n+\}/.test(p), '要含有 {nnnn} 这样的流水号')
        .default('{modality}{YY}{MM}{DD}{nnnn}'),
      patientPattern: z.string().max(100).default('P{YY}{nnnnnn}'),
    })
    .prefault({}),
  lookups: z
    .object({
      /** 调阅科室: who asks the provincial cloud where the exam names no department. AN..20 and AN..10 (five characters). */
      department: z
        .object({
          code: line().min(1).max(20),
          name: line()
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
  security: z
    .object({
      /** Minutes without a touch after which the desk asks for the password again; 0: never. */
      idleLockMinutes: z.number().int().min(0).max(240).default(15),
    })
    .prefault({}),
  desk: z
    .object({
      /** The first administrator went through the wizard, or put it aside. */
      wizardDone: z.boolean().default(false),
    })
    .prefault({}),
  backup: z
    .object({
      /** A folder on another disk or a USB stick; '': no backup is made. */
      folder: z.string().trim().max(500).default(''),
      /** Hours between two backups. */
      everyHours: z.number().int().min(1).max(168).default(4),
    })
    .prefault({}),
  training: z
    .object({
      /** The simulated clouds run beside the station; only in training mode. */
      clouds: z.boolean().default(false),
    })
    .prefault({}),
  paper: paperSettingsSchema.prefault({}),
  printing: printingSettingsSchema.prefault({}),
})
export type StationSettings = z.infer<typeof stationSettingsSchema>

/** A clinic. The city edition of the provincial cloud takes `hospitalCode` from the exam's institution. */
export const institutionInputSchema = z.object({
  name: line().min(1).max(60),
  hospitalCode: line().max(60).default(''),
  hospitalId: line().max(60).default(''),
  unionId: line().max(60).default(''),
  phone: line().max(30).default(''),
})
export const institutionSchema = institutionInputSchema.extend({ id: z.string() })
export type InstitutionInput = z.infer<typeof institutionInputSchema>
export type Institution = z.infer<typeof institutionSchema>

/** AE title, PS3.5 6.2: at most 16 characters of the default repertoire, no backslash, no control characters, not all spaces. */
export const aeTitleSchema = line()
  .min(1)
  .max(16)
  .regex(/^[\x20-\x5b\x5d-\x7e]+$/, '须是 1 到 16 个英文字符，不能有反斜杠')

/** The character set in which a device's text is read, whatever its images declare. */
export const readAsSchema = z.enum(['declared', 'utf-8', 'gb18030', 'gbk', 'iso-2022-ir-58', 'latin-1'])
export type ReadAs = z.infer<typeof readAsSchema>

/** A modality that may connect. */
export const deviceInputSchema = z.object({
  name: line().min(1).max(60),
  aeTitle: aeTitleSchema,
  host: line().max(100).default(''),
  modality: line().max(16).default(''),
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
