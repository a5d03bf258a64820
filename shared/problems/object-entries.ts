import type { ProblemEntry } from './problem-entry.ts'

/**
 * Why a received or brought object was not taken. A device hears `english` without its full
 * stop, as ErrorComment (0000,0902): ASCII, of which 64 characters are told.
 */
export const objectProblems = {
  'OBJECT-OTHER-CLASS': {
    status: 400,
    message: '影像与设备发送时声明的不一致（SOPClassUID 不同）',
    action: '请在设备上重新发送；仍收不下请联系设备厂家，并告知代码',
    english: 'SOPClassUID differs from the command.',
    englishAction: 'Send it again from the device; if it is refused again, tell the code to the maker of the device.',
  },
  'OBJECT-OTHER-INSTANCE': {
    status: 400,
    message: '影像与设备发送时声明的不一致（SOPInstanceUID 不同）',
    action: '请在设备上重新发送；仍收不下请联系设备厂家，并告知代码',
    english: 'SOPInstanceUID differs from the command.',
    englishAction: 'Send it again from the device; if it is refused again, tell the code to the maker of the device.',
  },
  'OBJECT-NO-UID': {
    status: 400,
    message: '缺少有效的影像号（UID）',
    action: '请在设备上重新发送；仍收不下请联系设备厂家，并告知代码',
    english: 'A UID is missing or is none.',
    englishAction: 'Send it again from the device; if it is refused again, tell the code to the maker of the device.',
  },
  'OBJECT-TOO-DEEP': {
    status: 400,
    message: '内容读不出来（序列嵌套过深）',
    action: '这可能是恶意或损坏的文件；请重新发送，仍收不下请联系支持',
    english: 'Sequences are nested too deep.',
    englishAction: 'It may be malicious or damaged: send it again; if it is refused again, contact support.',
  },
  'OBJECT-UNREADABLE': {
    status: 400,
    message: '内容读不出来（不是完好的 DICOM）',
    action: '请重新发送，或重新复制原文件；仍收不下请联系支持',
    english: 'The data set cannot be read.',
    englishAction: 'Send it again, or copy the file anew; if it is refused again, contact support.',
  },
  'OBJECT-EMPTY': {
    status: 400,
    message: '内容是空的',
    action: '请重新发送，或重新复制原文件；仍收不下请联系支持',
    english: 'The data set holds no element.',
    englishAction: 'Send it again, or copy the file anew; if it is refused again, contact support.',
  },
  'OBJECT-CUT-SHORT': {
    status: 400,
    message: '内容不完整（缺少末尾）',
    action: '请重新复制原文件，或从设备重新发送',
    english: 'The data set is cut short.',
    englishAction: 'Copy the file anew, or send it again from the device.',
  },
  'OBJECT-BROKEN-OFF': {
    status: 500,
    message: '接收中断（影站当时停止了），设备没有得到“已收到”的答复',
    action: '请核对设备上的影像是否都已到站，缺少的请重新发送',
    english: 'The station stopped while this was received; the sender was not told that it arrived.',
    englishAction: 'Check that every image on the device has arrived and send again what is missing.',
  },
  'OBJECT-WITHOUT-NOTE': {
    status: 500,
    message: '隔离区里的文件，没有留下是谁发来的记录',
    action: '请核对设备上的影像是否都已到站，缺少的请重新发送',
    english: 'Found in quarantine without a note.',
    englishAction: 'Check that every image on the device has arrived and send again what is missing.',
  },
  'DISK-NEARLY-FULL': {
    status: 507,
    message: '存放影像的硬盘只剩 {free} MB',
    action: '请清理硬盘，或换一块更大的',
    english: 'Only {free} MiB free on the disk of the archive.',
    englishAction: 'Free some space on the disk, or use a larger one.',
  },
  'DISK-SILENT': {
    status: 500,
    message: '存放影像的硬盘没有响应（{detail}）',
    action: '请检查硬盘是否接好；仍不行请联系支持',
    english: 'The disk of the archive does not answer: {detail}.',
    englishAction: 'Check that the disk is connected; if it stays so, contact support.',
  },
  'OBJECT-NOT-WRITTEN': {
    status: 500,
    message: '写不进硬盘（{detail}）',
    action: '请检查硬盘，然后重新发送',
    english: 'The object could not be written ({detail}).',
    englishAction: 'Check the disk, then send it again.',
  },
} as const satisfies Record<string, ProblemEntry>
