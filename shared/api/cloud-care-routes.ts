import { z } from 'zod'
import { itemMappingInputSchema, itemMappingSchema } from '../models/item-mapping.ts'
import { preparedPaperSchema } from '../models/printing.ts'
import { retractionSchema } from '../models/retraction.ts'
import { line, lines } from '../models/text-field.ts'
import { route } from './route.ts'
import { administrator, binary, desk, doctors, done, everyone, nothing, reason } from './route-parts.ts'

/** One line of what a destination will say about an exam before it is sent. */
export const preflightLineSchema = z.object({
  destinationId: z.string(),
  destinationName: z.string(),
  severity: z.enum(['blocks', 'recommended', 'warns']),
  code: z.string(),
  field: z.string(),
  label: z.string(),
  labelInEnglish: z.string(),
  message: z.string(),
  messageInEnglish: z.string(),
  /** Where it is mended: {kind: 'patient' | 'exam' | 'report' | 'institution' | 'account' | 'settings' | 'images', field}. */
  place: z.object({ kind: z.string(), field: z.string().optional() }),
})

/** What a correction letter says, and to which platform. */
const correctionLetterSchema = z.object({
  destinationId: z.string(),
  reason: lines().min(1).max(1000),
  request: lines().max(1000).default(''),
})
export type CorrectionLetterBody = z.input<typeof correctionLetterSchema>

