import { z } from 'zod'
import { outboxTaskStateSchema } from '../models/outbox-task.ts'
import { reportCheckSchema, reportDraftSchema, reportHistoryStepSchema, reportVersionSchema } from '../models/report.ts'
import { lines } from '../models/text-field.ts'
import { route } from './route.ts'
import { administrator, binary, desk, doctors, everyone, nothing, reason } from './route-parts.ts'
import { deliverySchema } from './views.ts'

/**
 * What a step forward takes. `acknowledged`: keys of the warnings (`reportChecks`) that this person read and stands by. Given, every warning
 * must be in it; absent (a program, not a page), warnings pass and are noted as not confirmed. What stops stops either way, unless `overrides` has a
 * reason for it.
 */
const stepBody = z
  .object({
    reason: lines().max(500).optional(),
    acknowledged: z.array(z.string().max(200)).max(200).optional(),
    /** Reasons by the key of a check that stops and may be gone on with (`mayOverride`): kept with the report and in the audit log. */
    overrides: z.record(z.string().max(200), lines().min(2).max(200)).optional(),
  })
  .prefault({})

/** Reports, papers and deliveries. */
export const reportRoutes = {
  reportSave: route({
    method: 'PUT',
    path: '/api/exams/:id/report',
    access: doctors,
    summary: '保存报告',
    query: nothing,
    body: reportDraftSchema.extend({
      /** `writtenAt` of the report that was on the screen, 0 for none: somebody else's newer text is then not overwritten. */
      seen: z.number().optional(),
    }),
    answer: reportVersionSchema,
  }),
  reportSubmit: route({
    method: 'POST',
    path: '/api/exams/:id/report/submit',
    access: doctors,
    summary: '提交审核',
    query: nothing,
    body: stepBody,
    answer: reportVersionSchema,
  }),
  reportReturn: route({
    method: 'POST',
    path: '/api/exams/:id/report/return',
    access: ['auditor', 'doctor'],
    summary: '退回',
    query: nothing,
    body: reason,
    answer: reportVersionSchema,
  }),
  reportApprove: route({
    method: 'POST',
    path: '/api/exams/:id/report/approve',
    access: ['auditor', 'doctor'],
    summary: '审核通过',
    query: nothing,
    body: stepBody,
    answer: reportVersionSchema,
  }),
  reportRelease: route({
    method: 'POST',
    path: '/api/exams/:id/report/release',
    access: ['auditor', 'doctor'],
    summary: '发布（单人诊所：从书写一步到发布）',
    query: nothing,
    body: stepBody,
    answer: reportVersionSchema,
  }),
  reportAmend: route({
    method: 'POST',
    path: '/api/exams/:id/report/amend',
    access: doctors,
    summary: '修订（保留旧版本）',
    query: nothing,
    body: reason,
    answer: reportVersionSchema,
  }),
  reportChecks: route({
    method: 'GET',
    path: '/api/exams/:id/report/checks',
    access: everyone,
    summary: '对已保存报告的检查：左右、性别、年龄、禁用词、未填的空……（stop 不能提交，warn 须确认）',
    query: nothing,
    body: nothing,
    answer: z.array(reportCheckSchema),
  }),
  reportHistory: route({
    method: 'GET',
    path: '/api/exams/:id/report/history',
    access: everyone,
    summary: '报告留痕：每一步的人和时间、原因、确认过的提醒，提交时的文字（最新在前）',
    query: nothing,
    body: nothing,
    answer: z.array(reportHistoryStepSchema),
  }),
  reportPdf: route({
    method: 'GET',
    path: '/api/exams/:id/documents/report.pdf',
    access: everyone,
    summary: '报告 PDF（已发布的最新版；preview=1 为最新一版，未发布的有标记）',
    query: z.object({
      /** '1': the newest version, marked as not released where it is not. */ preview: z.literal('1').optional(),
    }),
    body: nothing,
    answer: binary,
  }),
  cardPdf: route({
    method: 'GET',
    path: '/api/exams/:id/documents/card.pdf',
    access: everyone,
    summary: '检查卡 PDF',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  qrPng: route({
    method: 'GET',
    path: '/api/exams/:id/documents/qr.png',
    access: everyone,
    summary: '二维码 PNG',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  deliveryList: route({
    method: 'GET',
    path: '/api/deliveries',
    access: everyone,
    summary: '上传任务',
    query: z.object({ state: outboxTaskStateSchema.optional() }),
    body: nothing,
    answer: z.array(deliverySchema),
  }),
  deliveryRetry: route({
    method: 'POST',
    path: '/api/deliveries/:id/retry',
    access: desk,
    summary: '立即重试',
    query: nothing,
    body: nothing,
    answer: deliverySchema,
  }),
  deliveryCancel: route({
    method: 'POST',
    path: '/api/deliveries/:id/cancel',
    access: administrator,
    summary: '不再上传',
    query: nothing,
    body: reason,
    answer: deliverySchema,
  }),
}
