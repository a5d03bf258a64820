import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import type { CoercedElement } from './coerce-copy.ts'

/** Why a copy could not be made: what happened and why, what to do now. */
const copyWords = {
  'COPY-FILE-MISSING': {
    message: '存档中找不到这幅影像的文件，未发送',
    action: '请检查数据盘是否完整；可从设备重新发送该影像后重试',
    english: 'The file of this image is missing in the archive; it was not sent',
    englishAction:
      'Check that the data disk is complete; or send the image from the device once more, then press “Retry”',
  },
  'COPY-FILE-UNREADABLE': {
    message: '读取影像文件失败，未发送',
    action: '请检查数据盘；稍后会自动重试',
    english: 'The file of this image could not be read; it was not sent',
    englishAction: 'Check the data disk; it is tried again by itself',
  },
  'COPY-FILE-ALTERED': {
    message: '影像文件与接收时不一致（可能磁盘损坏），为避免传错已停止发送',
    action: '请从设备重新发送该影像，并检查磁盘',
    english:
      'The file of this image is not as it was received (the disk may be damaged); it was not sent, so that nothing wrong goes out',
    englishAction: 'Send the image from the device once more, and check the disk',
  },
  'IMAGE-NOT-OF-EXAM': {
    message: '这幅影像已不属于该检查（已移出或检查已取消），未发送',
    action: '无需发送时请取消该任务',
    english: 'This image no longer belongs to the exam (moved out, or the exam was cancelled); it was not sent',
    englishAction: 'If it need not be sent, press “Give up”',
  },
  'COPY-HEADER-UNREADABLE': {
    message: '影像文件头不符合 DICOM 规范，无法核对患者信息，未发送',
    action: '请从设备重新发送；仍不行请联系设备厂家',
    english: 'The header of this image is not valid DICOM, so its patient cannot be checked; it was not sent',
    englishAction: 'Send it from the device once more; if that does not help, contact the maker of the device',
  },
} as const satisfies Record<string, Required<Omit<CloudReason, 'code'>>>

export function copyReason(code: keyof typeof copyWords): CloudReason {
  return { code, ...copyWords[code] }
}

const elementNames: Readonly<Record<CoercedElement, BothWords>> = {
  SpecificCharacterSet: inBoth('字符集', 'character set'),
  AccessionNumber: inBoth('检查号', 'accession number'),
  PatientName: inBoth('姓名', 'name'),
  PatientID: inBoth('患者编号', 'patient ID'),
  PatientBirthDate: inBoth('出生日期', 'birth date'),
  PatientSex: inBoth('性别', 'sex'),
  StudyInstanceUID: inBoth('检查实例号', 'Study Instance UID'),
}

export function cannotWriteReason(element: CoercedElement): CloudReason {
  const { chinese, english } = elementNames[element]
  return {
    code: 'COPY-CHARACTER-SET',
    message: `${chinese}含有无法写入影像的字符，未发送`,
    action: `请在登记信息中核对${chinese}（改用常用字或补填拼音）后重试`,
    english: `The ${english} has characters that cannot be written into the image; it was not sent`,
    englishAction: `Check the ${english} in the registration (use common characters, or add the pinyin), then press “Retry”`,
  }
}

/** The peer took no presentation context for this kind of object (PS3.8 9.3.3.2). */
export function notAcceptedReason(compressed: boolean): CloudReason {
  return {
    code: 'DICOM-NOT-ACCEPTED',
    message: compressed ? '接收方不支持这类影像或它的压缩格式，未发送' : '接收方不支持这类影像，未发送',
    action: '请联系对方开通该影像类型和传输语法，再点“重试”；不需要时可取消该任务',
    english: compressed
      ? 'The other side does not take this kind of image, or not its compression; it was not sent'
      : 'The other side does not take this kind of image; it was not sent',
    englishAction:
      'Ask the other side to allow this kind of image and its transfer syntax, then press “Retry”; if it need not be sent, press “Give up”',
  }
}

export const correctionKeptReason: CloudReason = {
  code: 'DICOM-0111-CORRECTION',
  message: '登记信息更正后重发，但接收方保留了更正前的影像',
  action: '请联系接收方删除旧影像后点“重试”，或请对方直接更正患者信息',
  english:
    'The image was sent again after a correction of the registration, but the other side kept the image from before',
  englishAction:
    'Ask the other side to delete the old image, then press “Retry”; or ask them to correct the patient’s details themselves',
}

/**
 * Some archives (Orthanc with its own settings is one) answer success to an object that they have already and keep the older one: the
 * protocols have no word for it, so a person must look.
 */
export const correctionNote = inBoth(
  '更正后的影像已重发，接收方回答成功；有些 PACS 会保留更正前的影像，请在对方系统中核对患者信息',
  'The corrected images were sent again and taken; some PACS keep the earlier ones, so compare the patient there',
)

export const reportReasons = {
  notReleased: {
    code: 'REPORT-NOT-RELEASED',
    message: '报告尚未发布，未发送',
    action: '请先审核并发布报告',
    english: 'The report is not released yet; it was not sent',
    englishAction: 'Approve and release the report first',
  },
  pdfTooLarge: {
    code: 'PDF-TOO-LARGE',
    message: '报告 PDF 超过 2 MB 的上限，未发送',
    action: '请减少报告中的图片，再点“重试”',
    english: 'The PDF of the report is over the limit of 2 MB; it was not sent',
    englishAction: 'Take some pictures out of the report, then press “Retry”',
  },
} as const satisfies Record<string, Required<CloudReason>>
