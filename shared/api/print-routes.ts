import { z } from 'zod'
import {
  cardPaperSchema,
  cardToReprintSchema,
  preparedPaperSchema,
  printKindSchema,
  printRecordSchema,
} from '../models/printing.ts'
import { route } from './route.ts'
import { administrator, binary, desk, done, everyone, nothing } from './route-parts.ts'

/** PNG or JPEG in base64, at most 1 MiB. */
const pictureBody = z.object({
  picture: z
    .string()
    .max(1_400_000)
    .regex(/^[A-Za-z0-9+/]+=*$/, '不是 Base64'),
})

/** Papers on their way to a printer, what was printed, and the pictures that stand on papers. */
export const printRoutes = {
  /** Makes the paper with the printer's offsets. It counts as printed once `printDone` says so. */
  printPrepare: route({
    method: 'POST',
    path: '/api/print',
    access: desk,
    summary: '准备打印：生成 PDF（按打印机的偏移），打出后用 printDone 记数',
    query: nothing,
    body: z.object({
      kind: printKindSchema.exclude(['day-sheet', 'correction-letter', 'outside-paper']),
      /** Cards: one or many, in this order. Report and preview: one. Calibration: none. */
      examIds: z.array(z.string().max(64)).max(100).default([]),
      /** Absent: as in the settings. */
      paper: cardPaperSchema.optional(),
      /** 'a4-8up': the first free label, 1 to 8. */
      startAt: z.number().int().min(1).max(8).default(1),
    }),
    answer: preparedPaperSchema,
  }),
  printDone: route({
    method: 'POST',
    path: '/api/print/done',
    access: desk,
    summary: '已交给打印机（记数、留痕；没有二维码的检查卡进入待补打）',
    query: nothing,
    body: z.object({
      kind: printKindSchema,
      /** Absent: a day sheet, or a paper that the station did not make. */
      ticket: z.string().max(64).optional(),
      /** Of 'outside-paper': the exam that it was opened at. */
      examId: z.string().max(64).optional(),
      /** 'silent': handed to the printer; 'dialog': the print dialog was opened; 'unconfirmed': the system did not answer. */
      how: z.enum(['silent', 'dialog', 'unconfirmed']),
      printer: z.string().max(200).default(''),
      copies: z.number().int().min(1).max(9).default(1),
    }),
    answer: done,
  }),
  printHistory: route({
    method: 'GET',
    path: '/api/exams/:id/prints',
    access: everyone,
    summary: '一个检查的打印记录（新的在前）',
    query: nothing,
    body: nothing,
    answer: z.array(printRecordSchema),
  }),
  reprintList: route({
    method: 'GET',
    path: '/api/print/reprints',
    access: everyone,
    summary: '待补打的检查卡：打印时还没有二维码',
    query: nothing,
    body: nothing,
    answer: z.array(cardToReprintSchema),
  }),
  reprintDrop: route({
    method: 'DELETE',
    path: '/api/print/reprints/:id',
    access: desk,
    summary: '不用补打（:id 为检查）',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  signatureRead: route({
    method: 'GET',
    path: '/api/accounts/:id/signature.png',
    access: everyone,
    summary: '手写签名图片（本人或管理员）',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  signatureSave: route({
    method: 'PUT',
    path: '/api/accounts/:id/signature',
    access: everyone,
    summary: '上传手写签名（本人或管理员；PNG 或 JPEG，白底变透明）',
    query: nothing,
    body: pictureBody,
    answer: done,
  }),
  signatureRemove: route({
    method: 'DELETE',
    path: '/api/accounts/:id/signature',
    access: everyone,
    summary: '删除手写签名（本人或管理员；已发布的报告不变）',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  logoRead: route({
    method: 'GET',
    path: '/api/letterhead/logo.png',
    access: everyone,
    summary: '报告抬头的标志',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  logoSave: route({
    method: 'PUT',
    path: '/api/letterhead/logo',
    access: administrator,
    summary: '上传报告抬头的标志（PNG 或 JPEG）',
    query: nothing,
    body: pictureBody,
    answer: done,
  }),
  logoRemove: route({
    method: 'DELETE',
    path: '/api/letterhead/logo',
    access: administrator,
    summary: '删除报告抬头的标志',
    query: nothing,
    body: nothing,
    answer: done,
  }),
}
