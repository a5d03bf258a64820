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
  'IMAGE-NOT-OF-EXAM': ['这幅影像已不属于该检查（已移出或检查已取消），未发送', '无需发送时请取消该任务'],
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
  SpecificCharacterSet: '字符集',
  AccessionNumber: '检查号',
  PatientName: '姓名',
  PatientID: '患者编号',
  PatientBirthDate: '出生日期',
  PatientSex: '性别',
  StudyInstanceUID: '检查实例号',
}

export function cannotWriteReason(element: CoercedElement): CloudReason {
  return {
    code: 'COPY-CHARACTER-SET',
    message: `${elementNames[element]}含有无法写入影像的字符，未发送`,
    action: `请在登记信息中核对${elementNames[element]}（改用常用字或补填拼音）后重试`,
  }
}

/** The peer took no presentation context for this kind of object (PS3.8 9.3.3.2). */
export function notAcceptedReason(compressed: boolean): CloudReason {
  return {
    code: 'DICOM-NOT-ACCEPTED',
    message: compressed ? '接收方不支持这类影像或它的压缩格式，未发送' : '接收方不支持这类影像，未发送',
    action: '请联系对方开通该影像类型和传输语法，再点“重新发送”；不需要时可取消该任务',
  }
}

export const correctionKeptReason: CloudReason = {
  code: 'DICOM-0111-CORRECTION',
  message: '登记信息更正后重发，但接收方保留了更正前的影像',
  action: '请联系接收方删除旧影像后点“重新发送”，或请对方直接更正患者信息',
}

/**
 * Some archives (Orthanc with its own settings is one) answer success to an object that they have already and keep the older one: the
 * protocols have no word for it, so a person must look.
 */
export const correctionNote =
  '更正后的影像已重发，接收方回答成功；有些 PACS 会保留更正前的影像，请在对方系统中核对患者信息'

export const reportReasons = {
  notReleased: { code: 'REPORT-NOT-RELEASED', message: '报告尚未发布，未发送', action: '请先审核并发布报告' },
  pdfTooLarge: {
    code: 'PDF-TOO-LARGE',
    message: '报告 PDF 超过 2 MB 的上限，未发送',
    action: '请减少报告中的图片，再点“重新发送”',
  },
} as const satisfies Record<string, CloudReason>
