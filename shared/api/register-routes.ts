import { z } from 'zod'
import { modalitySchema } from '../models/exam.ts'
import {
  registeredExamSchema,
  requestSlipSchema,
  returningPatientSchema,
  returningQuerySchema,
  usedItemSchema,
  visitSchema,
} from '../models/registration.ts'
import { route } from './route.ts'
import { administrator, binary, desk, done, everyone, nothing, reason } from './route-parts.ts'
import { refusedFileSchema } from './views.ts'

/** Registration at the desk: several items at once, who was here before, items in use, photos of request slips. */
export const registerRoutes = {
  visitRegister: route({
    method: 'POST',
    path: '/api/registrations',
    access: desk,
    summary: '登记一位患者的一个或几个检查；同一人同一天同一项目要确认（confirmDouble）',
    query: nothing,
    body: visitSchema,
    answer: z.object({ exams: z.array(registeredExamSchema) }),
  }),
  /** A POST, although it only asks: an identity number never stands in an address. */
  returningPatients: route({
    method: 'POST',
    path: '/api/patients/returning',
    access: desk,
    summary: '来过的患者：按证件、患者编号、电话、姓名（出生日期）查找，附最近的检查',
    query: nothing,
    body: returningQuerySchema,
    answer: z.array(returningPatientSchema),
  }),
  itemsInUse: route({
    method: 'GET',
    path: '/api/items/used',
    access: desk,
    summary: '在用的检查项目：自己用得多的在前，然后是本站的',
    query: z.object({ modality: modalitySchema.optional() }),
    body: nothing,
    answer: z.array(usedItemSchema),
  }),
  slipList: route({
    method: 'GET',
    path: '/api/exams/:id/slips',
    access: everyone,
    summary: '一个检查的申请单照片',
    query: nothing,
    body: nothing,
    answer: z.array(requestSlipSchema),
  }),
  slipAdd: route({
    method: 'POST',
    path: '/api/exams/:id/slips',
    access: desk,
    summary: '添加申请单照片（multipart，JPEG 或 PNG）',
    query: nothing,
    body: z.unknown(),
    answer: z.object({
      added: z.array(requestSlipSchema),
      refused: z.array(refusedFileSchema),
    }),
  }),
  slipImage: route({
    method: 'GET',
    path: '/api/slips/:id',
    access: everyone,
    summary: '一张申请单照片',
    query: nothing,
    body: nothing,
    answer: binary,
  }),
  slipRemove: route({
    method: 'POST',
    path: '/api/slips/:id/remove',
    access: desk,
    summary: '移除申请单照片（写明原因，文件保留）',
    query: nothing,
    body: reason,
    answer: requestSlipSchema,
  }),
  slipErase: route({
    method: 'DELETE',
    path: '/api/slips/:id',
    access: administrator,
    summary: '彻底删除已移除的申请单照片',
    query: nothing,
    body: reason,
    answer: done,
  }),
}
