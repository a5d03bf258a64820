import { z } from 'zod'
import { destinationInputSchema } from '../models/destination.ts'
import {
  deviceInputSchema,
  deviceSchema,
  institutionInputSchema,
  institutionSchema,
  stationSettingsSchema,
} from '../models/settings.ts'
import { route } from './route.ts'
import { administrator, binary, done, everyone, nothing } from './route-parts.ts'
import { healthSchema, knockSchema } from './views.ts'

/** A settings answer with every secret left out, `secretsSet` telling which are there. */
const destinationView = z.object({
  id: z.string(),
  kind: z.enum(['aimis', 'jilin', 'pacs']),
  name: z.string(),
  enabled: z.boolean(),
  contact: z.object({ name: z.string(), phone: z.string() }).optional(),
  settings: z.record(z.string(), z.unknown()),
  secretsSet: z.array(z.string()),
  paused: z
    .object({
      at: z.number(),
      reason: z.string(),
      reasonInEnglish: z.string().nullable(),
      action: z.string(),
      actionInEnglish: z.string().nullable(),
    })
    .nullable(),
})
export type DestinationView = z.infer<typeof destinationView>

/** The station itself: health, settings, devices, destinations, and what changed. */
export const settingsRoutes = {
  health: route({
    method: 'GET',
    path: '/api/health',
    access: 'anyone',
    summary: '运行状况（未登录只有 ok）',
    query: nothing,
    body: nothing,
    answer: healthSchema,
  }),
  settingsRead: route({
    method: 'GET',
    path: '/api/settings',
    access: everyone,
    summary: '设置',
    query: nothing,
    body: nothing,
    answer: stationSettingsSchema,
  }),
  settingsChange: route({
    method: 'PUT',
    path: '/api/settings',
    access: administrator,
    summary: '修改设置（合并）',
    query: nothing,
    body: z.record(z.string(), z.unknown()),
    answer: stationSettingsSchema,
  }),
  institutionList: route({
    method: 'GET',
    path: '/api/institutions',
    access: everyone,
    summary: '机构',
    query: nothing,
    body: nothing,
    answer: z.array(institutionSchema),
  }),
  institutionCreate: route({
    method: 'POST',
    path: '/api/institutions',
    access: administrator,
    summary: '新建机构',
    query: nothing,
    body: institutionInputSchema,
    answer: institutionSchema,
  }),
  institutionChange: route({
    method: 'PUT',
    path: '/api/institutions/:id',
    access: administrator,
    summary: '修改机构',
    query: nothing,
    body: institutionInputSchema,
    answer: institutionSchema,
  }),
  deviceList: route({
    method: 'GET',
    path: '/api/devices',
    access: everyone,
    summary: '设备',
    query: nothing,
    body: nothing,
    answer: z.array(deviceSchema),
  }),
  deviceCreate: route({
    method: 'POST',
    path: '/api/devices',
    access: administrator,
    summary: '新建设备',
    query: nothing,
    body: deviceInputSchema,
    answer: deviceSchema,
  }),
  deviceChange: route({
    method: 'PUT',
    path: '/api/devices/:id',
    access: administrator,
    summary: '修改设备',
    query: nothing,
    body: deviceInputSchema,
    answer: deviceSchema,
  }),
  deviceRemove: route({
    method: 'DELETE',
    path: '/api/devices/:id',
    access: administrator,
    summary: '删除设备',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  knockList: route({
    method: 'GET',
    path: '/api/knocks',
    access: administrator,
    summary: '被拒绝的陌生设备',
    query: nothing,
    body: nothing,
    answer: z.array(knockSchema),
  }),
  destinationList: route({
    method: 'GET',
    path: '/api/destinations',
    access: everyone,
    summary: '上传目的地',
    query: nothing,
    body: nothing,
    answer: z.array(destinationView),
  }),
  destinationCreate: route({
    method: 'POST',
    path: '/api/destinations',
    access: administrator,
    summary: '新建目的地',
    query: nothing,
    body: destinationInputSchema,
    answer: destinationView,
  }),
  destinationChange: route({
    method: 'PUT',
    path: '/api/destinations/:id',
    access: administrator,
    summary: '修改目的地（合并；未给出的密钥保持不变）',
    query: nothing,
    body: z.record(z.string(), z.unknown()),
    answer: destinationView,
  }),
  destinationRemove: route({
    method: 'DELETE',
    path: '/api/destinations/:id',
    access: administrator,
    summary: '停用并移除目的地',
    query: nothing,
    body: nothing,
    answer: done,
  }),
  destinationTest: route({
    method: 'POST',
    path: '/api/destinations/:id/test',
    access: administrator,
    summary: '试连',
    query: nothing,
    body: nothing,
    answer: z.object({
      ok: z.boolean(),
      lines: z.array(
        z.object({
          ok: z.boolean(),
          what: z.string(),
          whatInEnglish: z.string(),
          detail: z.string(),
          detailInEnglish: z.string(),
        }),
      ),
    }),
  }),
  /** Server-sent events: `data: {"topic":"exams","id":"…"}`. */
  events: route({
    method: 'GET',
    path: '/api/events',
    access: everyone,
    summary: '变化通知（SSE）',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
}
