import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { failAt, type Problem, type ProblemCode } from '../../../shared/problems/problem.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'

/** How DICOM over TLS is offered. PEM texts: `certificate` is the station's own and what leads up to its authority. */
export type DicomTlsSettings = {
  readonly enabled: boolean
  readonly port: number
  readonly clientCertificate: 'none' | 'required'
  readonly only: boolean
  readonly certificate: string
  readonly privateKey: string
  readonly authorities: string
}

/** The certificates in a PEM text, and nothing else of it: a private key that was pasted along must not be read back. */
export const certificatesIn = (pem: string): readonly string[] =>
  pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

/** The first private key in a PEM text, '' where there is none. */
export const privateKeyIn = (pem: string): string =>
  /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(pem)?.[0] ?? ''

/**
 * Pure. Why these settings cannot be used at `now` (milliseconds), as a problem for people; undefined: they can. What is given has
 * to be readable even while TLS is off; that all is there, and in date, only when it is on. `plainPort`: the port without TLS.
 */
export function checkDicomTls(settings: DicomTlsSettings, now: number, plainPort: number): Problem | undefined {
  const { enabled, certificate, privateKey, authorities } = settings
  const own = certificate === '' ? [] : readCertificates(certificate)
  const trusted = authorities === '' ? [] : readCertificates(authorities)
  if (!own) return at('certificate', 'DICOM-TLS-CERTIFICATE-UNREADABLE', { what: '证书' })
  if (!trusted) return at('authorities', 'DICOM-TLS-CERTIFICATE-UNREADABLE', { what: '受信任的 CA 证书' })
  const key = privateKey === '' ? undefined : readKey(privateKey)
  if (typeof key === 'string') return at('privateKey', key)
  if (key && own[0] && !own[0].checkPrivateKey(key)) return at('privateKey', 'DICOM-TLS-KEY-MISMATCH')
  if (!enabled) return undefined
  if (!own[0]) return at('certificate', 'DICOM-TLS-CERTIFICATE-MISSING', { what: '证书' })
  if (!key) return at('privateKey', 'DICOM-TLS-CERTIFICATE-MISSING', { what: '私钥' })
  if (settings.port !== 0 && settings.port === plainPort && !settings.only)
    return at('port', 'DICOM-TLS-PORT', { port: settings.port })
  if (settings.clientCertificate === 'required' && trusted.length === 0)
    return at('authorities', 'DICOM-TLS-AUTHORITY-MISSING')
  return outOfDate(own[0], now) ?? unusable(settings)
}

/** The field of the form that has to be changed. */
function at(field: string, code: ProblemCode, words?: Problem['with']): Problem | undefined {
  const refused = failAt(field, code, words)
  return refused.ok ? undefined : refused.problem
}

/** When the station's certificate ends, in milliseconds; undefined where there is none. */
export function certificateEnds({ certificate }: DicomTlsSettings): number | undefined {
  const end = readCertificates(certificate)?.[0]?.validTo
  return end === undefined ? undefined : Date.parse(end)
}

function outOfDate({ validFrom, validTo }: X509Certificate, now: number): Problem | undefined {
  if (now > Date.parse(validTo))
    return at('certificate', 'DICOM-TLS-EXPIRED', { date: chinaDateTime(Date.parse(validTo)) })
  if (now >= Date.parse(validFrom)) return undefined
  return at('certificate', 'DICOM-TLS-NOT-YET-VALID', { date: chinaDateTime(Date.parse(validFrom)) })
}

/** OpenSSL has the last word: it refuses keys that are too short, and signatures that are no longer safe. */
function unusable({ certificate, privateKey, authorities }: DicomTlsSettings): Problem | undefined {
  try {
    createSecureContext({ cert: certificate, key: privateKey, ...(authorities && { ca: authorities }) })
    return undefined
  } catch (error) {
    const { reason, code } = error as { readonly reason?: string; readonly code?: string }
    return at('certificate', 'DICOM-TLS-UNUSABLE', { detail: reason ?? code ?? '' })
  }
}

function readCertificates(pem: string): readonly X509Certificate[] | undefined {
  const blocks = certificatesIn(pem)
  if (blocks.length === 0) return undefined
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch {
    return undefined
  }
}

function readKey(pem: string): KeyObject | ProblemCode {
  if (/ENCRYPTED/.test(pem)) return 'DICOM-TLS-KEY-ENCRYPTED'
  try {
    return createPrivateKey(pem)
  } catch {
    return 'DICOM-TLS-KEY-UNREADABLE'
  }
}
