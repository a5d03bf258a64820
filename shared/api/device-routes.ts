import { z } from 'zod'
import { deviceSchema, readAsSchema } from '../models/settings.ts'
import { route } from './route.ts'
import { administrator, done, nothing } from './route-parts.ts'

/** What the charset doctor found: a device whose images declare one character set and are written in another. */
export const characterSetProposalSchema = z.object({
  callingAeTitle: z.string(),
  deviceId: z.string().nullable(),
  /** What the images declare, as it stands in (0008,0005). */
  declared: z.string(),
  readAs: readAsSchema,
  /** 0 to 1: how surely. */
  confidence: z.number(),
  samples: z.array(z.object({ asDeclared: z.string(), asProposed: z.string() })),
  images: z.number(),
  at: z.number(),
})
export type CharacterSetProposal = z.infer<typeof characterSetProposalSchema>

/** How DICOM over TLS is offered; the private key is written and never read back. */
export const dicomTlsSchema = z.object({
  enabled: z.boolean(),
  port: z.number().int().min(0).max(65535),
  /** 'required': only a device whose certificate one of the authorities signed may connect. */
  clientCertificate: z.enum(['none', 'required']),
  /** Only TLS: the port without it stays shut. */
  only: z.boolean(),
  certificate: z.string(),
  authorities: z.string(),
  privateKeySet: z.boolean(),
  /** Why it does not listen though it should, for people; null where all is well. */
  problem: z.string().nullable(),
  problemInEnglish: z.string().nullable(),
  listeningPort: z.number().nullable(),
})
export type DicomTls = z.infer<typeof dicomTlsSchema>

/** Devices beyond their list: how their text is read, and TLS. */
export const deviceRoutes = {
  characterSetProposals: route({
    method: 'GET',
    path: '/api/character-sets',
    access: administrator,
    summary: '声明与实际不符的字符集（字符集医生的建议）',
    query: nothing,
    body: nothing,
    answer: z.array(characterSetProposalSchema),
  }),
  /** Sets the device's `readAs` and reads the text of its studies again. An AE title without a device gets one. */
  characterSetAccept: route({
    method: 'POST',
    path: '/api/character-sets/:aeTitle/accept',
    access: administrator,
    summary: '按建议读取该设备的文字',
    query: nothing,
    body: z.object({ readAs: readAsSchema }),
    answer: deviceSchema,
  }),
  characterSetDismiss: route({
    method: 'POST',
    path: '/api/character-sets/:aeTitle/dismiss',
    access: administrator,
    summary: '不采用建议',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  deviceEcho: route({
    method: 'POST',
    path: '/api/devices/:id/echo',
    access: administrator,
    summary: '试连设备（C-ECHO）',
    query: nothing,
    body: nothing,
    answer: z.object({ ok: z.boolean(), detail: z.string(), detailInEnglish: z.string() }),
  }),
  dicomTlsRead: route({
    method: 'GET',
    path: '/api/dicom-tls',
    access: administrator,
    summary: 'DICOM 加密接收（TLS）',
    query: nothing,
    body: nothing,
    answer: dicomTlsSchema,
  }),
  dicomTlsChange: route({
    method: 'PUT',
    path: '/api/dicom-tls',
    access: administrator,
    summary: '修改 DICOM 加密接收（未给出的私钥保持不变）',
    query: nothing,
    body: dicomTlsSchema
      .pick({ enabled: true, port: true, clientCertificate: true, only: true, certificate: true, authorities: true })
      .partial()
      .extend({ privateKey: z.string().optional() }),
    answer: dicomTlsSchema,
  }),
}
