import type { ProblemEntry } from './problem-entry.ts'

/** Every alarm that the station can raise. One that is not here cannot be raised: alarm.ts. */
export const alarmProblems = {
  'ARCHIVE-FILE-MISSING': {
    status: 500,
    message: '存档影像 {version} 的文件缺失（{file}）',
    action: '请从设备重新发送该影像，并检查磁盘',
    english: 'The file of the stored image {version} is missing ({file}).',
    englishAction: 'Send the image again from the device, and check the disk.',
  },
  'ARCHIVE-FILE-ALTERED': {
    status: 500,
    message: '存档影像 {version} 的文件与接收时不一致（可能磁盘损坏），未发出',
    action: '请从设备重新发送该影像，并检查磁盘',
    english:
      'The file of the stored image {version} is not as it was received (the disk may be failing); it was not given out.',
    englishAction: 'Send the image again from the device, and check the disk.',
  },
  'ARCHIVE-CUT-SHORT': {
    status: 409,
    message: '{device} 发来的一幅影像不完整（缺少末尾），已按原样保存：{sopInstanceUid}',
    action: '请在设备上重新发送；收到完整的一份后，在“未匹配”页选它为准',
    english: 'An image from {device} is cut short; it is kept as it came: {sopInstanceUid}.',
    englishAction: 'Send it again from the device; when the whole one has come, choose it on the page “Unmatched”.',
  },
  'ARCHIVE-OTHER-BYTES': {
    status: 409,
    message: '同一影像号收到不同内容（来自 {device}），两份都已保存：{sopInstanceUid}',
    action: '请在“未匹配”页看图选一份为准',
    english: 'Another image came under the same SOP Instance UID (from {device}); both are kept: {sopInstanceUid}.',
    englishAction: 'Look at both on the page “Unmatched” and choose the one that counts.',
  },
  'OBJECTS-QUARANTINED': {
    status: 409,
    message: '隔离区近 7 天有 {count} 个对象没能收下{from}',
    action: '请核对设备上的影像是否都已到站，缺少的请重新发送；仍收不下请联系支持',
    english: 'Objects of the last 7 days that could not be taken and lie in quarantine: {count}{from}.',
    englishAction:
      'Check that every image on the device has arrived and send again what is missing; if it is refused again, contact support.',
  },
  'STUDY-TWO-PEOPLE': {
    status: 409,
    message: '同一组影像里有两位患者（{different}）',
    action: '请核对这组影像属于谁：确认归入它的检查，或改归另一个检查；在此之前不再上传它',
    english: 'One study names two people ({different}).',
    englishAction:
      'See whose images they are: confirm the exam of this study, or move it to another one. Until then no more of it is uploaded.',
  },
  'CORRECTION-LETTER': {
    status: 409,
    message: '检查 {accessionNumber} 的影像曾误传到“{destination}”，该平台不能撤回',
    action: '请在检查页打印更正函并送交',
    english:
      'Images were sent to “{destination}” for the wrong exam {accessionNumber}; that platform cannot recall them.',
    englishAction: 'Print the letter of correction on the page of the exam and hand it in.',
  },
  'CORRECTION-TELL': {
    status: 409,
    message: '检查 {accessionNumber} 的影像曾误传到“{destination}”',
    action: '请通知对方删除或更正，完成后在检查页点“已处理”',
    english: 'Images were sent to “{destination}” for the wrong exam {accessionNumber}.',
    englishAction: 'Ask them to delete or correct it, then say so on the page of the exam.',
  },
  'RECONCILE-DIFFERS': {
    status: 409,
    message: '“{destination}”：与腾讯影像云对账不一致的检查：{exams}',
    action: '请核对这些检查的上传情况，并联系平台',
    english: '“{destination}”: the cloud does not agree about these exams: {exams}.',
    englishAction: 'Check the uploads of these exams, and contact the platform.',
  },
  'RECONCILE-OVERDUE': {
    status: 409,
    message: '“{destination}”已 {days} 天没有完成每日对账。{why}',
    action: '请检查网络和目的地设置，影站每小时会再试',
    english: 'The daily reconciliation with “{destination}” has not been done for {days} days: {why}.',
    englishAction: 'Check the network and the settings of the destination; it is tried again every hour.',
  },
  'COMMITMENT-UNDELIVERED': {
    status: 409,
    message: '设备“{device}”的 {requests} 份存储确认还没有送达：{why}',
    action: '请在“设置 - 设备”核对它的地址和端口',
    english: 'Storage commitment reports that have not reached the device “{device}”: {requests}. {why}.',
    englishAction: 'Check its address and port in “Settings - Devices”.',
  },
  'CALLBACK-PORT': {
    status: 409,
    message: '不能在 {where} 接收腾讯影像云的状态回调',
    action: '请核对“设置 - 腾讯影像云”中的回调地址和端口，或关闭占用它的程序',
    english: 'Cannot listen on {where} for the status callbacks of the Tencent cloud.',
    englishAction:
      'Check the callback address and port in “Settings - Tencent AIMIS”, or close the program that uses it.',
  },
  'BACKUP-NOT-MADE': {
    status: 500,
    message: '备份没有成功（{at}）：{why}（{cause}）',
    action: '{remedy}',
    english: 'The backup of {at} was not made: {why} ({cause})',
    englishAction: '{remedy}',
  },
  'BACKUP-LATE': {
    status: 409,
    message: '最近一次备份是 {at}',
    action: '请检查备份盘是否插好',
    english: 'The last backup was made at {at}.',
    englishAction: 'Check that the backup disk is plugged in.',
  },
  'DICOM-PORT': {
    status: 409,
    message: '不能在端口 {port} 接收 DICOM（{detail}）',
    action: '请关闭占用该端口的程序，或在设置中换一个端口；每分钟会自动再试',
    english: 'Cannot listen for DICOM on port {port} ({detail}).',
    englishAction:
      'Close the program that uses the port, or choose another one in the settings; it is tried again every minute.',
  },
  'DICOM-TLS-UNUSABLE': {
    status: 400,
    message: '这份证书和私钥不能用于加密：{detail}',
    action: '请换用 RSA 2048 位以上或 ECDSA P-256 的证书，签名算法为 SHA-256 或更强',
    english: 'The certificate and key cannot be used: {detail}',
    englishAction: 'Use a certificate of RSA 2048 bits or more, or ECDSA P-256, signed with SHA-256 or stronger.',
  },
  'DICOM-TLS-LAPSED': {
    status: 409,
    message: 'DICOM 加密接收所用的证书已过期，设备可能拒绝连接',
    action: '请在“设置 - 设备”中换用新的证书',
    english: 'The certificate of DICOM over TLS has expired; devices may refuse the connection.',
    englishAction: 'Put a new certificate into “Settings - Devices”.',
  },
  'DICOM-TLS-LAPSES': {
    status: 409,
    message: 'DICOM 加密接收所用的证书将在 {days} 天内过期',
    action: '请及早在“设置 - 设备”中换用新的证书',
    english: 'The certificate of DICOM over TLS expires within {days} days.',
    englishAction: 'Put a new certificate into “Settings - Devices” in time.',
  },
} as const satisfies Record<string, ProblemEntry>
