import type { CloudReason } from './cloud-outcome.ts'

/** Why a request got no whole answer. */
export type HttpProblem = keyof typeof problemWords

/** What happened and why, what to do now. `settings`: trying again can't help until somebody looks at the settings. */
const problemWords = {
  'bad-address': ['接口地址无法识别', '请在设置中核对接口地址（以 http:// 或 https:// 开头）', 'settings'],
  'bad-trust-settings': ['设置中的 CA 证书文件无法识别', '请在设置中重新选择 PEM 格式的证书文件', 'settings'],
  'name-not-found': ['找不到服务器，可能断网或域名解析异常', '请检查网络；网络恢复后会自动重试', 'retry'],
  refused: [
    '服务器拒绝连接，可能服务未启动或端口有误',
    '稍后会自动重试；若持续出现，请联系平台并核对地址和端口',
    'retry',
  ],
  unreachable: ['网络不通，无法到达服务器', '请检查网线、路由器和专线；恢复后会自动重试', 'retry'],
  'connect-timeout': ['连接服务器超时', '请检查网络；稍后会自动重试', 'retry'],
  'certificate-date': [
    '服务器证书已过期或尚未生效，未发送任何数据',
    '请核对本机日期时间；时间无误时请联系平台更换证书',
    'retry',
  ],
  'certificate-name': [
    '服务器证书与地址不符，未发送任何数据',
    '若弹出网络登录页请先登录；否则请核对接口地址，或在设置中填写证书指纹',
    'retry',
  ],
  'certificate-untrusted': [
    '服务器证书不受信任，未发送任何数据',
    '若弹出网络登录页请先登录；若为自签证书，请在设置中导入 CA 证书或填写证书指纹',
    'retry',
  ],
  'certificate-changed': [
    '服务器证书与设置中的指纹不一致，未发送任何数据',
    '请向平台确认是否更换了证书；确认后在设置中更新指纹',
    'settings',
  ],
  'not-tls': ['对方没有按 HTTPS 应答', '请核对接口地址是 http 还是 https；稍后会自动重试', 'retry'],
  reset: ['连接中断', '稍后会自动重试；若持续出现，请检查网络', 'retry'],
  stalled: ['发送途中网络停滞', '稍后会自动重试；若持续出现，请检查上行带宽', 'retry'],
  'no-answer': ['数据已发出，但服务器没有应答', '稍后会先核实再重试', 'retry'],
  'answer-too-slow': ['服务器应答过慢', '稍后会先核实再重试', 'retry'],
  'answer-cut': ['服务器应答未传完，连接就断了', '稍后会先核实再重试', 'retry'],
  'answer-too-large': ['服务器应答过长，无法识别', '稍后会自动重试；若持续出现，请核对接口地址', 'retry'],
  'file-unreadable': ['本机文件读取失败', '请检查存储磁盘；稍后会自动重试', 'retry'],
  stopped: ['发送被中止，影站正在停止', '重新启动后会继续', 'retry'],
} as const satisfies Record<string, readonly [message: string, action: string, kind: 'retry' | 'settings']>

/** In words for staff, with the code to quote: 'CLOUD-CONNECT-TIMEOUT'. Says nothing of what was sent. */
export function reasonOfProblem(problem: HttpProblem): CloudReason {
  const [message, action] = problemWords[problem]
  return { code: `CLOUD-${problem.toUpperCase()}`, message, action }
}

export function needsSettings(problem: HttpProblem): boolean {
  return problemWords[problem][2] === 'settings'
}
