import { z } from 'zod'
import { accountInputSchema, accountSchema, passwordSchema, roleSchema } from '../models/account.ts'
import { line } from '../models/text-field.ts'
import { route } from './route.ts'
import { administrator, done, everyone, nothing } from './route-parts.ts'
import { auditRowSchema, sessionSchema } from './views.ts'

/** First start, people and the audit log. */
export const peopleRoutes = {
  setupState: route({
    method: 'GET',
    path: '/api/setup',
    access: 'anyone',
    summary: '是否需要首次设置',
    query: nothing,
    body: nothing,
    answer: z.object({
      needed: z.boolean(),
      mode: z.enum(['training', 'real']),
      /** Of a window to practise in: the login page shows it. */
      trainingUser: z.object({ username: z.string(), password: z.string() }).optional(),
    }),
  }),
  setup: route({
    method: 'POST',
    path: '/api/setup',
    access: 'anyone',
    summary: '创建管理员并选择训练或正式模式（仅首次，仅本机）',
    query: nothing,
    body: z.object({
      username: line().min(1).max(40),
      displayName: line().min(1).max(40),
      password: passwordSchema,
      mode: z.enum(['training', 'real']),
      institutionName: line().max(60).optional(),
    }),
    answer: sessionSchema,
  }),
  sessionCreate: route({
    method: 'POST',
    path: '/api/session',
    access: 'anyone',
    summary: '登录',
    query: nothing,
    body: z.object({ username: z.string(), password: z.string() }),
    answer: sessionSchema,
  }),
  sessionRead: route({
    method: 'GET',
    path: '/api/session',
    access: everyone,
    summary: '当前用户',
    query: nothing,
    body: nothing,
    answer: z.object({ user: accountSchema }),
  }),
  sessionEnd: route({
    method: 'DELETE',
    path: '/api/session',
    access: everyone,
    summary: '退出登录',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  accountList: route({
    method: 'GET',
    path: '/api/accounts',
    access: everyone,
    summary: '用户列表',
    query: nothing,
    body: nothing,
    answer: z.array(accountSchema),
  }),
  accountCreate: route({
    method: 'POST',
    path: '/api/accounts',
    access: administrator,
    summary: '新建用户',
    query: nothing,
    body: accountInputSchema,
    answer: accountSchema,
  }),
  accountChange: route({
    method: 'PUT',
    path: '/api/accounts/:id',
    access: administrator,
    summary: '修改用户',
    query: nothing,
    body: z
      .object({
        displayName: line().min(1).max(40),
        doctorCode: line().max(50),
        role: roleSchema,
        disabled: z.boolean(),
        password: passwordSchema,
        mustChangePassword: z.boolean(),
        /** After wrong passwords the account is open again at once. */
        unlocked: z.literal(true),
      })
      .partial(),
    answer: accountSchema,
  }),
  auditList: route({
    method: 'GET',
    path: '/api/audit',
    access: administrator,
    summary: '审计日志',
    query: z.object({ subjectKind: z.string().optional(), subjectId: z.string().optional() }),
    body: nothing,
    answer: z.array(auditRowSchema),
  }),
}
