/** The type of an AIMIS field's value on the wire. `day` 'yyyy-MM-dd', `time` 'yyyy-MM-dd HH:mm:ss' in China time, both JSON strings. */
export type AimisFieldType = 'text' | 'int' | 'day' | 'time' | 'list'

/**
 * A: the call is refused without it. B: to be sent where it exists. C: optional (API document 2023, 检查上云相关接口,
 * 接口参数类型说明).
 */
export type AimisField = {
  readonly name: string
  readonly label: string
  readonly class: 'A' | 'B' | 'C'
  readonly type: AimisFieldType
  readonly codes?: readonly string[]
  /** The station does not keep it, so nobody is asked for it. */
  readonly notKept?: true
}

/** A call's body, typed from its table. A missing class A field is found before sending, so the type allows it to be absent. */
export type AimisBody<Fields extends readonly AimisField[]> = {
  readonly [Field in Fields[number] as Field['name']]?: Field['type'] extends 'int'
    ? number
    : Field['type'] extends 'list'
      ? readonly StudyLogBody[]
      : Field extends { readonly codes: readonly (infer Code)[] }
        ? Code
        : string
}

/** POST /ris/study/add, 检查信息上传. Documents of 2023 and 2025, the same 50 fields. */
export const studyAddFields = [
  { name: 'patientId', label: '患者 ID', class: 'A', type: 'text' },
  { name: 'patientName', label: '患者姓名', class: 'A', type: 'text' },
  { name: 'patientSex', label: '患者性别', class: 'A', type: 'text', codes: ['M', 'F', 'O'] },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text' },
  { name: 'modality', label: '设备类型', class: 'A', type: 'text' },
  { name: 'patientAge', label: '患者年龄', class: 'B', type: 'text' },
  { name: 'patientAgeUnit', label: '患者年龄单位', class: 'B', type: 'text', codes: ['Y', 'M', 'D'] },
  { name: 'patientBirthday', label: '患者生日', class: 'B', type: 'day' },
  { name: 'size', label: '患者身高（米）', class: 'B', type: 'text' },
  { name: 'weight', label: '患者体重（公斤）', class: 'B', type: 'text' },
  { name: 'phoneNum', label: '电话号码', class: 'B', type: 'text' },
  { name: 'medicalInsuranceNum', label: '医保号', class: 'B', type: 'text' },
  { name: 'idCardNum', label: '身份证号', class: 'B', type: 'text' },
  { name: 'hkAndMarcoPermitNum', label: '港澳通行证号', class: 'B', type: 'text' },
  { name: 'passportNum', label: '护照号', class: 'B', type: 'text' },
  { name: 'otherInfo', label: '其他身份信息', class: 'B', type: 'text' },
  { name: 'homeAddress', label: '家庭住址', class: 'C', type: 'text' },
  { name: 'bodyPart', label: '检查部位', class: 'B', type: 'text' },
  { name: 'studyDesc', label: '检查描述', class: 'B', type: 'text' },
  { name: 'studyDate', label: '检查时间', class: 'B', type: 'time' },
  { name: 'appointDate', label: '预约时间', class: 'C', type: 'time' },
  { name: 'scanMode', label: '扫描方式', class: 'B', type: 'text' },
  { name: 'studyCategory', label: '检查类别', class: 'B', type: 'text', codes: ['normal', 'emergency'] },
  { name: 'applyDept', label: '申请科室', class: 'B', type: 'text' },
  { name: 'applyDoctor', label: '申请医生', class: 'B', type: 'text' },
  { name: 'applyDeptId', label: '申请科室 ID', class: 'B', type: 'text' },
  { name: 'applyDoctorId', label: '申请医生 ID', class: 'B', type: 'text' },
  { name: 'hisNum', label: 'HIS 号', class: 'B', type: 'text' },
  { name: 'clinicNum', label: '门诊号', class: 'C', type: 'text' },
  { name: 'inpatientNum', label: '住院号', class: 'C', type: 'text' },
  { name: 'healthScreenNum', label: '体检号', class: 'C', type: 'text' },
  { name: 'examDept', label: '检查科室', class: 'B', type: 'text' },
  { name: 'examDoctor', label: '检查医生', class: 'B', type: 'text' },
  { name: 'examDeptId', label: '检查科室 ID', class: 'B', type: 'text' },
  { name: 'examDoctorId', label: '检查医生 ID', class: 'B', type: 'text' },
  { name: 'examInfo', label: '检查信息', class: 'C', type: 'text' },
  { name: 'inpatientWard', label: '住院病区', class: 'C', type: 'text' },
  { name: 'bedNum', label: '住院床号', class: 'C', type: 'text' },
  { name: 'diagnosis', label: '临床诊断', class: 'C', type: 'text' },
  { name: 'symptom', label: '临床症状', class: 'C', type: 'text' },
  { name: 'allergies', label: '过敏反应', class: 'C', type: 'text' },
  { name: 'studyRequirement', label: '检查需求', class: 'C', type: 'text' },
  { name: 'equipment', label: '检查设备', class: 'C', type: 'text' },
  {
    name: 'status',
    label: '检查状态',
    class: 'B',
    type: 'text',
    codes: ['registered', 'partial', 'preliminary', 'print', 'final'],
  },
  { name: 'studyUid', label: '检查 UID', class: 'B', type: 'text' },
  { name: 'imageCnt', label: '图片数', class: 'B', type: 'int' },
  { name: 'reportCnt', label: '结构化报告数', class: 'B', type: 'int' },
  { name: 'pdfCnt', label: 'pdf 格式报告数', class: 'B', type: 'int' },
  { name: 'seriesCnt', label: '序列数', class: 'B', type: 'int' },
] as const satisfies readonly AimisField[]

