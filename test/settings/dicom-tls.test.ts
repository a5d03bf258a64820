import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../electron/station/db/open-database.ts'
import { createEvents } from '../../electron/station/events.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import { createDicomTlsStore } from '../../electron/station/settings/dicom-tls.ts'
import { createSecretBox } from '../../electron/station/settings/secret-box.ts'
import { describeProblem } from '../../shared/problems/problem.ts'
import { type Certificates, makeCertificates } from '../clouds/make-certificates.ts'
import { expectOk } from '../db/rooms-for-tests.ts'

let certificates: Certificates
let folder: string
let db: Database
beforeAll(() => {
  certificates = makeCertificates()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-tls-'))
  db = await openDatabase(join(folder, 'station.db'))
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

function open() {
  const clock = Date.now
  const audit = createAuditLog(db, clock)
  const box = createSecretBox(Buffer.alloc(32, 7))
  return { audit, store: createDicomTlsStore({ db, box, clock, audit, events: createEvents(), plainPort: 11112 }) }
}
const good = () => ({ enabled: true, certificate: certificates.good.cert, privateKey: certificates.good.key })
const refusal = (change: Parameters<ReturnType<typeof open>['store']['change']>[0]) => {
  const { store } = open()
  const before = store.read()
  const outcome = store.change(change, 'admin')
  if (outcome.ok) return 'ok'
  expect(open().store.read()).toEqual(before)
  const words = JSON.stringify(describeProblem(outcome.problem))
  expect(words).not.toMatch(/PRIVATE KEY-----\\n[A-Za-z0-9+/]|\{\w+\}/)
  return outcome.problem.code
}
const weakKey = () =>
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', '-', '-subj', '/CN=weak'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString()

describe('settings of DICOM over TLS', () => {
  test('are kept over a restart; the key that is not given again stays', () => {
    expectOk(open().store.change({ ...good(), port: 2763 }, 'admin'))
    expectOk(open().store.change({ only: true }, 'admin'))
    expect(open().store.read()).toMatchObject({ enabled: true, only: true, port: 2763 })
    expect(open().store.read().privateKey.trim()).toBe(certificates.good.key.trim())
  })

  test('have the key in clear neither in the database nor in the audit log', () => {
    const { store, audit } = open()
    expectOk(store.change(good(), 'admin'))
    const secret = certificates.good.key.split('\n')[1]!
    const onDisk = ['station.db', 'station.db-wal'].map((name) => readFileSync(join(folder, name)).toString('latin1'))
    expect(onDisk.join('')).toContain('change-dicom-tls')
    expect(onDisk.join('')).not.toContain(secret)
    expect(JSON.stringify(audit.newest(9))).not.toContain(secret)
  })

  test('a key that was pasted along with its certificate is taken as the key, and not shown with it', () => {
    const both = `${certificates.good.key}\n${certificates.good.cert}`
    const kept = expectOk(open().store.change({ enabled: true, certificate: both }, 'admin'))
    expect(kept.privateKey).toContain('PRIVATE KEY')
    expect(kept.certificate).not.toContain('PRIVATE KEY')
    const again = expectOk(open().store.change({ authorities: both }, 'admin'))
    expect(again.authorities).not.toContain('PRIVATE KEY')
  })

  test('that cannot work are refused in words and change nothing', () => {
    const { caPem, expired, notYetValid, unknownCa } = certificates
    expect(refusal({ enabled: true })).toBe('DICOM-TLS-CERTIFICATE-MISSING')
    expect(refusal({ ...good(), privateKey: '' })).toBe('DICOM-TLS-CERTIFICATE-MISSING')
    expect(refusal({ ...good(), certificate: 'no certificate' })).toBe('DICOM-TLS-CERTIFICATE-UNREADABLE')
    const broken = certificates.good.cert.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA')
    expect(refusal({ ...good(), certificate: broken })).toBe('DICOM-TLS-CERTIFICATE-UNREADABLE')
    expect(refusal({ ...good(), authorities: 'nobody' })).toBe('DICOM-TLS-CERTIFICATE-UNREADABLE')
    expect(refusal({ ...good(), privateKey: 'no key' })).toBe('DICOM-TLS-KEY-UNREADABLE')
    expect(refusal({ ...good(), privateKey: unknownCa.key })).toBe('DICOM-TLS-KEY-MISMATCH')
    expect(refusal({ ...good(), certificate: expired.cert, privateKey: expired.key })).toBe('DICOM-TLS-EXPIRED')
    expect(refusal({ ...good(), certificate: notYetValid.cert, privateKey: notYetValid.key })).toBe(
      'DICOM-TLS-NOT-YET-VALID',
    )
    expect(refusal({ ...good(), clientCertificate: 'required' })).toBe('DICOM-TLS-AUTHORITY-MISSING')
    expect(refusal({ ...good(), port: 11112 })).toBe('DICOM-TLS-PORT')
    expect(refusal({ ...good(), certificate: weakKey(), privateKey: weakKey() })).toBe('DICOM-TLS-KEY-MISMATCH')
    expect(refusal({ enabled: true, certificate: weakKey() })).toBe('DICOM-TLS-UNUSABLE')
    expect(refusal({ ...good(), clientCertificate: 'required', authorities: caPem })).toBe('ok')
  })

  test('a key with a password is refused with the way to take it off', () => {
    const key = execFileSync('openssl', ['pkey', '-aes256', '-passout', 'pass:x'], { input: certificates.good.key })
    expect(refusal({ ...good(), privateKey: key.toString() })).toBe('DICOM-TLS-KEY-ENCRYPTED')
  })

  test('can be switched off with a certificate that has ended', () => {
    const { cert: certificate, key: privateKey } = certificates.expired
    expect(refusal({ enabled: false, certificate, privateKey })).toBe('ok')
    expect(refusal({ enabled: true })).toBe('DICOM-TLS-EXPIRED')
  })
})
