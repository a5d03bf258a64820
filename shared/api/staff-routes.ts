import { z } from 'zod'
import { passwordSchema } from '../models/account.ts'
import { auditPageSchema, auditSearchSchema, backupStatusSchema } from '../models/staff.ts'
import { route } from './route.ts'
import { administrator, binary, done, everyone, language, nothing } from './route-parts.ts'

/** What people do with their own accounts, and what an administrator looks after: the audit log and the backup. */
export const staffRoutes = {
  /** Ends every other session of this person. Allowed, and the only thing allowed, while the password must be changed. */
  passwordChange: route({
    method: 'PUT',
    path: '/api/session/password',
    access: everyone,
    summary: '修改我的密码',
    query: nothing,
    body: z.object({ current: z.string().max(200), next: passwordSchema }),
    answer: done,
  }),
  /** The desk was locked because nobody touched it; wrong passwords count as at the login. */
  sessionUnlock: route({
    method: 'POST',
    path: '/api/session/unlock',
    access: everyone,
    summary: '解锁：再输一次密码',
    query: nothing,
    body: z.object({ password: z.string().max(200) }),
    answer: done,
  }),
  auditSearch: route({
    method: 'GET',
    path: '/api/audit/search',
    access: administrator,
    summary: '查审计日志（人、动作、对象、文字、日期；新的在前）',
    query: auditSearchSchema,
    body: nothing,
    answer: auditPageSchema,
  }),
  auditExport: route({
    method: 'GET',
    path: '/api/audit/export.csv',
    access: administrator,
    summary: '导出查到的审计日志（CSV，UTF-8）',
    query: auditSearchSchema.omit({ before: true }).extend({ language }),
    body: nothing,
    answer: binary,
  }),
  auditCheck: route({
    method: 'GET',
    path: '/api/audit/check',
    access: administrator,
    summary: '审计日志是否被动过（逐行校验）',
    query: nothing,
    body: nothing,
    answer: z.object({
      rows: z.number(),
      /** null: every row is as it was written. */ firstBroken: z.number().nullable(),
    }),
  }),
  backupRead: route({
    method: 'GET',
    path: '/api/backup',
    access: everyone,
    summary: '备份的情况',
    query: nothing,
    body: nothing,
    answer: backupStatusSchema,
  }),
  backupNow: route({
    method: 'POST',
    path: '/api/backup',
    access: administrator,
    summary: '现在备份，并读回校验',
    query: nothing,
    body: nothing,
    answer: backupStatusSchema,
  }),
}
