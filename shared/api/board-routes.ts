import { z } from 'zod'
import { dayPageSchema, receivingSchema, savedFilterSchema, statisticsSchema } from '../models/board.ts'
import { examRowSchema } from '../models/exam.ts'
import { line } from '../models/text-field.ts'
import { route } from './route.ts'
import { binary, everyone, language, nothing } from './route-parts.ts'

const days = z.object({
  /** First and last day in China time, 'YYYY-MM-DD', both included. */
  from: z.iso.date(),
  to: z.iso.date(),
})

/** The board's own things: what the day left open, numbers, filters that a person keeps. */
export const boardRoutes = {
  dayPage: route({
    method: 'GET',
    path: '/api/day',
    access: everyone,
    summary: '收工：一天里还没有做完的（未匹配、未写、未审、未上传、未对账）',
    query: z.object({ day: z.iso.date() }),
    body: nothing,
    answer: dayPageSchema,
  }),
  daySheet: route({
    method: 'GET',
    path: '/api/day/sheet.pdf',
    access: everyone,
    summary: '日报表 PDF',
    query: z.object({ day: z.iso.date(), language }),
    body: nothing,
    answer: binary,
  }),
  statistics: route({
    method: 'GET',
    path: '/api/statistics',
    access: everyone,
    summary: '统计：按日、医生、项目、设备类型，含阳性率',
    query: days,
    body: nothing,
    answer: statisticsSchema,
  }),
  statisticsSheet: route({
    method: 'GET',
    path: '/api/statistics/sheet.xlsx',
    access: everyone,
    summary: '统计与明细的 Excel 文件',
    query: days.extend({ language }),
    body: nothing,
    answer: binary,
  }),
  filterList: route({
    method: 'GET',
    path: '/api/board/filters',
    access: everyone,
    summary: '我保存的筛选',
    query: nothing,
    body: nothing,
    answer: z.array(savedFilterSchema),
  }),
  filterSave: route({
    method: 'PUT',
    path: '/api/board/filters',
    access: everyone,
    summary: '保存我的筛选（整份）',
    query: nothing,
    body: z.array(savedFilterSchema).max(30),
    answer: z.array(savedFilterSchema),
  }),
  /** Where a scanned or typed number leads: the whole accession number, patient number or card. */
  examFind: route({
    method: 'GET',
    path: '/api/board/scan',
    access: everyone,
    summary: '扫码：整个检查号或患者编号对应的检查（最新在前）',
    query: z.object({ code: line().min(1).max(64) }),
    body: nothing,
    answer: z.array(examRowSchema),
  }),
  /** Asked again whenever an event of the topic 'receiver' comes. */
  receivingNow: route({
    method: 'GET',
    path: '/api/receiver/now',
    access: everyone,
    summary: '正在接收：哪台设备、谁的影像、收到几幅',
    query: nothing,
    body: nothing,
    answer: z.array(receivingSchema),
  }),
}
