import type { HttpProblem } from '../../../shared/clouds/http-problem.ts'

/** 'dead': whoever scans it finds nothing there. 'unknown': it could not be tried from here, which says nothing about a phone. */
export type AddressVerdict = 'answers' | 'dead' | 'unknown'

/** What came of asking an address. */
export type AddressFinding =
  | { readonly kind: 'status'; readonly status: number }
  /** The name server says that there is no such name. `isOnline`: a cloud's name leads to the open internet at the same time. */
  | { readonly kind: 'no-such-name'; readonly isOnline: boolean }
  | { readonly kind: 'failed'; readonly problem: HttpProblem }
  | { readonly kind: 'too-many-redirects' }

/**
 * Only what is certain is dead: 404 and 410 (RFC 9110 15.5.5, 15.5.11), and a name that is not there while others are. A refusal (401,
 * 403), a server in trouble (5xx), a certificate that this computer does not trust, a port that is closed while a gateway starts anew, a
 * line that is down: a phone may get through all the same, or later, and a clinic without internet must print.
 */
export function judgeAddress(finding: AddressFinding): AddressVerdict {
  switch (finding.kind) {
    case 'status': {
      const { status } = finding
      if (status >= 200 && status < 300) return 'answers'
      return status === 404 || status === 410 ? 'dead' : 'unknown'
    }
    case 'no-such-name':
      return finding.isOnline ? 'dead' : 'unknown'
    case 'failed':
    case 'too-many-redirects':
      return 'unknown'
  }
}

/** No answer of any kind came from there, so that its other addresses need not be waited for. */
export const isSilent = (finding: AddressFinding): boolean => finding.kind === 'failed'

/** An answer's head, without its body. */
export type AnswerHead = { readonly status: number; readonly location: string | undefined }

export type NextQuestion =
  | { readonly kind: 'done' }
  /** The same address with GET. */
  | { readonly kind: 'ask-with-get' }
  | { readonly kind: 'follow'; readonly url: URL }

const redirects = [301, 302, 303, 307, 308]
/** What servers say that know no HEAD, or answer it out of hand; only GET, as a phone asks, settles it. */
const doubtfulForHead = [400, 404, 405, 410, 501]

/** What to ask next after this answer of `url`. A redirect to something else than a web address ends it. */
export function nextQuestion(url: URL, method: 'HEAD' | 'GET', { status, location }: AnswerHead): NextQuestion {
  if (redirects.includes(status)) {
    const target = location === undefined ? null : URL.parse(location, url)
    const isWeb = target?.protocol === 'http:' || target?.protocol === 'https:'
    return target && isWeb ? { kind: 'follow', url: target } : { kind: 'done' }
  }
  return method === 'HEAD' && doubtfulForHead.includes(status) ? { kind: 'ask-with-get' } : { kind: 'done' }
}
