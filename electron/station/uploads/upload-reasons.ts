import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import type { CoercedElement } from './coerce-copy.ts'

/** Why a copy could not be made: what happened and why, what to do now. */
const copyWords = {
  'COPY-FILE-MISSING': ['存档中找不到这幅影像的文件，未发送', '请检查数据盘是否完整；可从设备重新发送该影像后重试'],
  'COPY-FILE-UNREADABLE': ['读取影像文件失败，未发送', '请检查数据盘；稍后会自动重试'],
  'COPY-FILE-ALTERED': [
    '影像文件与接收时不一致（可能磁盘损坏），为避免传错已停止发送',
    '请从设备重新发送该影像，并检查磁盘',
  ],
  'COPY-HEADER-UNREADABLE': [
    '影像文件头不符合 DICOM 规范，无法核对患者信息，未发送',
    '请从设备重新发送；仍不行请联系设备厂家',
  ],
} as const satisfies Record<string, readonly [message: string, action: string]>

export function copyReason(code: keyof typeof copyWords): CloudReason {
  const [message, action] = copyWords[code]
  return { code, message, action }
}

const elementNames: Readonly<Record<CoercedElement, string>> = {
  AccessionNumber: '检查号',
  PatientName: '姓名',
  PatientID: '患者编号',
  PatientBirthDate: '出生日期',
  PatientSex: '性别',
}

export function cannotWriteReason(element: CoercedElement): CloudReason {
  return {
    code: 'COPY-CHARACTER-SET',
    message: `${elementNames[element]}含有无法写入影像的字符，未发送`,
    action: `请在登记信息中核对${elementNames[element]}（改用常用字或补填拼音）后重试`,
  }
}
