import { z } from 'zod'
import { aeTitleSchema } from './settings.ts'
import { line } from './text-field.ts'

export const dicomPeerSchema = z.object({
  aeTitle: aeTitleSchema,
  host: line().min(1).max(253),
  port: z.number().int().min(1).max(65535),
})
export type DicomPeer = z.infer<typeof dicomPeerSchema>

/** How a private certificate is trusted. Verification is never switched off: a CA file (PEM text) or a pinned fingerprint. */
export const tlsTrustSchema = z.object({
  caPem: z.string().max(100_000).optional(),
  /** SHA-256 of the certificate (DER), hex with or without colons. */
  fingerprint: z.string().max(200).optional(),
})
export type TlsTrust = z.infer<typeof tlsTrustSchema>

const httpAddress = z.url({ protocol: /^https?$/ })

/** Tencent AIMIS. `token` is a secret: written, never read back. */
export const aimisSettingsSchema = z.object({
  gatewayUrl: httpAddress,
  serviceUrl: httpAddress.default('https://pacs.qq.com'),
  appId: line().min(1).max(100),
  /** 32 ASCII characters: it is also the AES-256 key. */
  token: z.string().regex(/^[\x21-\x7e]{32}$/, '须是 32 个英文字符，中间没有空格'),
  hospitalId: line().max(60).default(''),
  unionId: line().max(60).default(''),
  edition: z.enum(['2023', '2025']).default('2025'),
  signatureEncoding: z.enum(['hex', 'base64']).default('hex'),
  pdfAsDicom: z.boolean().default(false),
  dicom: dicomPeerSchema,
  /** Our own AE title towards the gateway; absent: the station's. */
  callingAeTitle: aeTitleSchema.optional(),
  tls: tlsTrustSchema.optional(),
  /**
   * 检查状态同步回调: may the cloud call us at /callbacks/aimis/{destination}? With a port, at a small listener of its own on that host
   * (this computer only, unless another address of ours is named); without one, at the station's own address, for a proxy here.
   */
  callback: z
    .object({
      enabled: z.boolean().default(false),
      host: line().min(1).max(253).default('127.0.0.1'),
      port: z.number().int().min(1).max(65535).optional(),
    })
    .prefault({}),
})
export type AimisSettings = z.infer<typeof aimisSettingsSchema>

/** Provincial imaging cloud. `appSecret` is a secret. */
export const jilinSettingsSchema = z.object({
  baseUrl: httpAddress,
  uid: line().min(1).max(100),
  appSecret: line().min(1).max(50),
  /** Public key issued by the platform: 128 or 130 hex characters. */
  sm2PublicKey: z.string().regex(/^(04)?[0-9a-fA-F]{128}$/, '须是 128 或 130 个十六进制字符'),
  sm2: z
    .object({
      order: z.enum(['C1C3C2', 'C1C2C3']).default('C1C3C2'),
      encoding: z.enum(['base64', 'hex']).default('base64'),
      prefix04: z.boolean().default(true),
    })
    .prefault({}),
  edition: z.enum(['hospital', 'city']).default('hospital'),
  narrativeLimit: z.enum(['warn', 'block']).default('warn'),
  alsoExampleNames: z.boolean().default(false),
  /** Nothing goes before so many minutes after release: the cloud has no recall. */
  holdMinutes: z.number().min(0).max(55).default(5),
  tls: tlsTrustSchema.optional(),
})
export type JilinSettings = z.infer<typeof jilinSettingsSchema>

/** A PACS takes images by C-STORE (`dicom`) or by STOW-RS (`dicomWebUrl`, the base of its DICOMweb service). `password` is a secret. */
export const pacsSettingsSchema = z
  .object({
    dicom: dicomPeerSchema.optional(),
    callingAeTitle: aeTitleSchema.optional(),
    dicomWebUrl: httpAddress.optional(),
    /** HTTP Basic (RFC 7617); a colon would end the user's name. */
    username: z
      .string()
      .max(100)
      .regex(/^[^:]*$/, '不能有冒号')
      .optional(),
    password: z.string().max(200).optional(),
    tls: tlsTrustSchema.optional(),
  })
  .refine((settings) => (settings.dicom === undefined) !== (settings.dicomWebUrl === undefined), {
    path: ['dicom'],
    message: '请填写 DICOM 地址或 DICOMweb 地址，二者选一',
  })
export type PacsSettings = z.infer<typeof pacsSettingsSchema>

const head = {
  name: line().min(1).max(60),
  enabled: z.boolean().default(true),
  /** Whom to call when its lamp is red: clouds have no telephone of their own. */
  contact: z.object({ name: line().max(40).default(''), phone: line().max(30).default('') }).optional(),
}

export const destinationInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('aimis'), ...head, settings: aimisSettingsSchema }),
  z.object({ kind: z.literal('jilin'), ...head, settings: jilinSettingsSchema }),
  z.object({ kind: z.literal('pacs'), ...head, settings: pacsSettingsSchema }),
])
export type DestinationInput = z.infer<typeof destinationInputSchema>
/** As staff or a program give it: what has a default may be left out. */
export type DestinationDraft = z.input<typeof destinationInputSchema>
export type DestinationKind = DestinationInput['kind']

/** A place where exams go. Within the station its settings carry the secrets; the API leaves them out. */
export type Destination = DestinationInput & {
  readonly id: string
  /** Set when the destination's own settings were refused: nothing is sent until staff change them. */
  readonly paused:
    | {
        readonly at: number
        readonly reason: string
        readonly reasonInEnglish: string | null
        readonly action: string
        readonly actionInEnglish: string | null
      }
    | undefined
}

/** Which settings are secrets, per kind: written, never read back. */
export const secretSettings = { aimis: ['token'], jilin: ['appSecret'], pacs: ['password'] } as const
