import type { ProblemEntry } from './problem-entry.ts'

/** What can be wrong with the certificate and the key of DICOM over TLS. What stands for days is in alarm-entries.ts. */
export const dicomTlsProblems = {
  'DICOM-TLS-CERTIFICATE-MISSING': {
    status: 400,
    message: '要开启 DICOM 加密接收，还缺少{what}',
    action: '请粘贴 PEM 格式的本站证书和私钥；没有证书时请向信息科或设备厂家的工程师索取，也可用 openssl 自制',
    english: 'DICOM over TLS needs a certificate and its private key (PEM).',
    englishAction:
      'Paste the certificate and the private key of this station in PEM; if you have none, ask your IT staff or the engineer of the device’s maker, or make one with openssl.',
  },
  'DICOM-TLS-CERTIFICATE-UNREADABLE': {
    status: 400,
    message: '{what}不是可读的 PEM 证书',
    action: '请完整粘贴，从 -----BEGIN CERTIFICATE----- 到 -----END CERTIFICATE-----；.pfx、.der 文件请先转换为 PEM',
    english: 'Not a readable PEM certificate.',
    englishAction:
      'Paste all of it, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----; convert a .pfx or .der file to PEM first.',
  },
  'DICOM-TLS-KEY-UNREADABLE': {
    status: 400,
    message: '私钥不是可读的 PEM 私钥',
    action: '请完整粘贴，从 -----BEGIN PRIVATE KEY----- 到 -----END PRIVATE KEY-----',
    english: 'Not a readable PEM private key.',
    englishAction: 'Paste all of it, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.',
  },
  'DICOM-TLS-KEY-ENCRYPTED': {
    status: 400,
    message: '私钥带有密码，本站不能使用',
    action: '请先去掉密码（openssl pkey -in 私钥.pem -out 新私钥.pem）再粘贴；本站会加密保存',
    english: 'The private key is protected by a password, so the station cannot use it.',
    englishAction:
      'Remove the password first (openssl pkey -in key.pem -out newkey.pem), then paste it; the station keeps it encrypted.',
  },
  'DICOM-TLS-KEY-MISMATCH': {
    status: 400,
    message: '私钥与证书不是一对',
    action: '请核对是否拿错了文件；证书链中本站证书须排在第一个',
    english: 'The private key does not belong to the certificate.',
    englishAction: 'Check whether a wrong file was taken; in a chain the certificate of this station comes first.',
  },
  'DICOM-TLS-EXPIRED': {
    status: 400,
    message: '证书已于 {date} 过期',
    action: '请换用新的证书；若刚刚签发，请先核对本机日期时间',
    english: 'The certificate expired on {date}.',
    englishAction: 'Use a new certificate; if this one was just issued, check date and time of this computer first.',
  },
  'DICOM-TLS-NOT-YET-VALID': {
    status: 400,
    message: '证书从 {date} 起才有效',
    action: '请先核对本机日期时间，或换用现在有效的证书',
    english: 'The certificate is not valid before {date}.',
    englishAction: 'Check date and time of this computer first, or use a certificate that is valid now.',
  },
  'DICOM-TLS-AUTHORITY-MISSING': {
    status: 400,
    message: '要求设备出示证书，但没有填写受信任的 CA 证书',
    action: '请粘贴签发设备证书的 CA 证书（PEM），或改为不要求设备证书',
    english: 'Client certificates are required, but no authority is given.',
    englishAction:
      'Paste the CA certificate (PEM) that issued those of the devices, or do not require device certificates.',
  },
  'DICOM-TLS-PORT': {
    status: 400,
    message: '加密端口 {port} 与不加密的端口相同',
    action: '请换一个端口（通常是 2762），或选择“只接受加密连接”',
    english: 'Port {port} is the port without TLS.',
    englishAction: 'Choose another port (usually 2762), or take encrypted connections only.',
  },
} as const satisfies Record<string, ProblemEntry>
