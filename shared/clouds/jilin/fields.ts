import { code, file, type JilinField, list, price, required, text, time } from './field.ts'

const hospitalCode = text('hospitalCode', '机构组织编码', 60, 'institution.hospitalCode', required)
const hospitalCodeIfAny = { ...hospitalCode, required: false } as const
const examId = text('examId', '检查病例唯一ID', 50, 'cloud.examId', required)
const accessNumber = text('accessNumber', '检查编号', 60, 'exam.accessionNumber', required)
const queryDocName = text('queryDocName', '调阅医师姓名', 10, 'account.displayName', required)
const queryDocCode = text('queryDocCode', '调阅医师编码', 10, 'account.doctorCode', required)
const mac = text('mac', 'mac地址', 50, 'station.mac', { ...required, note: '本机主网卡，AA-BB-CC-DD-EE-FF' })
const retrivalTime = time('retrivalTime', '操作时间', 'clock.now', required)

/** 权限鉴定接口. */
export const getTokenFields = [
  text('uid', '业务方 uid', 100, 'settings.uid', required),
  text('appSecret', 'appSecret', 50, 'settings.appSecret', required),
] as const satisfies readonly JilinField[]

/** 检查项目编码上传接口: the frame as in the document's example. */
export const projectContrastFields = [
  hospitalCodeIfAny,
  list('projects', '检查项目', 'mapping.projects', required),
] as const satisfies readonly JilinField[]

/** One entry of `projects`. */
export const projectFields = [
  text('projectItemName', '检查项目名称', 100, 'mapping.itemName', required),
  text('projectItemCode', '检查项目编码', 50, 'mapping.itemCode', required),
  code('type', '检查类型', 100, 'mapping.type', {
    ...required,
    codes: ['0', '1', '2', '3', '4', '5', '6', '7', '99'],
    domain: '0 核医学；1 内镜；2 CT；3 X 线；4 MR；5 超声；6 病理；7 心电；99 其他',
  }),
  text('sampleTypeCode', '样本类别', 50, 'mapping.sampleTypeCode', required),
  price('price', '价格', 'mapping.price'),
  list('standardProjectList', '标准检查项目集', 'mapping.projects', { note: '还没有对照时为空列表' }),
] as const satisfies readonly JilinField[]

/** One entry of a project's `standardProjectList`. */
export const standardProjectFields = [
  text('standardProjectCode', '标准检查项目编码', 20, 'mapping.standardCode', required),
  text('standardProjectName', '标准检查项目名称', 20, 'mapping.standardName'),
] as const satisfies readonly JilinField[]

/** Dicom影像上传接口. */
export const uploadDicomFields = [
  hospitalCode,
  accessNumber,
  text('studyUid', '图像 studyUid', 60, 'study.uid', { ...required, soft: 'uid', note: '影像自己的 UID' }),
  text('seriesUid', '图像序列 id', 60, 'study.seriesUid', { ...required, soft: 'uid' }),
  text('instanceUid', '图像唯一 id', 60, 'study.instanceUid', { ...required, soft: 'uid' }),
  file('dicomFile', 'dicom 文件', 'study.file', required),
] as const satisfies readonly JilinField[]

/** 检查报告结果PDF文件上传接口; the file at most 2 MiB. */
export const saveExamPdfFields = [
  hospitalCode,
  accessNumber,
  file('examPdf', 'PDF 报告', 'report.pdf', { ...required, note: '最多 2 MiB' }),
] as const satisfies readonly JilinField[]

/** 云胶片URL获取接口. */
export const getDigitalImageUrlFields = [hospitalCodeIfAny, examId] as const satisfies readonly JilinField[]

/** 检查结果数据查询接口; examProjectCode is required when searchType is 2. */
export const queryFormerlyExamFields = [
  hospitalCodeIfAny,
  code('searchType', '查询类型', 10, 'question.kind', {
    ...required,
    codes: ['1', '2'],
    domain: '1 历史查询；2 重复查询',
  }),
  text('idCardNo', '患者身份证号', 100, 'patient.identity', { ...required, sealed: true, note: 'SM2 加密' }),
  text('patientName', '患者姓名', 100, 'patient.name', required),
  time('checkStartTime', '检查开始时间', 'question.from'),
  time('checkEndTime', '检查结束时间', 'question.to'),
  text('examProjectCode', '检查项目编码', 100, 'exam.itemCode', { note: 'searchType 为 2 时必填' }),
  queryDocName,
  queryDocCode,
  text('queryDeptName', '调阅科室名称', 10, 'account.department.name', required),
  text('queryDeptCode', '调阅科室编码', 20, 'account.department.code', required),
  mac,
] as const satisfies readonly JilinField[]

/** 检查报告结果PDF查询接口. */
export const queryExamPdfDataFields = [
  hospitalCodeIfAny,
  { ...accessNumber, from: 'cloud.accessNumber' },
  queryDocName,
  queryDocCode,
  text('queryDeptName', '调阅科室名称', 10, 'account.department.name'),
  text('queryDeptCode', '调阅科室编码', 20, 'account.department.code'),
] as const satisfies readonly JilinField[]

/** 调阅记录上传接口; searchType is required when retrivaType is 1. The document's spelling `retriva…` stays. */
export const saveReminderCallRecordFields = [
  hospitalCodeIfAny,
  examId,
  queryDocName,
  queryDocCode,
  retrivalTime,
  code('retrivaType', '数据类型', 3, 'question.kind', {
    ...required,
    codes: ['1', '2', '3'],
    domain: '1 提醒数据；2 调阅数据；3 pdf 文件查询',
  }),
  code('searchType', '查询类型', 3, 'question.kind', { codes: ['1', '2'], domain: '1 历史查询；2 重复查询' }),
  mac,
] as const satisfies readonly JilinField[]

/** 检查互认/引用结果上传接口; reason is required when recognFlag is 0. */
export const saveRecognExamRecordFields = [
  hospitalCodeIfAny,
  { ...examId, format: 'AN..99' },
  queryDocCode,
  retrivalTime,
  code('recognFlag', '是否互认', 10, 'question.recognised', { ...required, codes: ['0', '1'], domain: '0 否；1 是' }),
  code('quoteFlag', '是否引用至院内系统', 10, 'question.quoted', {
    ...required,
    codes: ['0', '1'],
    domain: '0 否；1 是',
  }),
  text('reason', '不互认原因', 200, 'question.reason', { note: 'recognFlag 为 0 时必填' }),
  mac,
] as const satisfies readonly JilinField[]
