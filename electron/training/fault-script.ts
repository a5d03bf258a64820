/** What a simulated cloud does wrong, once per `times`. */
export type Fault =
  /** Refuses with this code and does nothing. */
  | { readonly kind: 'answer-code'; readonly code: number; readonly message?: string; readonly httpStatus?: number }
  /** Answers with this HTTP status and an empty body; does nothing. */
  | { readonly kind: 'http-status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** A page instead of an answer, HTTP 200 (a login page of the network) or another (a proxy's error page); does nothing. */
  | { readonly kind: 'html'; readonly status?: number }
  /** HTTP 302, or another of the 3xx; does nothing. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  /** Does what was asked, then sends half of its answer. */
  | { readonly kind: 'cut-json' }
  /** Does what was asked, then answers HTTP 200 without a word. */
  | { readonly kind: 'empty-body' }
  /** Does what was asked; its answer is right but oddly written: a byte order mark, GBK, a member twice, another content type. */
  | { readonly kind: 'odd-answer'; readonly how: 'bom' | 'gbk' | 'duplicate-keys' | 'content-type' }
  /** Breaks the connection before it has read the request. */
  | { readonly kind: 'reset-before-body' }
  /** Does what was asked, then breaks the connection instead of answering. */
  | { readonly kind: 'reset-after-processing' }
  /** Does what was asked and answers after so many milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Does what was asked, sends the head of its answer and half of the body, the rest after so many milliseconds. */
  | { readonly kind: 'slow-body'; readonly ms: number }

/** `call`: a call's name as in its path ('study/add', 'savePatientExam'), or '*' for any. */
export type FaultRule = { readonly call: string; readonly times: number; readonly fault: Fault }

export type FaultScript = {
  readonly add: (rule: FaultRule) => void
  /** The fault for this call, if there is one left; rules are used in the order in which they were added. */
  readonly take: (call: string) => Fault | undefined
  readonly pending: () => readonly FaultRule[]
  readonly clear: () => void
}

export function createFaultScript(rules: readonly FaultRule[] = []): FaultScript {
  let left = [...rules]
  return {
    add: (rule) => {
      left.push(rule)
    },
    take: (call) => {
      const index = left.findIndex((rule) => rule.times > 0 && (rule.call === call || rule.call === '*'))
      const rule = left[index]
      if (!rule) return undefined
      left[index] = { ...rule, times: rule.times - 1 }
      left = left.filter((r) => r.times > 0)
      return rule.fault
    },
    pending: () => [...left],
    clear: () => {
      left = []
    },
  }
}
