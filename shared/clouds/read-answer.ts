import type { CloudFailure, CloudReason } from './cloud-outcome.ts'
import { hasDuplicateKeys } from './duplicate-keys.ts'
import { needsSettings, reasonOfProblem } from './http-problem.ts'
import type { HttpResult } from './http-transport.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** An answer as a cloud writes it: a JSON object. `text` is the same, as it came. */
export type CloudAnswer =
  | { readonly kind: 'json'; readonly status: number; readonly body: JsonObject; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: CloudFailure; readonly status?: number }

/**
 * Decides what came back. Only a JSON object goes on to a cloud's own codes. The rest never counts as success: a login page of the
 * network, a proxy's error page, half a JSON, a redirect (which is never followed).
 */
export function readAnswer(result: HttpResult): CloudAnswer {
  if (result.kind === 'failed') {
    const reason = reasonOfProblem(result.problem)
    if (needsSettings(result.problem)) return { kind: 'failure', failure: { kind: 'fix-settings', reason } }
    const maybe = result.sent === 'wholly' ? { maybeReceived: true } : {}
    return { kind: 'failure', failure: { kind: 'retry', reason, ...maybe } }
  }
  const { status } = result
  if (status >= 300 && status < 400) return failure(status, words.redirect)
  const text = decode(result.body, result.contentType).trim()
  const body = parseObject(text)
  if (body) return { kind: 'json', status, body, text }
  if (status !== 200) return { kind: 'failure', status, failure: laterIfAsked(failureOfStatus(status), result.retryAt) }
  if (text.startsWith('<')) return failure(status, words.html)
  return { kind: 'failure', status, failure: { kind: 'retry', reason: words.cut, maybeReceived: true } }
}

/** A busy server may say when it wants to be asked again. */
function laterIfAsked(failure: CloudFailure, retryAt: number | undefined): CloudFailure {
  if (retryAt === undefined || failure.kind !== 'retry' || failure.maybeReceived) return failure
  return { kind: 'wait-until', until: retryAt, reason: failure.reason }
}

const failure = (status: number, reason: CloudReason): CloudAnswer => ({
  kind: 'failure',
  status,
  failure: { kind: 'retry', reason },
})

const logIn =
  'Open a browser and make sure that you are logged in to the network; it is tried again by itself, and if it keeps failing, check the address of the cloud'

const words = {
  redirect: {
    code: 'CLOUD-REDIRECT',
    message: '服务器要求转到另一个地址，可能是网络登录页；为保护患者信息没有跟随',
    action: '请打开浏览器确认网络已登录；稍后会自动重试，若持续出现请核对接口地址',
    english:
      'The server points to another address, perhaps a login page of the network; it was not followed, to protect the patient’s data',
    englishAction: logIn,
  },
  html: {
    code: 'CLOUD-HTML',
    message: '收到的是网页而不是接口应答，可能是网络登录页或代理服务器的提示页',
    action: '请打开浏览器确认网络已登录；稍后会自动重试，若持续出现请核对接口地址',
    english: 'A web page came instead of an answer, perhaps a login page of the network or a notice of a proxy',
    englishAction: logIn,
  },
  cut: {
    code: 'CLOUD-JSON',
    message: '服务器应答残缺或无法识别，不能确定对方是否已收到',
    action: '稍后会先核实再重试；若持续出现请联系平台',
    english: 'The server’s answer is damaged or cannot be read, so it is not certain what it has received',
    englishAction:
      'Yingzhan checks what arrived, then tries again by itself; if it keeps failing, contact the platform',
  },
} as const satisfies Record<string, Required<CloudReason>>

/** An HTTP status (RFC 9110) that is not 200, when the body says nothing of its own. */
export function failureOfStatus(status: number): CloudFailure {
  const code = `CLOUD-HTTP-${status}`
  if (status === 429 || status === 408) {
    return {
      kind: 'retry',
      reason: {
        code,
        message: '服务器繁忙，要求放慢速度',
        action: '稍后会自动重试，无需处理',
        english: 'The server is busy and asks for a slower pace',
        englishAction: 'It is tried again by itself; nothing needs doing',
      },
    }
  }
  if (status >= 500) {
    const reason = {
      code,
      message: `云端服务暂时不可用（HTTP ${status}）`,
      action: '稍后会自动重试；若持续出现请联系平台',
      english: `The cloud’s service is not available at the moment (HTTP ${status})`,
      englishAction: 'It is tried again by itself; if it keeps failing, contact the platform',
    }
    return status === 503 ? { kind: 'retry', reason } : { kind: 'retry', reason, maybeReceived: true }
  }
  if (status === 401 || status === 403) {
    return {
      kind: 'fix-settings',
      reason: {
        code,
        message: `云端拒绝访问（HTTP ${status}）`,
        action: '请核对设置中的接口地址和密钥，或联系平台开通权限',
        english: `The cloud refuses access (HTTP ${status})`,
        englishAction: 'Check address and secrets in Settings, or ask the platform to grant access',
      },
    }
  }
  if (status === 413) {
    return {
      kind: 'unknown',
      reason: {
        code,
        message: '内容超过云端服务器允许的大小（HTTP 413）',
        action: '请联系平台放宽上传大小；影像可先检查是否误传',
        english: 'This is larger than the cloud’s server takes (HTTP 413)',
        englishAction:
          'Ask the platform to allow larger uploads; if it is an image, check first that it was not sent here by mistake',
      },
    }
  }
  return {
    kind: 'unknown',
    reason: {
      code,
      message: `云端没有按约定应答（HTTP ${status}）`,
      action: '请核对接口地址；若地址无误请联系平台',
      english: `The cloud’s answer is not the agreed one (HTTP ${status})`,
      englishAction: 'Check the address of the cloud; if it is right, contact the platform',
    },
  }
}

/** The charset the server names, else UTF-8; GB 18030 where the bytes are no UTF-8. */
function decode(body: Buffer, contentType: string): string {
  const named = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  for (const charset of [/^gb/i.test(named) ? 'gb18030' : 'utf-8', 'gb18030']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(body)
    } catch {
      // Not in this charset; the next one.
    }
  }
  return ''
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    // An answer that says one thing twice may say two things: it counts as damaged.
    return isObject && !hasDuplicateKeys(text) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
