import type { Role } from '../../../shared/models/account.ts'
import type { ExamCategory, ExamRow, ExamState, Modality } from '../../../shared/models/exam.ts'
import type { OutboxTaskState } from '../../../shared/models/outbox-task.ts'
import type { IdentityKind, PatientInput, PatientSex } from '../../../shared/models/patient.ts'
import type { ReportDraft, ReportState } from '../../../shared/models/report.ts'
import { both } from '../both.ts'

type Lamp = ExamRow['lamps'][number]['lamp']
type MaritalStatus = NonNullable<PatientInput['maritalStatus']>
type Words<K extends string> = Record<K, string>

type ClosedWords = {
  examState: Words<ExamState>
  reportState: Words<ReportState>
  sex: Words<PatientSex>
  /** For narrow columns. */
  sexShort: Words<PatientSex>
  role: Words<Role>
  category: Words<ExamCategory>
  identityKind: Words<IdentityKind>
  maritalStatus: Words<MaritalStatus>
  modality: Words<Modality>
  positive: Words<ReportDraft['positive']>
  lamp: Words<Lamp>
  taskState: Words<OutboxTaskState>
  /** 'kind:step' of every destination. */
  step: Record<string, string>
  destinationKind: Words<'aimis' | 'jilin' | 'pacs'>
  destinationShort: Record<string, string>
}

