import type { ExamState } from '../../../shared/models/exam.ts'

type Words = {
  readonly state: Readonly<Record<ExamState, string>>
  readonly sex: Readonly<Record<string, string>>
  readonly category: Readonly<Record<string, string>>
  readonly result: Readonly<Record<string, string>>
  /** Names of the sheets: at most 31 characters, none of \ / ? * [ ] : (ECMA-376 18.2.19). */
  readonly sheet: Readonly<
    Record<'summary' | 'byDay' | 'byDoctor' | 'byAuditor' | 'byItem' | 'byModality' | 'list', string>
  >
  readonly head: Readonly<Record<'fact' | 'value' | 'day' | 'doctor' | 'auditor' | 'item' | 'modality', string>>
  readonly tally: Readonly<
    Record<'exams' | 'images' | 'released' | 'positive' | 'negative' | 'rate' | 'critical', string>
  >
  readonly fact: Readonly<Record<'days' | 'exams' | 'median' | 'p90' | 'late', string>>
  readonly days: (from: string, to: string) => string
  readonly total: string
  readonly unsigned: string
  readonly unnamed: string
  readonly yes: string
  readonly list: Readonly<
    Record<
      | 'accessionNumber'
      | 'patientId'
      | 'name'
      | 'sex'
      | 'birthDate'
      | 'modality'
      | 'item'
      | 'bodyPart'
      | 'category'
      | 'applyDoctor'
      | 'registeredAt'
      | 'examinedAt'
      | 'releasedAt'
      | 'state'
      | 'images'
      | 'result'
      | 'critical'
      | 'reportDoctor'
      | 'auditDoctor',
      string
    >
  >
}

const chinese: Words = {
  state: {
    registered: '已登记',
    'in-progress': '检查中',
    imaged: '已检查',
    written: '书写中',
    'awaiting-audit': '待审核',
    returned: '已退回',
    approved: '审核通过',
    released: '已发布',
    amending: '修订中',
    cancelled: '已取消',
  },
  sex: { M: '男', F: '女', O: '其他' },
  category: { outpatient: '门诊', inpatient: '住院', checkup: '体检', emergency: '急诊', other: '其他' },
  result: { positive: '阳性', negative: '阴性', undetermined: '未定' },
  sheet: {
    summary: '汇总',
    byDay: '按日',
    byDoctor: '按报告医生',
    byAuditor: '按审核医生',
    byItem: '按项目',
    byModality: '按设备类型',
    list: '检查明细',
  },
  head: {
    fact: '项目',
    value: '数值',
    day: '日期',
    doctor: '报告医生',
    auditor: '审核医生',
    item: '检查项目',
    modality: '设备类型',
  },
  tally: {
    exams: '检查数',
    images: '影像数',
    released: '已发布',
    positive: '阳性',
    negative: '阴性',
    rate: '阳性率',
    critical: '危急值',
  },
  fact: {
    days: '登记日期',
    exams: '检查数（不含已取消）',
    median: '登记到发布（中位数，分钟）',
    p90: '登记到发布（90% 在此以内，分钟）',
    late: '省平台超时上传',
  },
  days: (from, to) => `${from} 至 ${to}`,
  total: '合计',
  unsigned: '（未署名）',
  unnamed: '未填写',
  yes: '是',
  list: {
    accessionNumber: '检查号',
    patientId: '患者编号',
    name: '姓名',
    sex: '性别',
    birthDate: '出生日期',
    modality: '设备类型',
    item: '检查项目',
    bodyPart: '部位',
    category: '类别',
    applyDoctor: '申请医生',
    registeredAt: '登记时间',
    examinedAt: '检查时间',
    releasedAt: '发布时间',
    state: '状态',
    images: '影像数',
    result: '结果',
    critical: '危急值',
    reportDoctor: '报告医生',
    auditDoctor: '审核医生',
  },
}

const english: Words = {
  state: {
    registered: 'Registered',
    'in-progress': 'In progress',
    imaged: 'Examined',
    written: 'Writing',
    'awaiting-audit': 'Awaiting audit',
    returned: 'Returned',
    approved: 'Approved',
    released: 'Released',
    amending: 'Amending',
    cancelled: 'Cancelled',
  },
  sex: { M: 'male', F: 'female', O: 'other' },
  category: {
    outpatient: 'Outpatient',
    inpatient: 'Inpatient',
    checkup: 'Check-up',
    emergency: 'Emergency',
    other: 'Other',
  },
  result: { positive: 'positive', negative: 'negative', undetermined: 'undetermined' },
  sheet: {
    summary: 'Summary',
    byDay: 'By day',
    byDoctor: 'By reporting doctor',
    byAuditor: 'By auditing doctor',
    byItem: 'By item',
    byModality: 'By modality',
    list: 'Exams',
  },
  head: {
    fact: 'Fact',
    value: 'Value',
    day: 'Day',
    doctor: 'Reporting doctor',
    auditor: 'Auditing doctor',
    item: 'Item',
    modality: 'Modality',
  },
  tally: {
    exams: 'Exams',
    images: 'Images',
    released: 'Released',
    positive: 'Positive',
    negative: 'Negative',
    rate: 'Pos. rate',
    critical: 'Critical',
  },
  fact: {
    days: 'Days of registration',
    exams: 'Exams (without cancelled)',
    median: 'Registration to release (median, minutes)',
    p90: 'Registration to release (90% within, minutes)',
    late: 'Late provincial uploads',
  },
  days: (from, to) => `${from} to ${to}`,
  total: 'Total',
  unsigned: '(unsigned)',
  unnamed: 'not filled in',
  yes: 'yes',
  list: {
    accessionNumber: 'Accession number',
    patientId: 'Patient ID',
    name: 'Name',
    sex: 'Sex',
    birthDate: 'Birth date',
    modality: 'Modality',
    item: 'Item',
    bodyPart: 'Body part',
    category: 'Category',
    applyDoctor: 'Requested by',
    registeredAt: 'Registered',
    examinedAt: 'Examined',
    releasedAt: 'Released',
    state: 'State',
    images: 'Images',
    result: 'Result',
    critical: 'Critical',
    reportDoctor: 'Reported by',
    auditDoctor: 'Audited by',
  },
}

export type StatisticsWords = Words

export const statisticsWords = { 'zh-CN': chinese, en: english } as const
