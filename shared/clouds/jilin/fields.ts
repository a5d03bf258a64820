/** One field of the provincial document. Lengths count bytes in GB 18030 (a Chinese character is two), see its 附录. */
export type JilinField = {
  readonly name: string
  readonly label: string
  /** S1 free text, S3 code list, N number, D day, DT time, Ar list, BY file. */
  readonly type: 'S1' | 'S3' | 'N' | 'D' | 'DT' | 'Ar' | 'BY'
  /** 'AN..60' at most 60 bytes; 'N6,2' six characters with the point and two decimals; D8 and DT15 see `isWireTime`. */
  readonly format: string
  readonly required: boolean
  readonly codes?: readonly string[]
  /** Over-long: sent whole with a warning instead of being refused (protocols: narrative texts, and UIDs of up to 64). */
  readonly soft?: 'narrative' | 'uid'
  /** Required, but '' is a value (无内容时可传空值). */
  readonly mayBeEmpty?: true
  /** Travels SM2-encrypted; its length is that of the plain text. */
  readonly sealed?: true
  /** The name that the document's example uses instead. */
  readonly exampleName?: string
}

/** A call's body, typed from its table. All may be absent here: what is missing is found before sending. */
export type JilinBody<Fields extends readonly JilinField[]> = {
  readonly [Field in Fields[number] as Field['name']]?: Field['type'] extends 'N' ? number : string
}

const hospitalCode = {
  name: 'hospitalCode',
  label: '机构组织编码',
  type: 'S1',
  format: 'AN..60',
  required: true,
} as const
const hospitalCodeIfAny = { ...hospitalCode, required: false } as const
const examId = { name: 'examId', label: '检查病例唯一ID', type: 'S1', format: 'AN..50', required: true } as const
const accessNumber = { name: 'accessNumber', label: '检查编号', type: 'S1', format: 'AN..60', required: true } as const
const queryDocName = {
  name: 'queryDocName',
  label: '调阅医师姓名',
  type: 'S1',
  format: 'AN..10',
  required: true,
} as const
const queryDocCode = {
  name: 'queryDocCode',
  label: '调阅医师编码',
  type: 'S1',
  format: 'AN..10',
  required: true,
} as const
const mac = { name: 'mac', label: 'mac地址', type: 'S1', format: 'AN..50', required: true } as const
const retrivalTime = { name: 'retrivalTime', label: '操作时间', type: 'DT', format: 'DT15', required: true } as const
const yesOrNo = ['0', '1'] as const

/** 权限鉴定接口. */
export const getTokenFields = [
  { name: 'uid', label: '业务方 uid', type: 'S1', format: 'AN..100', required: true },
  { name: 'appSecret', label: 'appSecret', type: 'S1', format: 'AN..50', required: true },
] as const satisfies readonly JilinField[]

/** 检查项目编码上传接口: the frame as in the document's example. */
export const projectContrastFields = [
  hospitalCodeIfAny,
  { name: 'projects', label: '检查项目', type: 'Ar', format: '', required: true },
] as const satisfies readonly JilinField[]

/** One entry of `projects`. */
export const projectFields = [
  { name: 'projectItemName', label: '检查项目名称', type: 'S1', format: 'AN..100', required: true },
  { name: 'projectItemCode', label: '检查项目编码', type: 'S1', format: 'AN..50', required: true },
  {
    name: 'type',
    label: '检查类型',
    type: 'S3',
    format: 'AN..100',
    required: true,
    codes: ['0', '1', '2', '3', '4', '5', '6', '7', '99'],
  },
  { name: 'sampleTypeCode', label: '样本类别', type: 'S1', format: 'AN..50', required: true },
  { name: 'price', label: '价格', type: 'N', format: 'N6,2', required: false },
] as const satisfies readonly JilinField[]

/** One entry of a project's `standardProjectList`. */
export const standardProjectFields = [
  { name: 'standardProjectCode', label: '标准检查项目编码', type: 'S1', format: 'AN..20', required: true },
  { name: 'standardProjectName', label: '标准检查项目名称', type: 'S1', format: 'AN..20', required: false },
] as const satisfies readonly JilinField[]

