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

/** What the two texts of a report are called where that device is used. */
export function sectionLabels(modality: Modality): { readonly findings: string; readonly impression: string } {
  switch (modality) {
    case 'US':
      return { findings: '超声所见', impression: '超声提示' }
    case 'ES':
      return { findings: '内镜所见', impression: '内镜诊断' }
    case 'ECG':
      return { findings: '心电图所见', impression: '心电图诊断' }
    default:
      return { findings: '检查所见', impression: '诊断意见' }
  }
}

export const sexNames: Readonly<Record<PatientSex, string>> = { M: '男', F: '女', O: '其他' }

export const categoryNames: Readonly<Record<ExamCategory, string>> = {
  outpatient: '门诊',
  inpatient: '住院',
  checkup: '体检',
  emergency: '急诊',
  other: '其他',
}
