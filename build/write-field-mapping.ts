import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AimisField } from '../shared/clouds/aimis/field.ts'
import * as gateway from '../shared/clouds/aimis/fields.ts'
import * as hospital from '../shared/clouds/aimis/internet-hospital-fields.ts'
import { studyAddFields } from '../shared/clouds/aimis/study-add-fields.ts'
import type { FieldSource } from '../shared/clouds/field-source.ts'
import type { JilinField } from '../shared/clouds/jilin/field.ts'
import * as jilin from '../shared/clouds/jilin/fields.ts'
import { patientExamFields } from '../shared/clouds/jilin/patient-exam-fields.ts'

// Writes docs/field-mapping.md from the field tables of both clouds. Run: node build/write-field-mapping.ts
// test/clouds/field-mapping.test.ts fails while the committed page is not what this writes.

export const fieldMappingPath = fileURLToPath(new URL('../docs/field-mapping.md', import.meta.url))

type Call = { readonly title: string; readonly address: string; readonly rows: readonly (readonly string[])[] }

const aimisCall = (title: string, address: string, fields: readonly AimisField[]): Call => ({
  title,
  address,
  rows: fields.map((field) => [
    `\`${field.name}\``,
    field.label,
    field.class,
    aimisFormats[field.type] + (field.sealed ? '，AES-256-ECB + HEX' : ''),
    field.domain ?? '',
    sourceOf(field.from, field.note),
  ]),
})

const aimisFormats: Readonly<Record<AimisField['type'], string>> = {
  text: '字符串',
  int: '整数',
  day: 'yyyy-MM-dd',
  time: 'yyyy-MM-dd HH:mm:ss',
  list: '列表',
}

const jilinCall = (title: string, address: string, fields: readonly JilinField[]): Call => ({
  title,
  address,
  rows: fields.map((field) => [
    `\`${field.name}\``,
    field.label,
    field.required ? '是' : '否',
    jilinFormat(field),
    field.domain ?? field.codes?.join('，') ?? '',
    sourceOf(field.from, field.note),
  ]),
})

function jilinFormat({ type, format, soft, sealed, mayBeEmpty }: JilinField): string {
  const base = { S1: format, S3: format, N: format, D: 'YYYY-MM-DD hh:mm:ss', DT: 'YYYY-MM-DD hh:mm:ss' }
  const words = type === 'Ar' ? '列表' : type === 'BY' ? '文件' : base[type]
  const notes = [sealed ? 'SM2 加密' : '', soft ? '超长照发并警告' : '', mayBeEmpty ? '可为空' : '']
  return [words, ...notes.filter(Boolean)].join('，')
}

const rooms: Readonly<Record<string, string>> = {
  patient: '患者',
  exam: '检查',
  report: '报告',
  print: '打印记录',
  institution: '机构',
  study: '影像',
  counts: '存档计数',
  settings: '设置',
  account: '操作人',
  question: '操作人选择',
  mapping: '项目对照',
  cloud: '云端此前的回答',
  period: '对账时间段',
}

const wholes: Readonly<Record<string, string>> = {
  callback: '云端告知',
  'station.mac': '本机网卡',
  'clock.now': '当前时间',
  'not kept': '影站不保存，不发送',
}

function sourceOf(from: FieldSource, note: string | undefined): string {
  const source = wholes[from] ?? `${rooms[from.split('.')[0] ?? '']} \`${from}\``
  return note === undefined ? source : `${source}（${note}）`
}

