import { z } from 'zod'
import { importJobSchema } from '../models/import-job.ts'
import { studyMoveSchema } from '../models/study-move.ts'
import { route } from './route.ts'
import { binary, desk, done, everyone, images, nothing } from './route-parts.ts'
import { versionConflictSchema } from './views.ts'

/** Moving images between exams, versions that contradict each other, imports, and what patients take away. */
export const imageRoutes = {
  trayMove: route({
    method: 'POST',
    path: '/api/tray/:studyInstanceUid/move',
    access: images,
    summary: '改归另一个检查',
    query: nothing,
    body: z.object({
      examId: z.string(),
      reason: z.string().trim().max(500).optional(),
      confirmMismatch: z.boolean().optional(),
      /** Something was sent already: move it all the same, and correct what was sent. */
      asCorrection: z.boolean().optional(),
    }),
    answer: done,
  }),
  moveList: route({
    method: 'GET',
    path: '/api/tray/moves',
    access: everyone,
    summary: '影像归属的变动（可撤销的在前 50 条内）',
    query: z.object({ examId: z.string().optional() }),
    body: nothing,
    answer: z.array(studyMoveSchema),
  }),
  moveUndo: route({
    method: 'POST',
    path: '/api/tray/moves/:id/undo',
    access: images,
    summary: '撤销一次归入、移出、改归或合并',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  examMerge: route({
    method: 'POST',
    path: '/api/exams/:id/merge',
    access: images,
    summary: '把重复登记的检查并入本检查（影像归入本检查，另一个取消）',
    query: nothing,
    body: z.object({ fromExamId: z.string(), reason: z.string().trim().min(1).max(500) }),
    answer: done,
  }),
  conflictList: route({
    method: 'GET',
    path: '/api/conflicts',
    access: everyone,
    summary: '同一影像号、不同内容的影像',
    query: nothing,
    body: nothing,
    answer: z.array(versionConflictSchema),
  }),
  versionChoose: route({
    method: 'POST',
    path: '/api/versions/:id/choose',
    access: images,
    summary: '以这一份为准（另一份保留）',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  importFiles: route({
    method: 'POST',
    path: '/api/imports',
    access: images,
    summary: '导入文件、文件夹或 ZIP（multipart；字段 examId 可选，写在文件之前）',
    query: nothing,
    body: z.unknown(),
    answer: importJobSchema,
  }),
  importFolder: route({
    method: 'POST',
    path: '/api/imports/folder',
    access: images,
    summary: '导入本机的一个文件夹、光盘或 ZIP',
    query: nothing,
    body: z.object({ path: z.string().min(1).max(1000), examId: z.string().optional() }),
    answer: importJobSchema,
  }),
  importList: route({
    method: 'GET',
    path: '/api/imports',
    access: everyone,
    summary: '本次运行的导入',
    query: nothing,
    body: nothing,
    answer: z.array(importJobSchema),
  }),
  importRead: route({
    method: 'GET',
    path: '/api/imports/:id',
    access: everyone,
    summary: '一次导入的进度与结果',
    query: nothing,
    body: nothing,
    answer: importJobSchema,
  }),
  importCancel: route({
    method: 'POST',
    path: '/api/imports/:id/cancel',
    access: images,
    summary: '停止导入（已收下的保留）',
    query: nothing,
    body: nothing,
    answer: importJobSchema,
  }),
  /** form: 'zip' or 'iso'. */
  takeAway: route({
    method: 'GET',
    path: '/api/exams/:id/take-away/:form',
    access: desk,
    summary: '给患者带走：DICOMDIR、JPEG 和报告（ZIP 或 ISO）',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  takeAwayFolder: route({
    method: 'POST',
    path: '/api/exams/:id/take-away',
    access: desk,
    summary: '给患者带走：写到本机的一个文件夹（如 U 盘）',
    query: nothing,
    body: z.object({ folder: z.string().min(1).max(1000) }),
    answer: z.object({ folder: z.string(), files: z.number(), bytes: z.number() }),
  }),
  rendered: route({
    method: 'GET',
    path: '/api/instances/:id/frames/:frame/rendered',
    access: everyone,
    summary: '一帧图像，按窗宽窗位画成 JPEG 或 PNG',
    query: z.object({
      format: z.enum(['jpeg', 'png']).default('jpeg'),
      /** Longest side in pixels; absent: the image's own. */
      size: z.coerce.number().int().min(16).max(8192).optional(),
      windowCenter: z.coerce.number().optional(),
      windowWidth: z.coerce.number().positive().optional(),
    }),
    body: nothing,
    answer: binary,
  }),
}
