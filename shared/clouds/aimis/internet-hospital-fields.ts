import { type AimisBody, type AimisField, int, text, time } from './field.ts'

/**
 * The calls of the internet-hospital service, documents 2023 and 2025, 互联网医院相关接口. Their tables know 是 and 否 only: class A and
 * class C here. phoneNum and idNum are in clear in our own bodies; the client seals them.
 */
const phoneNum = text('A', 'phoneNum', '患者电话号码', 'patient.phone', { sealed: true })
const idNum = text('A', 'idNum', '患者身份证号', 'patient.identity', { sealed: true })
const patientName = text('C', 'patientName', '患者姓名', 'patient.name')
const hisId = text('C', 'hisId', 'HIS 号', 'exam.hisNumber')
const hospitalId = text('A', 'hospitalId', '医院 ID', 'institution.hospitalId', {
  note: '机构没有填写时取目的地设置中的医院 ID',
})
const unionId = text('A', 'unionId', '医联体 ID', 'institution.unionId', {
  note: '机构没有填写时取目的地设置中的医联体 ID',
})
const studyType = int('A', 'studyType', '检查类型', 'exam.modality', {
  codes: ['0', '1', '2', '3', '4', '5'],
  domain: '0 放射；1 眼科；2 病理；3 内镜；4 心电；5 超声',
})

/** POST {serviceUrl}/thirdparty/patientStudies/{appId}, 检查列表查询. */
export const patientStudiesFields = [
  phoneNum,
  idNum,
  hisId,
  patientName,
  hospitalId,
  unionId,
  studyType,
  int('A', 'dataFlag', '数据标识', 'question.scope', {
    codes: ['0', '1', '2', '3', '4'],
    domain: '0 全部；1 仅本院；2 除本院以外；3 仅当前医联体；4 除当前医联体以外',
  }),
  int('A', 'usage', '数据用途', 'question.usage', {
    codes: ['0', '1', '2'],
    domain: '0 患者查看检查列表；1 患者在线咨询；2 医生查看患者详情',
  }),
  time('A', 'studyDateBegin', '查询开始时间', 'question.from'),
  time('A', 'studyDateEnd', '查询结束时间', 'question.to'),
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
  text('A', 'reportId', '影像云报告 ID', 'cloud.reportId'),
  phoneNum,
  idNum,
  hospitalId,
] as const satisfies readonly AimisField[]

/** 检查状态同步回调: the cloud calls us, at an address that we define. Its two addresses are empty until there is a report or an image. */
export const statusCallbackFields = [
  int('A', 'status', '状态', 'callback', {
    codes: ['0', '1', '2', '3'],
    domain: '0 仅获取到检查信息；1 已获取到报告；2 已获取到图片；3 已获取报告和图片',
  }),
  { ...phoneNum, from: 'callback' },
  { ...idNum, from: 'callback' },
  text('A', 'patientId', '患者 ID', 'callback'),
  text('A', 'hospitalId', '医院 ID', 'callback'),
  { ...hisId, from: 'callback' },
  { ...studyType, from: 'callback' },
  time('A', 'studyDate', '检查时间', 'callback'),
  text('A', 'studyId', '检查 ID', 'callback'),
  text('C', 'bodyPart', '检查部位', 'callback'),
  text('C', 'studyName', '检查项目', 'callback'),
  text('A', 'h5Url', '检查报告详情地址', 'callback', { mayBeEmpty: true }),
  text('A', 'h5DetailUrl', '检查影像详情地址', 'callback', { mayBeEmpty: true }),
  text('A', 'reportId', '影像云报告 ID', 'callback', { mayBeEmpty: true }),
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
