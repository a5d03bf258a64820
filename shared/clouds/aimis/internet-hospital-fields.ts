import type { AimisBody, AimisField } from './field.ts'

/**
 * The calls of the internet-hospital service, documents 2023 and 2025, 互联网医院相关接口. Their tables know 是 and 否 only: class A and
 * class C here. phoneNum and idNum are in clear in our own bodies; the client seals them.
 */
const phoneNum = {
  name: 'phoneNum',
  label: '患者电话号码',
  class: 'A',
  type: 'text',
  sealed: true,
  from: 'patient.phone',
} as const
const idNum = {
  name: 'idNum',
  label: '患者身份证号',
  class: 'A',
  type: 'text',
  sealed: true,
  from: 'patient.identity',
} as const
const patientName = { name: 'patientName', label: '患者姓名', class: 'C', type: 'text', from: 'patient.name' } as const
const hisId = { name: 'hisId', label: 'HIS 号', class: 'C', type: 'text', from: 'exam.hisNumber' } as const
const hospitalId = {
  name: 'hospitalId',
  label: '医院 ID',
  class: 'A',
  type: 'text',
  from: 'institution.hospitalId',
  note: '机构没有填写时取目的地设置中的医院 ID',
} as const
const unionId = {
  name: 'unionId',
  label: '医联体 ID',
  class: 'A',
  type: 'text',
  from: 'institution.unionId',
  note: '机构没有填写时取目的地设置中的医联体 ID',
} as const
const studyType = {
  name: 'studyType',
  label: '检查类型',
  class: 'A',
  type: 'int',
  codes: ['0', '1', '2', '3', '4', '5'],
  domain: '0 放射；1 眼科；2 病理；3 内镜；4 心电；5 超声',
  from: 'exam.modality',
} as const

/** POST {serviceUrl}/thirdparty/patientStudies/{appId}, 检查列表查询. */
export const patientStudiesFields = [
  phoneNum,
  idNum,
  hisId,
  patientName,
  hospitalId,
  unionId,
  studyType,
  {
    name: 'dataFlag',
    label: '数据标识',
    class: 'A',
    type: 'int',
    codes: ['0', '1', '2', '3', '4'],
    domain: '0 全部；1 仅本院；2 除本院以外；3 仅当前医联体；4 除当前医联体以外',
    from: 'question.scope',
  },
  {
    name: 'usage',
    label: '数据用途',
    class: 'A',
    type: 'int',
    codes: ['0', '1', '2'],
    domain: '0 患者查看检查列表；1 患者在线咨询；2 医生查看患者详情',
    from: 'question.usage',
  },
  { name: 'studyDateBegin', label: '查询开始时间', class: 'A', type: 'time', from: 'question.from' },
  { name: 'studyDateEnd', label: '查询结束时间', class: 'A', type: 'time', from: 'question.to' },
] as const satisfies readonly AimisField[]

const hisIdRequired = { ...hisId, class: 'A' } as const

/** POST {serviceUrl}/thirdparty/patientConsultations/{appId}, 会诊记录查询, edition 2025. */
export const patientConsultationsFields = [
  hisIdRequired,
  phoneNum,
  idNum,
  patientName,
  hospitalId,
  unionId,
] as const satisfies readonly AimisField[]

/** The same call in the edition of 2023, which spells the phone's field `phoneNumber`. */
export const patientConsultationsFields2023 = [
  hisIdRequired,
  { ...phoneNum, name: 'phoneNumber' },
  idNum,
  patientName,
  hospitalId,
  unionId,
] as const satisfies readonly AimisField[]

/** POST {serviceUrl}/thirdparty/patientReportUrl/{appId}, 检查报告 URL 获取. */
export const patientReportUrlFields = [
  { name: 'reportId', label: '影像云报告 ID', class: 'A', type: 'text', from: 'cloud.reportId' },
  phoneNum,
  idNum,
  hospitalId,
] as const satisfies readonly AimisField[]

/** 检查状态同步回调: the cloud calls us, at an address that we define. Its two addresses are empty until there is a report or an image. */
export const statusCallbackFields = [
  {
    name: 'status',
    label: '状态',
    class: 'A',
    type: 'int',
    codes: ['0', '1', '2', '3'],
    domain: '0 仅获取到检查信息；1 已获取到报告；2 已获取到图片；3 已获取报告和图片',
    from: 'callback',
  },
  { ...phoneNum, from: 'callback' },
  { ...idNum, from: 'callback' },
  { name: 'patientId', label: '患者 ID', class: 'A', type: 'text', from: 'callback' },
  { name: 'hospitalId', label: '医院 ID', class: 'A', type: 'text', from: 'callback' },
  { ...hisId, from: 'callback' },
  { ...studyType, from: 'callback' },
  { name: 'studyDate', label: '检查时间', class: 'A', type: 'time', from: 'callback' },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text', from: 'callback' },
  { name: 'bodyPart', label: '检查部位', class: 'C', type: 'text', from: 'callback' },
  { name: 'studyName', label: '检查项目', class: 'C', type: 'text', from: 'callback' },
  { name: 'h5Url', label: '检查报告详情地址', class: 'A', type: 'text', mayBeEmpty: true, from: 'callback' },
  { name: 'h5DetailUrl', label: '检查影像详情地址', class: 'A', type: 'text', mayBeEmpty: true, from: 'callback' },
  { name: 'reportId', label: '影像云报告 ID', class: 'A', type: 'text', mayBeEmpty: true, from: 'callback' },
] as const satisfies readonly AimisField[]

export type PatientStudiesBody = AimisBody<typeof patientStudiesFields>
export type PatientConsultationsBody = AimisBody<typeof patientConsultationsFields>
export type PatientReportUrlBody = AimisBody<typeof patientReportUrlFields>
export type StatusCallbackBody = AimisBody<typeof statusCallbackFields>

export type AimisServiceCall = 'patientStudies' | 'patientConsultations' | 'patientReportUrl'

/** Each call of the service by its name in the address, with its fields in the edition that the destination speaks. */
export function aimisServiceFields(call: AimisServiceCall, edition: '2023' | '2025'): readonly AimisField[] {
  if (call === 'patientStudies') return patientStudiesFields
  if (call === 'patientReportUrl') return patientReportUrlFields
  return edition === '2023' ? patientConsultationsFields2023 : patientConsultationsFields
}