/** POST /ris/report/add, 检查报告上传. 2023 only, like the following ones. */
export const reportAddFields = [
  { name: 'reportNumber', label: '报告号', class: 'A', type: 'text' },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text' },
  { name: 'imageDescription', label: '影像描述', class: 'A', type: 'text' },
  { name: 'conclusion', label: '诊断结论', class: 'A', type: 'text' },
  { name: 'reportTime', label: '初诊时间', class: 'B', type: 'time' },
  { name: 'reportDoctor', label: '初诊医生', class: 'B', type: 'text' },
  { name: 'auditTime', label: '审核时间', class: 'B', type: 'time' },
  { name: 'auditDoctor', label: '审核医生', class: 'B', type: 'text' },
  { name: 'printTime', label: '打印时间', class: 'B', type: 'time', notKept: true },
  { name: 'printDoctor', label: '打印医生', class: 'B', type: 'text', notKept: true },
] as const satisfies readonly AimisField[]

/** POST /ris/getStudyQR, 云检查二维码返回. */
export const getStudyQrFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'B', type: 'text' },
  { name: 'patientId', label: '患者 ID', class: 'B', type: 'text' },
] as const satisfies readonly AimisField[]

/** POST /ris/study/delete, 标记删除检查. */
export const studyDeleteFields = [
  { name: 'patientId', label: '患者 ID', class: 'A', type: 'text' },
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text' },
  { name: 'studyUid', label: '检查 UID', class: 'A', type: 'text' },
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilelog, 检查上传对账. */
export const reconcileLogFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text' },
  { name: 'patientName', label: '患者姓名', class: 'A', type: 'text' },
  { name: 'studyUid', label: '检查 UID', class: 'A', type: 'text' },
  { name: 'studyDate', label: '检查时间', class: 'A', type: 'time' },
  { name: 'reportCnt', label: '结构化报告数', class: 'A', type: 'int' },
  { name: 'pdfCnt', label: 'pdf 格式报告数', class: 'A', type: 'int' },
  { name: 'seriesCnt', label: '序列数', class: 'A', type: 'int' },
  { name: 'imageCnt', label: '图片数', class: 'A', type: 'int' },
] as const satisfies readonly AimisField[]

/** POST /ris/reconcilerangelog, 检查相关ID上报. */
export const reconcileRangeLogFields = [
  { name: 'startTime', label: '对账时间段开始时间', class: 'A', type: 'time' },
  { name: 'endTime', label: '对账时间段结束时间', class: 'A', type: 'time' },
  { name: 'studyList', label: '检查相关 ID 的数据组', class: 'A', type: 'list' },
] as const satisfies readonly AimisField[]

/** One entry of studyList in reconcilerangelog. */
export const studyLogFields = [
  { name: 'studyId', label: '检查 ID', class: 'A', type: 'text' },
  { name: 'accessNumber', label: '检查号 AccessNumber', class: 'A', type: 'text' },
  { name: 'studyUid', label: '检查 UID', class: 'A', type: 'text' },
  { name: 'studyDate', label: '检查时间', class: 'A', type: 'time' },
  { name: 'reportCnt', label: '结构化报告数', class: 'A', type: 'int' },
  { name: 'pdfCnt', label: 'pdf 格式报告数', class: 'A', type: 'int' },
  { name: 'seriesCnt', label: '序列数', class: 'A', type: 'int' },
  { name: 'imageCnt', label: '图片数', class: 'A', type: 'int' },
] as const satisfies readonly AimisField[]

export type StudyAddBody = AimisBody<typeof studyAddFields>
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
