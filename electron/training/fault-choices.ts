import type { Fault } from './fault-script.ts'

/** A fault as the training page offers it. */
export type FaultChoice = { readonly id: string; readonly label: string; readonly fault: Fault }

/** Faults of the network and of servers in general; each cloud adds its own codes. */
export const commonFaults: readonly FaultChoice[] = [
  { id: 'login-page', label: '网络登录页（HTTP 200 的网页）', fault: { kind: 'html' } },
  { id: 'proxy-page', label: '代理错误页（HTTP 502 的网页）', fault: { kind: 'html', status: 502 } },
  { id: 'http-500', label: '服务器错误（HTTP 500）', fault: { kind: 'http-status', status: 500 } },
  { id: 'http-503', label: '维护中（HTTP 503）', fault: { kind: 'http-status', status: 503 } },
  {
    id: 'http-429',
    label: '繁忙，30 秒后再来（HTTP 429）',
    fault: { kind: 'http-status', status: 429, retryAfterSeconds: 30 },
  },
  { id: 'http-413', label: '内容过大（HTTP 413）', fault: { kind: 'http-status', status: 413 } },
  { id: 'http-204', label: '没有内容（HTTP 204）', fault: { kind: 'http-status', status: 204 } },
  {
    id: 'redirect',
    label: '要求转到别处（HTTP 302）',
    fault: { kind: 'redirect', location: 'http://training.invalid/' },
  },
  { id: 'cut-json', label: '已处理，应答残缺', fault: { kind: 'cut-json' } },
  { id: 'empty-body', label: '已处理，应答为空', fault: { kind: 'empty-body' } },
  { id: 'duplicate-keys', label: '已处理，应答自相矛盾', fault: { kind: 'odd-answer', how: 'duplicate-keys' } },
  { id: 'bom', label: '应答带 BOM', fault: { kind: 'odd-answer', how: 'bom' } },
  { id: 'gbk', label: '应答为 GBK 编码', fault: { kind: 'odd-answer', how: 'gbk' } },
  { id: 'reset-before', label: '读请求前断开', fault: { kind: 'reset-before-body' } },
  { id: 'reset-after', label: '已处理，未应答就断开', fault: { kind: 'reset-after-processing' } },
  { id: 'slow', label: '已处理，90 秒后才应答', fault: { kind: 'slow', ms: 90_000 } },
  { id: 'slow-body', label: '已处理，应答传到一半停 90 秒', fault: { kind: 'slow-body', ms: 90_000 } },
]

/** A refusal of the cloud, as its document words it. */
export function codeFault(code: number, text: string): FaultChoice {
  return { id: `code-${code}-${text}`, label: `${code} ${text}`, fault: { kind: 'answer-code', code, message: text } }
}
