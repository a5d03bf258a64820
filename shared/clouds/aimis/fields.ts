import { type AimisBody, type AimisField, int, list, text, time } from './field.ts'
import { studyAddFields } from './study-add-fields.ts'

const printNote = '这一版报告第一次打印；上传前没有打印就不发，上传后才打印不再重发'

/** POST /ris/report/add, 检查报告上传. 2023 only, like the following ones. */
export const reportAddFields = [
  text('A', 'reportNumber', '报告号', 'report.version', { note: '检查号加“-”加报告版本号' }),
  text('A', 'studyId', '检查 ID', 'exam.accessionNumber'),
  text('A', 'accessNumber', '检查号 AccessNumber', 'exam.accessionNumber'),
  text('A', 'imageDescription', '影像描述', 'report.findings'),
  text('A', 'conclusion', '诊断结论', 'report.impression'),
  time('B', 'reportTime', '初诊时间', 'report.submittedAt', { note: '没有提交时间时为书写时间' }),
  text('B', 'reportDoctor', '初诊医生', 'report.reportDoctor.name'),
  time('B', 'auditTime', '审核时间', 'report.approvedAt'),
  text('B', 'auditDoctor', '审核医生', 'report.auditDoctor.name'),
  time('B', 'printTime', '打印时间', 'print.at', { note: printNote }),
  text('B', 'printDoctor', '打印医生', 'print.by', { note: printNote }),
] as const satisfies readonly AimisField[]

/** POST /ris/getStudyQR, 云检查二维码返回. */
export const getStudyQrFields = [
  text('A', 'studyId', '检查 ID', 'exam.accessionNumber'),
  text('B', 'accessNumber', '检查号 AccessNumber', 'exam.accessionNumber'),
  text('B', 'patientId', '患者 ID', 'patient.patientId'),
] as const satisfies readonly AimisField[]

/** POST /ris/study/delete, 标记删除检查. */
export const studyDeleteFields = [
  text('A', 'patientId', '患者 ID', 'patient.patientId'),
  text('A', 'studyId', '检查 ID', 'exam.accessionNumber'),
  text('A', 'accessNumber', '检查号 AccessNumber', 'exam.accessionNumber'),
  text('A', 'studyUid', '检查 UID', 'study.uid', { note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的' }),
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilelog, 检查上传对账. */
export const reconcileLogFields = [
  text('A', 'studyId', '检查 ID', 'exam.accessionNumber'),
  text('A', 'accessNumber', '检查号 AccessNumber', 'exam.accessionNumber'),
  text('A', 'patientName', '患者姓名', 'patient.name'),
  text('A', 'studyUid', '检查 UID', 'study.uid', { note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的' }),
  time('A', 'studyDate', '检查时间', 'study.dateTime', { note: '设备给出的检查时间' }),
  int('A', 'reportCnt', '结构化报告数', 'counts.reports', { note: '报告已发布为 1，否则 0' }),
  int('A', 'pdfCnt', 'pdf 格式报告数', 'counts.pdfs', { note: '设置 pdfAsDicom 打开且报告已发布为 1，否则 0' }),
  int('A', 'seriesCnt', '序列数', 'counts.series'),
  int('A', 'imageCnt', '图片数', 'counts.images'),
] as const satisfies readonly AimisField[]

/** One entry of studyList in reconcilerangelog. */
export const studyLogFields = [
  text('A', 'studyId', '检查 ID', 'exam.accessionNumber'),
  text('A', 'accessNumber', '检查号 AccessNumber', 'exam.accessionNumber'),
  text('A', 'studyUid', '检查 UID', 'study.uid', { note: '登记时发出的 UID；设备自定 UID 且无一相符时取设备的' }),
  time('A', 'studyDate', '检查时间', 'study.dateTime', { note: '设备给出的检查时间' }),
  int('A', 'reportCnt', '结构化报告数', 'counts.reports', { note: '报告已发布为 1，否则 0' }),
  int('A', 'pdfCnt', 'pdf 格式报告数', 'counts.pdfs', { note: '设置 pdfAsDicom 打开且报告已发布为 1，否则 0' }),
  int('A', 'seriesCnt', '序列数', 'counts.series'),
  int('A', 'imageCnt', '图片数', 'counts.images'),
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilerangelog, 检查相关ID上报. */
export const reconcileRangeLogFields = [
  time('A', 'startTime', '对账时间段开始时间', 'period.from'),
  time('A', 'endTime', '对账时间段结束时间', 'period.to'),
  list('A', 'studyList', '检查相关 ID 的数据组', 'period.exams', { entries: studyLogFields }),
] as const satisfies readonly AimisField[]

export type ReportAddBody = AimisBody<typeof reportAddFields>
export type GetStudyQrBody = AimisBody<typeof getStudyQrFields>
export type StudyDeleteBody = AimisBody<typeof studyDeleteFields>
export type ReconcileLogBody = AimisBody<typeof reconcileLogFields>
export type ReconcileRangeLogBody = AimisBody<typeof reconcileRangeLogFields>

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
