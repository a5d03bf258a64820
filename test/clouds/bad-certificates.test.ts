import { X509Certificate } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findCommand } from '../../build/peer-list.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { aimisCountsOf, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { lookAtCertificate } from '../../shared/clouds/look-at-certificate.ts'
import type { TlsTrust } from '../../shared/models/destination.ts'
import { exampleDossier } from './example-dossier.ts'
import { type Certificates, makeCertificates, type ServerCertificate } from './make-certificates.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A server that keeps every byte that came through the TLS connection. */
async function listen(certificate: ServerCertificate) {
  const came: Buffer[] = []
  const server = createServer(certificate, (socket) => {
    socket.on('data', (chunk) => {
      came.push(chunk)
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"code":0}')
    })
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, came: () => Buffer.concat(came).length }
}

const study = mapStudyAdd(exampleDossier, 'final', aimisCountsOf(exampleDossier, false))
const send = (gatewayUrl: string, tls: TlsTrust | undefined) =>
  createAimisClient({
    settings: { gatewayUrl, appId: 'a', token: '0123456789abcdef0123456789abcdef', signatureEncoding: 'hex' },
    transport: createHttpTransport({ clock: Date.now, timeouts: { connectMs: 2000 }, ...(tls ? { tls } : {}) }),
    clock: Date.now,
  }).studyAdd(study)

describe.skipIf(!findCommand('openssl'))('certificates (made with openssl)', () => {
  let made: Certificates
  beforeAll(() => {
    made = makeCertificates()
  })
  const pinOf = ({ cert }: ServerCertificate) => new X509Certificate(cert).fingerprint256

  it.each([
    ['self-signed and unknown', 'selfSigned', 'retry', 'CLOUD-CERTIFICATE-UNTRUSTED'],
    ['expired', 'expired', 'retry', 'CLOUD-CERTIFICATE-DATE'],
    ['not yet valid', 'notYetValid', 'retry', 'CLOUD-CERTIFICATE-DATE'],
    ['of another host', 'wrongHost', 'retry', 'CLOUD-CERTIFICATE-NAME'],
    ['of an unknown CA', 'unknownCa', 'retry', 'CLOUD-CERTIFICATE-UNTRUSTED'],
  ] as const)('%s get not one byte of a request', async (_, kind, outcome, code) => {
    const server = await listen(made[kind])
    expect(await send(server.url, { caPem: made.caPem })).toMatchObject({ kind: outcome, reason: { code } })
    expect(await send(server.url, undefined)).toMatchObject({ kind: 'retry' })
    expect(server.came()).toBe(0)
  })

  it('other than the pinned one stop the destination, and get not one byte', async () => {
    const server = await listen(made.good)
    const changed = { kind: 'fix-settings', reason: { code: 'CLOUD-CERTIFICATE-CHANGED' } }
    expect(await send(server.url, { fingerprint: pinOf(made.selfSigned) })).toMatchObject(changed)
    expect(await send(server.url, { caPem: made.caPem, fingerprint: pinOf(made.expired) })).toMatchObject(changed)
    expect(server.came()).toBe(0)
  })

  it('issued by the CA of the settings, or pinned, get the request', async () => {
    const good = await listen(made.good)
    expect((await send(good.url, { caPem: made.caPem })).kind).toBe('done')
    const pinned = await listen(made.selfSigned)
    expect((await send(pinned.url, { fingerprint: pinOf(made.selfSigned) })).kind).toBe('done')
    expect(good.came()).toBeGreaterThan(100)
    expect(pinned.came()).toBeGreaterThan(100)
  })

  it.each([
    ['selfSigned', '自签证书，没有机构为它担保'],
    ['expired', '证书已过期（请先核对本机日期时间）'],
    ['notYetValid', '证书尚未生效（请先核对本机日期时间）'],
    ['wrongHost', '证书不是签给这个地址的'],
    ['unknownCa', '签发机构不受信任'],
  ] as const)('can be looked at: %s is not trusted because %s', async (kind, why) => {
    const server = await listen(made[kind])
    const look = await lookAtCertificate(server.url, { trust: { caPem: made.caPem } })
    const whyInEnglish = expect.stringMatching(/^It[^\p{Script=Han}]+\.$/u)
    expect(look).toMatchObject({ kind: 'seen', fingerprint: pinOf(made[kind]), trusted: false, why, whyInEnglish })
    expect(server.came()).toBe(0)
  })

  it('that are trusted say by whom, with subject, issuer and days', async () => {
    const server = await listen(made.good)
    expect(await lookAtCertificate(server.url, { trust: { caPem: made.caPem } })).toEqual({
      kind: 'seen',
      fingerprint: pinOf(made.good),
      subject: 'CN=good',
      issuer: 'CN=platform-ca',
      validFrom: expect.stringMatching(/^\d{4}-\d\d-\d\d 08:00:00$/),
      validTo: expect.stringMatching(/^\d{4}-\d\d-\d\d 08:00:00$/),
      trusted: true,
      why: '由设置中的 CA 签发',
      whyInEnglish: 'Issued by the CA in the settings.',
    })
    const pinned = await lookAtCertificate(server.url, { trust: { fingerprint: pinOf(made.good).toLowerCase() } })
    expect(pinned).toMatchObject({ trusted: true, why: '与设置中的指纹一致' })
    const other = await lookAtCertificate(server.url, { trust: { fingerprint: pinOf(made.expired) } })
    expect(other).toMatchObject({ trusted: false, why: /指纹不一致/ })
    expect(server.came()).toBe(0)
  })
})

describe('looking at a certificate', () => {
  it('of an address without one says so', async () => {
    for (const address of ['http://127.0.0.1:1', 'nonsense']) {
      expect(await lookAtCertificate(address)).toMatchObject({ kind: 'failed', reason: { code: 'CLOUD-NO-TLS' } })
    }
  })

  it('of nobody says that nobody is there', async () => {
    const look = await lookAtCertificate('https://127.0.0.1:9', { connectMs: 500 })
    expect(look).toMatchObject({ kind: 'failed', reason: { code: 'CLOUD-REFUSED' } })
  })
})
