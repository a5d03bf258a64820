import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { TlsTrust } from '../models/destination.ts'
import { type BothWords, inBoth } from '../problems/both-words.ts'
import { chinaDateTime } from '../text/china-time.ts'
import type { CloudReason } from './cloud-outcome.ts'
import { type HttpProblem, reasonOfProblem } from './http-problem.ts'
import { normalFingerprint, problemOfConnection } from './tls-connection.ts'

/** A server's certificate, for staff to compare with what the platform has told them, once, before its fingerprint is kept. */
export type SeenCertificate = {
  readonly kind: 'seen'
  /** SHA-256 of the certificate, upper-case hex with colons, as it is printed on paper. */
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  /** 'yyyy-MM-dd HH:mm:ss' in China. */
  readonly validFrom: string
  readonly validTo: string
  /** By the trust given, or by the system's authorities. */
  readonly trusted: boolean
  /** In words, why it is trusted or not. */
  readonly why: string
  readonly whyInEnglish: string
}

export type CertificateLook = SeenCertificate | { readonly kind: 'failed'; readonly reason: CloudReason }

/** Makes the TLS handshake and hangs up: not one byte of a request is sent, whoever answers. */
export function lookAtCertificate(
  address: string,
  options: { readonly trust?: TlsTrust; readonly connectMs?: number } = {},
): Promise<CertificateLook> {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:') return Promise.resolve({ kind: 'failed', reason: noTls })
  const { promise, resolve } = Promise.withResolvers<CertificateLook>()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const { trust } = options
  const socket = connect({
    host,
    port: Number(url.port) || 443,
    ...(trust?.caPem ? { ca: trust.caPem } : {}),
    ...(isIP(host) ? {} : { servername: host }),
    // Looking only: what is wrong with it is told below, and nothing is ever written to this socket.
    rejectUnauthorized: false,
  })
  const settle = (look: CertificateLook) => {
    clearTimeout(timer)
    resolve(look)
    socket.destroy()
  }
  const fail = (problem: HttpProblem) => settle({ kind: 'failed', reason: reasonOfProblem(problem) })
  const timer = setTimeout(() => fail('connect-timeout'), options.connectMs ?? 10_000)
  socket.on('error', (error) => fail(problemOfConnection(error)))
  socket.once('secureConnect', () => {
    const certificate = socket.getPeerX509Certificate()
    if (certificate) settle(describe(certificate, socket, trust))
    else fail('not-tls')
  })
  return promise
}

function describe(certificate: X509Certificate, socket: TLSSocket, trust: TlsTrust | undefined): SeenCertificate {
  const { trusted, why } = judge(certificate, socket, trust)
  const oneLine = (name: string | undefined) => (name ?? '').split('\n').join('，')
  return {
    kind: 'seen',
    fingerprint: certificate.fingerprint256,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: chinaDateTime(Date.parse(certificate.validFrom)),
    validTo: chinaDateTime(Date.parse(certificate.validTo)),
    trusted,
    why: why.chinese,
    whyInEnglish: why.english,
  }
}

/** The same decision as `openConnection` makes: a pin alone stands for itself; with a CA, both must hold. */
function judge(
  certificate: X509Certificate,
  socket: TLSSocket,
  trust: TlsTrust | undefined,
): { readonly trusted: boolean; readonly why: BothWords } {
  const pin = trust?.fingerprint ? normalFingerprint(trust.fingerprint) : undefined
  if (pin !== undefined && pin !== normalFingerprint(certificate.fingerprint256)) {
    return {
      trusted: false,
      why: inBoth(
        '与设置中的指纹不一致：证书已更换，或连到了别的服务器',
        'Its fingerprint is not the one in the settings: the certificate was changed, or this is another server.',
      ),
    }
  }
  if (pin !== undefined && !trust?.caPem)
    return { trusted: true, why: inBoth('与设置中的指纹一致', 'Its fingerprint is the one in the settings.') }
  if (socket.authorized) {
    const byOwn = inBoth('由设置中的 CA 签发', 'Issued by the CA in the settings.')
    const byKnown = inBoth('由受信任的机构签发', 'Issued by an authority that is trusted.')
    return { trusted: true, why: trust?.caPem ? byOwn : byKnown }
  }
  const code = String(socket.authorizationError ?? '')
  return { trusted: false, why: whyNot(problemOfConnection(Object.assign(new Error(), { code })), code) }
}

function whyNot(problem: HttpProblem, code: string): BothWords {
  if (problem === 'certificate-date') {
    const early = inBoth(
      '证书尚未生效（请先核对本机日期时间）',
      'It is not valid yet. Check date and time of this computer first.',
    )
    const late = inBoth(
      '证书已过期（请先核对本机日期时间）',
      'It has expired. Check date and time of this computer first.',
    )
    return code === 'CERT_NOT_YET_VALID' ? early : late
  }
  if (problem === 'certificate-name') return inBoth('证书不是签给这个地址的', 'It was not issued for this address.')
  return /SELF_SIGNED/.test(code)
    ? inBoth('自签证书，没有机构为它担保', 'It is self-signed: no authority vouches for it.')
    : inBoth('签发机构不受信任', 'Its issuer is not trusted.')
}

const noTls: CloudReason = {
  code: 'CLOUD-NO-TLS',
  message: '接口地址不是 https，没有证书可看',
  action: '请核对接口地址；正式接入应使用 https',
  english: 'The address does not begin with https, so there is no certificate to look at',
  englishAction: 'Check the address; real work should go over https',
}
