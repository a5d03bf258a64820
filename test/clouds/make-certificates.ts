import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type ServerCertificate = { readonly cert: string; readonly key: string }

/** Certificates of a server, made with openssl for this run: one good, and the kinds of bad ones that a clinic may meet. */
export type Certificates = {
  readonly caPem: string
  readonly good: ServerCertificate
  readonly expired: ServerCertificate
  readonly notYetValid: ServerCertificate
  readonly wrongHost: ServerCertificate
  readonly unknownCa: ServerCertificate
  readonly selfSigned: ServerCertificate
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'))
  const run = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const

  const selfSign = (name: string, san: string): ServerCertificate => {
    const extension = ['-addext', san] as const
    run(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
      ...extension,
    )
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) }
  }
  const issue = (ca: string, name: string, host: string, from: string, to: string): ServerCertificate => {
    writeFileSync(join(folder, 'index.txt'), '')
    writeFileSync(join(folder, 'ca.cnf'), configOf(ca))
    const san = ['-addext', `subjectAltName=${host}`] as const
    run('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, ...san)
    const dates = ['-startdate', from, '-enddate', to] as const
    run('ca', '-batch', '-config', 'ca.cnf', '-in', `${name}.csr`, '-out', `${name}.pem`, '-notext', ...dates)
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) }
  }
  try {
    const authority = 'basicConstraints=critical,CA:TRUE'
    const caPem = selfSign('platform-ca', authority).cert
    selfSign('stranger-ca', authority)
    const here = 'IP:127.0.0.1'
    const [past, lastYear, now, nextYear, later] = [-800, -400, -1, 400, 800].map(openSslDay) as [
      string,
      string,
      string,
      string,
      string,
    ]
    return {
      caPem,
      good: issue('platform-ca', 'good', here, now, later),
      expired: issue('platform-ca', 'expired', here, past, lastYear),
      notYetValid: issue('platform-ca', 'not-yet-valid', here, nextYear, later),
      wrongHost: issue('platform-ca', 'wrong-host', 'DNS:other.invalid', now, later),
      unknownCa: issue('stranger-ca', 'unknown-ca', here, now, later),
      selfSigned: selfSign('self-signed', `subjectAltName=${here}`),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** 'YYYYMMDD000000Z', so many days from now. */
function openSslDay(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  return `${day.replaceAll('-', '')}000000Z`
}

const configOf = (ca: string) => `
[ca]
default_ca = one
[one]
dir = .
database = index.txt
new_certs_dir = .
certificate = ${ca}.pem
private_key = ${ca}.key
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`
