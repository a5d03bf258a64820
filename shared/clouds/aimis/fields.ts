import type { AimisBody, AimisField } from './field.ts'
import { studyAddFields } from './study-add-fields.ts'

/** POST /ris/report/add, 检查报告上传. 2023 only, like the following ones. */
export const reportAddFields = [
  {
    name: 'reportNumber',
    label: '报告号',
    class: 'A',
    type: 'text',
    from: 'report.version',
    note: '检查号加“-”加报告版本号',
  },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'imageDescription', label: '影像描述', class: 'A', type: 'text', from: 'report.findings' },
  { name: 'conclusion', label: '诊断结论', class: 'A', type: 'text', from: 'report.impression' },
  {
    name: 'reportTime',
    label: '初诊时间',
    class: 'B',
    type: 'time',
    from: 'report.submittedAt',
    note: '没有提交时间时为书写时间',
  },
  { name: 'reportDoctor', label: '初诊医生', class: 'B', type: 'text', from: 'report.reportDoctor.name' },
  { name: 'auditTime', label: '审核时间', class: 'B', type: 'time', from: 'report.approvedAt' },
  { name: 'auditDoctor', label: '审核医生', class: 'B', type: 'text', from: 'report.auditDoctor.name' },
  { name: 'printTime', label: '打印时间', class: 'B', type: 'time', from: 'not kept' },
  { name: 'printDoctor', label: '打印医生', class: 'B', type: 'text', from: 'not kept' },
] as const satisfies readonly AimisField[]

/** POST /ris/getStudyQR, 云检查二维码返回. */
export const getStudyQrFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'B', type: 'text', from: 'exam.accessionNumber' },
  { name: 'patientId', label: '患者 ID', class: 'B', type: 'text', from: 'patient.patientId' },
] as const satisfies readonly AimisField[]

/** POST /ris/study/delete, 标记删除检查. */
export const studyDeleteFields = [
  { name: 'patientId', label: '患者 ID', class: 'A', type: 'text', from: 'patient.patientId' },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  {
    name: 'studyUid',
    label: '检查 UID',
    class: 'A',
    type: 'text',
    from: 'study.uid',
    note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的',
  },
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilelog, 检查上传对账. */
export const reconcileLogFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'patientName', label: '患者姓名', class: 'A', type: 'text', from: 'patient.name' },
  {
    name: 'studyUid',
    label: '检查 UID',
    class: 'A',
    type: 'text',
    from: 'study.uid',
    note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的',
  },
  {
    name: 'studyDate',
    label: '检查时间',
    class: 'A',
    type: 'time',
    from: 'study.dateTime',
    note: '设备给出的检查时间',
  },
  {
    name: 'reportCnt',
    label: '结构化报告数',
    class: 'A',
    type: 'int',
    from: 'counts.reports',
    note: '报告已发布为 1，否则 0',
  },
  {
    name: 'pdfCnt',
    label: 'pdf 格式报告数',
    class: 'A',
    type: 'int',
    from: 'counts.pdfs',
    note: '设置 pdfAsDicom 打开且报告已发布为 1，否则 0',
  },
  { name: 'seriesCnt', label: '序列数', class: 'A', type: 'int', from: 'counts.series' },
  { name: 'imageCnt', label: '图片数', class: 'A', type: 'int', from: 'counts.images' },
] as const satisfies readonly AimisField[]

/** One entry of studyList in reconcilerangelog. */
export const studyLogFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text', from: 'exam.accessionNumber' },
  {
    name: 'studyUid',
    label: '检查 UID',
    class: 'A',
    type: 'text',
    from: 'study.uid',
    note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的',
  },
  {
    name: 'studyDate',
    label: '检查时间',
    class: 'A',
    type: 'time',
    from: 'study.dateTime',
    note: '设备给出的检查时间',
  },
  {
    name: 'reportCnt',
    label: '结构化报告数',
    class: 'A',
    type: 'int',
    from: 'counts.reports',
    note: '报告已发布为 1，否则 0',
  },
  {
    name: 'pdfCnt',
    label: 'pdf 格式报告数',
    class: 'A',
    type: 'int',
    from: 'counts.pdfs',
    note: '设置 pdfAsDicom 打开且报告已发布为 1，否则 0',
  },
  { name: 'seriesCnt', label: '序列数', class: 'A', type: 'int', from: 'counts.series' },
  { name: 'imageCnt', label: '图片数', class: 'A', type: 'int', from: 'counts.images' },
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilerangelog, 检查相关ID上报. */
export const reconcileRangeLogFields = [
  { name: 'startTime', label: '对账时间段开始时间', class: 'A', type: 'time', from: 'period.from' },
  { name: 'endTime', label: '对账时间段结束时间', class: 'A', type: 'time', from: 'period.to' },
  {
    name: 'studyList',
    label: '检查相关 ID 的数据组',
    class: 'A',
    type: 'list',
    from: 'period.exams',
    entries: studyLogFields,
  },
] as const satisfies readonly AimisField[]

export type ReportAddBody = AimisBody<typeof reportAddFields>
export type GetStudyQrBody = AimisBody<typeof getStudyQrFields>
export type StudyDeleteBody = AimisBody<typeof studyDeleteFields>
export type ReconcileLogBody = AimisBody<typeof reconcileLogFields>
export type ReconcileRangeLogBody = AimisBody<typeof reconcileRangeLogFields>
export type StudyLogBody = Omit<AimisBody<typeof reconcileLogFields>, 'patientName'>

export type AimisCall =
  | 'study/add'
  | 'report/add'
  | 'getStudyQR'
  | 'study/delete'
  | 'reconcilelog'
  | 'reconcilerangelog'

/** Each call of the in-hospital gateway by its path below /ris/, with its fields. */
export const aimisCalls = {
  'study/add': studyAddFields,
  'report/add': reportAddFields,
  getStudyQR: getStudyQrFields,
  'study/delete': studyDeleteFields,
  reconcilelog: reconcileLogFields,
  reconcilerangelog: reconcileRangeLogFields,
} as const satisfies Record<AimisCall, readonly AimisField[]>