/** Dicom影像上传接口. */
export const uploadDicomFields = [
  hospitalCode,
  accessNumber,
  { name: 'studyUid', label: '图像 studyUid', type: 'S1', format: 'AN..60', required: true, soft: 'uid' },
  { name: 'seriesUid', label: '图像序列 id', type: 'S1', format: 'AN..60', required: true, soft: 'uid' },
  { name: 'instanceUid', label: '图像唯一 id', type: 'S1', format: 'AN..60', required: true, soft: 'uid' },
  { name: 'dicomFile', label: 'dicom 文件', type: 'BY', format: '', required: true },
] as const satisfies readonly JilinField[]

/** 检查报告结果PDF文件上传接口; the file at most 2 MiB. */
export const saveExamPdfFields = [
  hospitalCode,
  accessNumber,
  { name: 'examPdf', label: 'PDF 报告', type: 'BY', format: '', required: true },
] as const satisfies readonly JilinField[]

/** 云胶片URL获取接口. */
export const getDigitalImageUrlFields = [hospitalCodeIfAny, examId] as const satisfies readonly JilinField[]

/** 检查结果数据查询接口; examProjectCode is required when searchType is 2. */
export const queryFormerlyExamFields = [
  hospitalCodeIfAny,
  { name: 'searchType', label: '查询类型', type: 'S3', format: 'AN..10', required: true, codes: ['1', '2'] },
  { name: 'idCardNo', label: '患者身份证号', type: 'S1', format: 'AN..100', required: true, sealed: true },
  { name: 'patientName', label: '患者姓名', type: 'S1', format: 'AN..100', required: true },
  { name: 'checkStartTime', label: '检查开始时间', type: 'DT', format: 'DT15', required: false },
  { name: 'checkEndTime', label: '检查结束时间', type: 'DT', format: 'DT15', required: false },
  { name: 'examProjectCode', label: '检查项目编码', type: 'S1', format: 'AN..100', required: false },
  queryDocName,
  queryDocCode,
  { name: 'queryDeptName', label: '调阅科室名称', type: 'S1', format: 'AN..10', required: true },
  { name: 'queryDeptCode', label: '调阅科室编码', type: 'S1', format: 'AN..20', required: true },
  mac,
] as const satisfies readonly JilinField[]

/** 检查报告结果PDF查询接口. */
export const queryExamPdfDataFields = [
  hospitalCodeIfAny,
  accessNumber,
  queryDocName,
  queryDocCode,
  { name: 'queryDeptName', label: '调阅科室名称', type: 'S1', format: 'AN..10', required: false },
  { name: 'queryDeptCode', label: '调阅科室编码', type: 'S1', format: 'AN..20', required: false },
] as const satisfies readonly JilinField[]

/** 调阅记录上传接口; searchType is required when retrivaType is 1. The document's spelling `retriva…` stays. */
export const saveReminderCallRecordFields = [
  hospitalCodeIfAny,
  examId,
  queryDocName,
  queryDocCode,
  retrivalTime,
  { name: 'retrivaType', label: '数据类型', type: 'S3', format: 'AN..3', required: true, codes: ['1', '2', '3'] },
  { name: 'searchType', label: '查询类型', type: 'S3', format: 'AN..3', required: false, codes: ['1', '2'] },
  mac,
] as const satisfies readonly JilinField[]

/** 检查互认/引用结果上传接口; reason is required when recognFlag is 0. */
export const saveRecognExamRecordFields = [
  hospitalCodeIfAny,
  { ...examId, format: 'AN..99' },
  queryDocCode,
  retrivalTime,
  { name: 'recognFlag', label: '是否互认', type: 'S3', format: 'AN..10', required: true, codes: yesOrNo },
  { name: 'quoteFlag', label: '是否引用至院内系统', type: 'S3', format: 'AN..10', required: true, codes: yesOrNo },
  { name: 'reason', label: '不互认原因', type: 'S1', format: 'AN..200', required: false },
  mac,
] as const satisfies readonly JilinField[]
