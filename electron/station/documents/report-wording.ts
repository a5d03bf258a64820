import type { ExamCategory, Modality } from '../../../shared/models/exam.ts'
import type { PatientSex } from '../../../shared/models/patient.ts'

const modalityNames: Readonly<Record<Modality, string>> = {
  DR: 'X 线',
  CR: 'X 线',
  DX: 'X 线',
  SC: '影像',
  CT: 'CT ',
  US: '超声',
  MR: '磁共振',
  MG: '乳腺 X 线',
  ES: '内镜',
  PT: 'PET ',
  XA: '血管造影',
  RF: '透视',
  SR: '',
  ECG: '心电图',
  OT: '',
}

/** '超声检查报告单', 'CT 检查报告单', '检查报告单'. */
export const reportTitle = (modality: Modality) => `${modalityNames[modality]}检查报告单`

export const sexNames: Readonly<Record<PatientSex, string>> = { M: '男', F: '女', O: '其他' }

export const categoryNames: Readonly<Record<ExamCategory, string>> = {
  outpatient: '门诊',
  inpatient: '住院',
  checkup: '体检',
  emergency: '急诊',
  other: '其他',
}
