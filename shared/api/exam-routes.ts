import { z } from 'zod'
import { boardFlagSchema, boardOrderSchema } from '../models/board.ts'
import { examChangeSchema, examRowSchema, examSchema, examStateSchema, registrationSchema } from '../models/exam.ts'
import { patientInputSchema } from '../models/patient.ts'
import { lines } from '../models/text-field.ts'
import { route } from './route.ts'
import { binary, desk, done, everyone, images, nothing, reason } from './route-parts.ts'
import { deliverySchema, examPageSchema, refusedFileSchema, trayStudySchema } from './views.ts'

/** Exams, their images, and the tray. */
export const examRoutes = {
  examList: route({
    method: 'GET',
    path: '/api/exams',
    access: everyone,
    summary:
      '检查列表与搜索（姓名、拼音、拼音首字母、检查号、患者编号、电话尾号；几个词之间用空格，都要有）；counts 是同样条件下各状态的数目',
    query: z.object({
      text: z.string().max(1000).optional(),
      from: z.string().optional(),
      to: z.string().optional(),
      state: examStateSchema.optional(),
      modality: z.string().max(16).optional(),
      /** Written or audited by: a name as it stands in the report. */
      doctor: z.string().max(50).optional(),
      flag: boardFlagSchema.optional(),
      order: boardOrderSchema.default('newest'),
      page: z.coerce.number().int().min(1).default(1),
      pageSize: z.coerce.number().int().min(10).max(200).default(50),
    }),
    body: nothing,
    answer: z.object({
      rows: z.array(examRowSchema),
      total: z.number(),
      page: z.number(),
      pageSize: z.number(),
      counts: z.record(z.string(), z.number()),
    }),
  }),
  examRegister: route({
    method: 'POST',
    path: '/api/exams',
    access: desk,
    summary: '登记',
    query: nothing,
    body: registrationSchema,
    answer: examSchema.extend({ patientId: z.string() }),
  }),
  examRead: route({
    method: 'GET',
    path: '/api/exams/:id',
    access: everyone,
    summary: '一个检查',
    query: nothing,
    body: nothing,
    answer: examPageSchema,
  }),
  examChange: route({
    method: 'PATCH',
    path: '/api/exams/:id',
    access: desk,
    summary: '修改登记信息',
    query: nothing,
    body: z.object({ patient: patientInputSchema.partial().optional(), exam: examChangeSchema.optional() }),
    answer: examPageSchema,
  }),
  examCancel: route({
    method: 'POST',
    path: '/api/exams/:id/cancel',
    access: desk,
    summary: '取消检查',
    query: nothing,
    body: reason,
    answer: examPageSchema,
  }),
  examAttach: route({
    method: 'POST',
    path: '/api/exams/:id/attachments',
    access: images,
    summary: '把文件放进检查（multipart）',
    query: nothing,
    body: z.unknown(),
    answer: z.object({
      taken: z.array(z.object({ file: z.string(), sopInstanceUid: z.string() })),
      refused: z.array(refusedFileSchema),
    }),
  }),
  examDeliveries: route({
    method: 'GET',
    path: '/api/exams/:id/deliveries',
    access: everyone,
    summary: '一个检查的上传任务',
    query: nothing,
    body: nothing,
    answer: z.array(deliverySchema),
  }),
  trayList: route({
    method: 'GET',
    path: '/api/tray',
    access: everyone,
    summary: '未匹配的检查影像',
    query: nothing,
    body: nothing,
    answer: z.array(trayStudySchema),
  }),
  trayAttach: route({
    method: 'POST',
    path: '/api/tray/:studyInstanceUid/attach',
    access: images,
    summary: '归入检查',
    query: nothing,
    body: z.object({
      examId: z.string(),
      /** Needed when sex or birth date contradict. */ confirmMismatch: z.boolean().optional(),
    }),
    answer: done,
  }),
  trayDetach: route({
    method: 'POST',
    path: '/api/tray/:studyInstanceUid/detach',
    access: images,
    summary: '从检查中移出',
    query: nothing,
    body: z
      .object({
        reason: lines().max(500).optional(),
        /** Something was sent already: take it out all the same, and correct what was sent. */
        asCorrection: z.boolean().optional(),
        /** Needed when the exam has a report beyond a draft. */
        confirmReport: z.boolean().optional(),
      })
      .prefault({}),
    answer: done,
  }),
  /** 4 bytes little-endian length of the head, the head as JSON (frameHeadSchema), then raw little-endian pixels. */
  frame: route({
    method: 'GET',
    path: '/api/instances/:id/frames/:frame',
    access: everyone,
    summary: '一帧像素（头 + 原始像素）',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
}