const aimisCalls: readonly Call[] = [
  aimisCall('检查信息上传', 'POST {前置机}/ris/study/add', studyAddFields),
  aimisCall('检查报告上传', 'POST {前置机}/ris/report/add', gateway.reportAddFields),
  aimisCall('云检查二维码返回', 'POST {前置机}/ris/getStudyQR', gateway.getStudyQrFields),
  aimisCall('标记删除检查', 'POST {前置机}/ris/study/delete', gateway.studyDeleteFields),
  aimisCall('检查上传对账', 'POST {前置机}/ris/reconcilelog', gateway.reconcileLogFields),
  aimisCall('检查相关 ID 上报', 'POST {前置机}/ris/reconcilerangelog', gateway.reconcileRangeLogFields),
  aimisCall('检查相关 ID 上报：studyList 的每一项', 'StudyLog', gateway.studyLogFields),
  aimisCall('检查列表查询', 'POST {服务}/thirdparty/patientStudies/{appId}', hospital.patientStudiesFields),
  aimisCall(
    '会诊记录查询（2025 版）',
    'POST {服务}/thirdparty/patientConsultations/{appId}',
    hospital.patientConsultationsFields,
  ),
  aimisCall(
    '会诊记录查询（2023 版）',
    'POST {服务}/thirdparty/patientConsultations/{appId}',
    hospital.patientConsultationsFields2023,
  ),
  aimisCall('检查报告 URL 获取', 'POST {服务}/thirdparty/patientReportUrl/{appId}', hospital.patientReportUrlFields),
  aimisCall('检查状态同步回调（云端调用影站）', 'POST {影站的回调地址}', hospital.statusCallbackFields),
]

const address = (name: string) => `POST {平台}/interface/${name}`
const jilinCalls: readonly Call[] = [
  jilinCall('权限鉴定', address('getToken'), jilin.getTokenFields),
  jilinCall('检查项目编码上传', address('projectContrast'), jilin.projectContrastFields),
  jilinCall('检查项目编码上传：projects 的每一项', 'projects', jilin.projectFields),
  jilinCall('检查项目编码上传：standardProjectList 的每一项', 'standardProjectList', jilin.standardProjectFields),
  jilinCall('检查索引数据上传', address('savePatientExam'), patientExamFields),
  jilinCall('Dicom 影像上传', address('uploadDicom'), jilin.uploadDicomFields),
  jilinCall('检查报告结果 PDF 文件上传', address('saveExamPdf'), jilin.saveExamPdfFields),
  jilinCall('云胶片 URL 获取', address('getdigitalImageUrl'), jilin.getDigitalImageUrlFields),
  jilinCall('检查结果数据查询', address('queryFormerlyExam'), jilin.queryFormerlyExamFields),
  jilinCall('检查报告结果 PDF 查询', address('queryExamPdfData'), jilin.queryExamPdfDataFields),
  jilinCall('调阅记录上传', address('saveReminderCallRecord'), jilin.saveReminderCallRecordFields),
  jilinCall('检查互认/引用结果上传', address('saveRecognExamRecord'), jilin.saveRecognExamRecordFields),
]

/** The page, as it is committed. */
export function fieldMapping(): string {
  return [
    '# 字段对照',
    '',
    '两个云的每个接口、每个字段，以及影站从哪里取值。本页由字段表生成（`node build/write-field-mapping.ts`），请勿手工修改；',
    '登记页的字数提示、审核前检查、发送前核对和模拟云读的是同一份字段表。',
    '',
    '## 腾讯数智医疗影像平台（AIMIS）',
    '',
    '类别：A 缺失则不发送；B 有则发送，缺失时提示“建议填写”；C 可选。互联网医院接口的“是”记为 A，“否”记为 C。',
    '文档没有规定长度。没有值的字段不发送，时间一律为中国时间。',
    '',
    ...aimisCalls.flatMap((call) => section(call, '类别')),
    '## 省影像云（jilin）',
    '',
    '院内版与市平台版的十个接口和字段相同；市平台版的机构组织编码取自检查所属的机构。长度按 GB 18030 字节计，一个汉字算 2。',
    '除权限鉴定外，每个请求的请求头带 `X-Token`。',
    '',
    ...jilinCalls.flatMap((call) => section(call, '必填')),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

function section({ title, address, rows }: Call, necessity: string): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const head = ['字段', '说明', necessity, '格式', '值域', '来自']
  return [
    `### ${title}`,
    '',
    `\`${address}\`，${rows.length} 个字段`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
  ]
}

if (import.meta.main) writeFileSync(fieldMappingPath, fieldMapping())
