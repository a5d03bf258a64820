import { z } from 'zod'
import {
  callRecordSchema,
  cloudStudySchema,
  lookupAnswerSchema,
  lookupKindSchema,
  recognitionSchema,
} from '../models/lookup.ts'
import { route } from './route.ts'
import { binary, desk, doctors, done, nothing } from './route-parts.ts'

/** Questions to the clouds, and the records of what staff did with the answers. */
export const lookupRoutes = {
  priorExams: route({
    method: 'POST',
    path: '/api/lookups/prior-exams',
    access: desk,
    summary: '查询患者在其他机构的历史或重复检查',
    query: nothing,
    body: z.object({
      examId: z.string(),
      kind: lookupKindSchema,
      from: z.number().optional(),
      to: z.number().optional(),
    }),
    answer: z.array(lookupAnswerSchema),
  }),
  /** The PDF, as the cloud holds it; the call record (type 3) is sent by itself. */
  priorReport: route({
    method: 'POST',
    path: '/api/lookups/prior-report',
    access: desk,
    summary: '查看其他机构的报告 PDF（自动上报调阅记录）',
    query: nothing,
    body: z.object({
      examId: z.string(),
      destinationId: z.string(),
      cloudExamId: z.string(),
      hospitalCode: z.string(),
      accessionNumber: z.string(),
    }),
    answer: binary,
  }),
  callRecord: route({
    method: 'POST',
    path: '/api/lookups/call-record',
    access: desk,
    summary: '上报提醒或调阅记录',
    query: nothing,
    body: callRecordSchema,
    answer: done,
  }),
  recognition: route({
    method: 'POST',
    path: '/api/lookups/recognition',
    access: doctors,
    summary: '上报互认或引用结果',
    query: nothing,
    body: recognitionSchema,
    answer: done,
  }),
  cloudStudies: route({
    method: 'POST',
    path: '/api/lookups/cloud-studies',
    access: desk,
    summary: '腾讯：患者的检查列表',
    query: nothing,
    body: z.object({
      examId: z.string(),
      destinationId: z.string(),
      from: z.number().optional(),
      to: z.number().optional(),
    }),
    answer: z.array(cloudStudySchema),
  }),
  consultations: route({
    method: 'POST',
    path: '/api/lookups/consultations',
    access: desk,
    summary: '腾讯：患者的会诊记录地址',
    query: nothing,
    body: z.object({ examId: z.string(), destinationId: z.string() }),
    answer: z.object({ url: z.string() }),
  }),
  reportUrl: route({
    method: 'POST',
    path: '/api/lookups/report-url',
    access: desk,
    summary: '腾讯：报告和影像的地址',
    query: nothing,
    body: z.object({ examId: z.string(), destinationId: z.string(), reportId: z.string().min(1) }),
    answer: z.object({ reportUrl: z.string(), imageUrl: z.string(), studyId: z.string() }),
  }),
}
