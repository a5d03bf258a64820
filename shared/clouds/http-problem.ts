import type { CloudReason } from './cloud-outcome.ts'

/** Why a request got no whole answer. */
export type HttpProblem = keyof typeof problemWords

/** What happened and why, what to do now. `settings`: trying again can't help until somebody looks at the settings. */
const problemWords = {
  'bad-address': {
    message: '接口地址无法识别',
    action: '请在设置中核对接口地址（以 http:// 或 https:// 开头）',
    english: 'The address of the cloud cannot be read',
    englishAction: 'Check the address in Settings (it begins with http:// or https://)',
    kind: 'settings',
  },
  'bad-trust-settings': {
    message: '设置中的 CA 证书文件无法识别',
    action: '请在设置中重新选择 PEM 格式的证书文件',
    english: 'The root certificate in Settings cannot be read',
    englishAction: 'Choose the root certificate again in Settings, a file in PEM format',
    kind: 'settings',
  },
  'name-not-found': {
    message: '找不到服务器，可能断网或域名解析异常',
    action: '请检查网络；网络恢复后会自动重试',
    english: 'The server was not found: the network may be down, or its name cannot be looked up',
    englishAction: 'Check the network; sending is tried again by itself once the network is back',
    kind: 'retry',
  },
  refused: {
    message: '服务器拒绝连接，可能服务未启动或端口有误',
    action: '稍后会自动重试；若持续出现，请联系平台并核对地址和端口',
    english: 'The server refused the connection: its service may be down, or the port may be wrong',
    englishAction: 'It is tried again by itself; if it keeps failing, check address and port with the platform',
    kind: 'retry',
  },
  unreachable: {
    message: '网络不通，无法到达服务器',
    action: '请检查网线、路由器和专线；恢复后会自动重试',
    english: 'There is no way through the network to the server',
    englishAction: 'Check the cable, the router and the leased line; sending is tried again by itself afterwards',
    kind: 'retry',
  },
  'connect-timeout': {
    message: '连接服务器超时',
    action: '请检查网络；稍后会自动重试',
    english: 'Connecting to the server took too long',
    englishAction: 'Check the network; it is tried again by itself',
    kind: 'retry',
  },
  'certificate-date': {
    message: '服务器证书已过期或尚未生效，未发送任何数据',
    action: '请核对本机日期时间；时间无误时请联系平台更换证书',
    english: 'The server’s certificate has expired or is not valid yet; nothing was sent',
    englishAction: 'Check date and time of this computer; if they are right, ask the platform for a new certificate',
    kind: 'retry',
  },
  'certificate-name': {
    message: '服务器证书与地址不符，未发送任何数据',
    action: '若弹出网络登录页请先登录；否则请核对接口地址，或在设置中填写证书指纹',
    english: 'The server’s certificate is for another address; nothing was sent',
    englishAction:
      'If a login page of the network comes up, log in there first; otherwise check the address, or enter the certificate fingerprint in Settings',
    kind: 'retry',
  },
  'certificate-untrusted': {
    message: '服务器证书不受信任，未发送任何数据',
    action: '若弹出网络登录页请先登录；若为自签证书，请在设置中导入 CA 证书或填写证书指纹',
    english: 'The server’s certificate is not trusted; nothing was sent',
    englishAction:
      'If a login page of the network comes up, log in there first; for a self-signed certificate, add the root certificate or enter the certificate fingerprint in Settings',
    kind: 'retry',
  },
  'certificate-changed': {
    message: '服务器证书与设置中的指纹不一致，未发送任何数据',
    action: '请向平台确认是否更换了证书；确认后在设置中更新指纹',
    english: 'The server’s certificate is not the one whose fingerprint is in Settings; nothing was sent',
    englishAction:
      'Ask the platform whether the certificate was replaced; if so, enter its new fingerprint in Settings',
    kind: 'settings',
  },
  'not-tls': {
    message: '对方没有按 HTTPS 应答',
    action: '请核对接口地址是 http 还是 https；稍后会自动重试',
    english: 'The other side does not speak HTTPS',
    englishAction: 'Check whether the address begins with http or https; it is tried again by itself',
    kind: 'retry',
  },
  reset: {
    message: '连接中断',
    action: '稍后会自动重试；若持续出现，请检查网络',
    english: 'The connection broke off',
    englishAction: 'It is tried again by itself; if it keeps failing, check the network',
    kind: 'retry',
  },
  stalled: {
    message: '发送途中网络停滞',
    action: '稍后会自动重试；若持续出现，请检查上行带宽',
    english: 'The network stalled while sending',
    englishAction: 'It is tried again by itself; if it keeps failing, check the upload bandwidth',
    kind: 'retry',
  },
  'no-answer': {
    message: '数据已发出，但服务器没有应答',
    action: '稍后会先核实再重试',
    english: 'Everything was sent, but the server did not answer',
    englishAction: 'Yingzhan checks what arrived, then tries again by itself',
    kind: 'retry',
  },
  'answer-too-slow': {
    message: '服务器应答过慢',
    action: '稍后会先核实再重试',
    english: 'The server’s answer came too slowly',
    englishAction: 'Yingzhan checks what arrived, then tries again by itself',
    kind: 'retry',
  },
  'answer-cut': {
    message: '服务器应答未传完，连接就断了',
    action: '稍后会先核实再重试',
    english: 'The connection broke off before the server’s answer was complete',
    englishAction: 'Yingzhan checks what arrived, then tries again by itself',
    kind: 'retry',
  },
  'answer-too-large': {
    message: '服务器应答过长，无法识别',
    action: '稍后会自动重试；若持续出现，请核对接口地址',
    english: 'The server’s answer is too long to be read',
    englishAction: 'It is tried again by itself; if it keeps failing, check the address',
    kind: 'retry',
  },
  'file-unreadable': {
    message: '本机文件读取失败',
    action: '请检查存储磁盘；稍后会自动重试',
    english: 'A file on this computer could not be read',
    englishAction: 'Check the storage disk; it is tried again by itself',
    kind: 'retry',
  },
  stopped: {
    message: '发送被中止，影站正在停止',
    action: '重新启动后会继续',
    english: 'Sending was broken off because Yingzhan is stopping',
    englishAction: 'It goes on after the next start',
    kind: 'retry',
  },
} as const satisfies Record<string, Required<Omit<CloudReason, 'code'>> & { readonly kind: 'retry' | 'settings' }>

/** In words for staff, with the code to quote: 'CLOUD-CONNECT-TIMEOUT'. Says nothing of what was sent. */
export function reasonOfProblem(problem: HttpProblem): CloudReason {
  const { kind: _, ...words } = problemWords[problem]
  return { code: `CLOUD-${problem.toUpperCase()}`, ...words }
}

export function needsSettings(problem: HttpProblem): boolean {
  return problemWords[problem].kind === 'settings'
}