/** What staff check before an exam goes to the clouds, take back afterwards, and see to at a destination. */
export const cloudCareRoutes = {
  preflight: route({
    method: 'GET',
    path: '/api/exams/:id/preflight',
    access: everyone,
    summary: '审核、发布前逐目的地检查',
    query: nothing,
    body: nothing,
    answer: z.array(preflightLineSchema),
  }),
  sendNow: route({
    method: 'POST',
    path: '/api/exams/:id/send-now',
    access: ['doctor', 'auditor', 'registrar'],
    summary: '跳过发布后的等待，立即上传',
    query: nothing,
    body: z.object({ destinationId: z.string() }),
    answer: done,
  }),
  correctionLetter: route({
    method: 'POST',
    path: '/api/exams/:id/documents/correction-letter.pdf',
    access: doctors,
    summary: '省平台更正函 PDF（平台不能撤回时）',
    query: nothing,
    body: correctionLetterSchema,
    answer: binary,
  }),
  /** The same letter for the printer that is set for reports, moved by its offsets. It counts as printed once `printDone` says so. */
  correctionLetterPrint: route({
    method: 'POST',
    path: '/api/exams/:id/print/correction-letter',
    access: doctors,
    summary: '准备打印更正函（按报告打印机的偏移），打出后用 printDone 记数',
    query: nothing,
    body: correctionLetterSchema,
    answer: preparedPaperSchema,
  }),
  retractionList: route({
    method: 'GET',
    path: '/api/exams/:id/retractions',
    access: everyone,
    summary: '云端删除申请',
    query: nothing,
    body: nothing,
    answer: z.array(retractionSchema),
  }),
  retractionPropose: route({
    method: 'POST',
    path: '/api/exams/:id/retractions',
    access: doctors,
    summary: '申请从腾讯影像云删除（须另一人确认）',
    query: nothing,
    body: reason.extend({ destinationId: z.string() }),
    answer: retractionSchema,
  }),
  retractionConfirm: route({
    method: 'POST',
    path: '/api/exams/:id/retractions/:retractionId/confirm',
    access: doctors,
    summary: '确认删除（不能是申请人）',
    query: nothing,
    body: nothing,
    answer: retractionSchema,
  }),
  retractionWithdraw: route({
    method: 'POST',
    path: '/api/exams/:id/retractions/:retractionId/withdraw',
    access: doctors,
    summary: '撤回删除申请',
    query: nothing,
    body: nothing,
    answer: retractionSchema,
  }),

  itemMappingList: route({
    method: 'GET',
    path: '/api/item-mappings',
    access: everyone,
    summary: '项目对照',
    query: nothing,
    body: nothing,
    answer: z.array(itemMappingSchema),
  }),
  itemMappingSave: route({
    method: 'PUT',
    path: '/api/item-mappings',
    access: administrator,
    summary: '保存一个项目对照（按机构和项目编码）',
    query: nothing,
    body: itemMappingInputSchema,
    answer: itemMappingSchema,
  }),
  itemMappingRemove: route({
    method: 'DELETE',
    path: '/api/item-mappings/:id',
    access: administrator,
    summary: '删除项目对照',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  /** text/csv in UTF-8 with a byte order mark, as Excel opens it. */
  itemMappingExport: route({
    method: 'GET',
    path: '/api/item-mappings.csv',
    access: everyone,
    summary: '导出项目对照 CSV',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  /** All lines or none: a wrong line changes nothing and is named. */
  itemMappingImport: route({
    method: 'POST',
    path: '/api/item-mappings.csv',
    access: administrator,
    summary: '导入项目对照 CSV',
    query: nothing,
    body: z.object({ csv: z.string().max(2_000_000) }),
    answer: z.object({ saved: z.number() }),
  }),

  /** Shows the certificate that a destination presents; nothing but the handshake is sent. */
  destinationCertificate: route({
    method: 'POST',
    path: '/api/destinations/:id/certificate',
    access: administrator,
    summary: '查看目的地的证书（只握手，不发送数据）',
    query: nothing,
    body: nothing,
    answer: z.array(
      z.object({
        url: z.string(),
        fingerprint: z.string(),
        subject: z.string(),
        issuer: z.string(),
        validFrom: z.string(),
        validTo: z.string(),
        trusted: z.boolean(),
        why: z.string(),
        whyInEnglish: z.string(),
      }),
    ),
  }),
  destinationToken: route({
    method: 'GET',
    path: '/api/destinations/:id/token',
    access: everyone,
    summary: '省平台令牌用量',
    query: nothing,
    body: nothing,
    answer: z.object({
      usedToday: z.number(),
      usedLast24Hours: z.number(),
      limit: z.number(),
      reservedFrom: z.number(),
      pausedReason: z.string().nullable(),
    }),
  }),
  destinationSm2: route({
    method: 'POST',
    path: '/api/destinations/:id/sm2-check',
    access: administrator,
    summary: 'SM2 自检：逐一试验加密格式',
    query: nothing,
    body: z.object({ name: line().min(1).max(50), identityNumber: line().min(15).max(18) }),
    answer: z.array(
      z.object({
        order: z.enum(['C1C3C2', 'C1C2C3']),
        encoding: z.enum(['base64', 'hex']),
        prefix04: z.boolean(),
        result: z.enum(['accepted', 'refused', 'unclear']),
        detail: z.string(),
        detailInEnglish: z.string(),
        isCurrent: z.boolean(),
      }),
    ),
  }),

  /** The simulated clouds' own pages: what each would hold, and faults to switch on. Empty while they do not run. */
  trainingCloudsRead: route({
    method: 'GET',
    path: '/api/training/clouds',
    access: everyone,
    summary: '训练模式：模拟云端的页面',
    query: nothing,
    body: nothing,
    answer: z.array(z.object({ name: z.string(), url: z.string() })),
  }),
  trainingCloudsTurn: route({
    method: 'POST',
    path: '/api/training/clouds',
    access: administrator,
    summary: '训练模式：启动或停止模拟云端',
    query: nothing,
    body: z.object({ on: z.boolean() }),
    answer: z.array(z.object({ name: z.string(), url: z.string() })),
  }),
  trainingPatients: route({
    method: 'POST',
    path: '/api/training/patients',
    access: desk,
    summary: '训练模式：登记几位虚构的患者',
    query: nothing,
    body: nothing,
    answer: z.object({ registered: z.number() }),
  }),
  trainingImages: route({
    method: 'POST',
    path: '/api/training/images',
    access: desk,
    summary: '训练模式：模拟设备做一个检查（examId 空着：发一组没人登记的影像）',
    query: nothing,
    body: z.object({ examId: z.string().optional() }),
    answer: z.object({ images: z.number() }),
  }),
}