/** The words for every closed set: one table for the whole desk. */
export const wordsText = both<ClosedWords>(
  {
    examState: {
      registered: '已登记',
      'in-progress': '检查中',
      imaged: '已检查',
      written: '已书写',
      'awaiting-audit': '待审核',
      returned: '退回',
      approved: '审核通过',
      released: '已发布',
      amending: '修订中',
      cancelled: '已取消',
    },
    reportState: {
      draft: '书写中',
      returned: '退回',
      'awaiting-audit': '待审核',
      approved: '审核通过',
      released: '已发布',
    },
    sex: { M: '男', F: '女', O: '其他' },
    sexShort: { M: '男', F: '女', O: '其他' },
    role: { registrar: '登记员', technician: '技师', doctor: '报告医生', auditor: '审核医生', administrator: '管理员' },
    category: { outpatient: '门诊', inpatient: '住院', checkup: '体检', emergency: '急诊', other: '其他' },
    identityKind: {
      resident: '居民身份证',
      passport: '护照',
      'hong-kong-macau-permit': '港澳居民来往内地通行证',
      'taiwan-permit': '台湾居民来往大陆通行证',
      'residence-permit': '港澳台居民居住证',
      'foreign-permanent-residence': '外国人永久居留身份证',
      military: '军官证',
      other: '其他证件',
    },
    maritalStatus: {
      single: '未婚',
      married: '已婚',
      'first-marriage': '初婚',
      remarried: '再婚',
      rejoined: '复婚',
      widowed: '丧偶',
      divorced: '离婚',
      unknown: '未说明',
    },
    modality: {
      DR: 'DR 数字摄影',
      CR: 'CR 计算机摄影',
      DX: 'DX 数字摄影',
      SC: 'SC 截图',
      CT: 'CT',
      US: 'US 超声',
      MR: 'MR 磁共振',
      MG: 'MG 乳腺',
      ES: 'ES 内镜',
      PT: 'PT 正电子',
      XA: 'XA 血管造影',
      RF: 'RF 透视',
      SR: 'SR 结构化报告',
      ECG: 'ECG 心电',
      OT: 'OT 其他',
    },
    positive: { negative: '阴性', positive: '阳性', undetermined: '未定' },
    lamp: { none: '未开始', waiting: '等待', sending: '上传中', delivered: '已上传', blocked: '有问题' },
    taskState: {
      waiting: '等待',
      sending: '上传中',
      'sent-unconfirmed': '已发出，待核实',
      delivered: '已上传',
      blocked: '需要处理',
      cancelled: '不再上传',
    },
    step: {
      'aimis:study-qr': '登记二维码',
      'aimis:study': '检查信息',
      'aimis:image': '影像',
      'aimis:report': '报告',
      'aimis:reconcile': '对账',
      'aimis:study-delete': '撤回检查',
      'jilin:project': '项目对照',
      'jilin:index': '检查索引',
      'jilin:film-url': '云胶片地址',
      'jilin:report-pdf': '报告PDF',
      'jilin:image': '影像',
      'jilin:call-record': '调阅记录',
      'jilin:recognition': '互认结果',
      'pacs:image': '影像',
    },
    destinationKind: { aimis: '腾讯影像云', jilin: '省影像云', pacs: 'PACS' },
    destinationShort: { aimis: '腾讯', jilin: '省平台', pacs: 'PACS' },
  },
  {
    examState: {
      registered: 'Registered',
      'in-progress': 'In progress',
      imaged: 'Imaged',
      written: 'Written',
      'awaiting-audit': 'In audit',
      returned: 'Returned',
      approved: 'Approved',
      released: 'Released',
      amending: 'Amending',
      cancelled: 'Cancelled',
    },
    reportState: {
      draft: 'Draft',
      returned: 'Returned',
      'awaiting-audit': 'In audit',
      approved: 'Approved',
      released: 'Released',
    },
    sex: { M: 'Male', F: 'Female', O: 'Other' },
    sexShort: { M: 'M', F: 'F', O: 'O' },
    role: {
      registrar: 'Registrar',
      technician: 'Technician',
      doctor: 'Reporting doctor',
      auditor: 'Auditing doctor',
      administrator: 'Administrator',
    },
    category: {
      outpatient: 'Outpatient',
      inpatient: 'Inpatient',
      checkup: 'Check-up',
      emergency: 'Emergency',
      other: 'Other',
    },
    identityKind: {
      resident: 'Resident identity card',
      passport: 'Passport',
      'hong-kong-macau-permit': 'Hong Kong/Macau travel permit',
      'taiwan-permit': 'Taiwan travel permit',
      'residence-permit': 'HK/MO/TW residence permit',
      'foreign-permanent-residence': 'Foreign permanent residence card',
      military: 'Military card',
      other: 'Other document',
    },
    maritalStatus: {
      single: 'Single',
      married: 'Married',
      'first-marriage': 'First marriage',
      remarried: 'Remarried',
      rejoined: 'Rejoined',
      widowed: 'Widowed',
      divorced: 'Divorced',
      unknown: 'Not said',
    },
    modality: {
      DR: 'DR digital radiography',
      CR: 'CR computed radiography',
      DX: 'DX digital radiography',
      SC: 'SC capture',
      CT: 'CT',
      US: 'US ultrasound',
      MR: 'MR',
      MG: 'MG mammography',
      ES: 'ES endoscopy',
      PT: 'PT positron',
      XA: 'XA angiography',
      RF: 'RF fluoroscopy',
      SR: 'SR structured report',
      ECG: 'ECG',
      OT: 'OT other',
    },
    positive: { negative: 'Negative', positive: 'Positive', undetermined: 'Undetermined' },
    lamp: { none: 'Not begun', waiting: 'Waiting', sending: 'Sending', delivered: 'Delivered', blocked: 'Problem' },
    taskState: {
      waiting: 'Waiting',
      sending: 'Sending',
      'sent-unconfirmed': 'Sent, being verified',
      delivered: 'Delivered',
      blocked: 'Needs you',
      cancelled: 'Given up',
    },
    step: {
      'aimis:study-qr': 'Registration QR code',
      'aimis:study': 'Exam data',
      'aimis:image': 'Image',
      'aimis:report': 'Report',
      'aimis:reconcile': 'Reconciliation',
      'aimis:study-delete': 'Taking the exam back',
      'jilin:project': 'Item mapping',
      'jilin:index': 'Exam index',
      'jilin:film-url': 'Cloud film address',
      'jilin:report-pdf': 'Report PDF',
      'jilin:image': 'Image',
      'jilin:call-record': 'Call record',
      'jilin:recognition': 'Recognition',
      'pacs:image': 'Image',
    },
    destinationKind: { aimis: 'Tencent AIMIS', jilin: 'Provincial imaging cloud', pacs: 'PACS' },
    destinationShort: { aimis: 'Tencent', jilin: 'Province', pacs: 'PACS' },
  },
)
