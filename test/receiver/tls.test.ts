import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import type { DicomTlsSettings } from '../../electron/station/settings/check-dicom-tls.ts'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import { ctImageStorage, explicitLittle, smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { type Certificates, makeCertificates, type ServerCertificate } from '../clouds/make-certificates.ts'
import { describeWith } from '../peers.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { openReceiver, run, type TestReceiver, until } from './receiver-for-tests.ts'

let certificates: Certificates
let folder: string
let station: TestReceiver
let settings: DicomTlsSettings
const sockets: Socket[] = []

beforeAll(() => {
  certificates = makeCertificates()
  folder = mkdtempSync(join(tmpdir(), 'dicom-tls-'))
  const write = (name: string, { cert, key }: ServerCertificate) => {
    writeFileSync(join(folder, `${name}.pem`), cert)
    writeFileSync(join(folder, `${name}.key`), key)
  }
  writeFileSync(join(folder, 'ca.pem'), certificates.caPem)
  write('device', certificates.good)
  write('stranger', certificates.unknownCa)
  write('expired', certificates.expired)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await station.close()
})

const file = (name: string) => join(folder, name)

async function open(more: Partial<DicomTlsSettings> = {}, limits: Parameters<typeof openReceiver>[0] = {}) {
  settings = {
    enabled: true,
    port: 0,
    clientCertificate: 'none',
    only: false,
    certificate: certificates.good.cert,
    privateKey: certificates.good.key,
    authorities: certificates.caPem,
    ...more,
  }
  station = await openReceiver({ ...limits, tls: () => settings })
}
const tlsPort = () => station.receiver.status().listeningTls!.port
const change = (more: Partial<DicomTlsSettings>) => {
  settings = { ...settings, ...more }
  return station.receiver.followTls()
}

const anonymous = ['+tla', '+cf']
const withCertificate = (name: string) => ['+tls', file(`${name}.key`), file(`${name}.pem`), '+cf', file('ca.pem')]
const echo = (tls: readonly string[], port = tlsPort()) =>
  run('echoscu', ...tls, '-to', '5', '-aet', 'CT1', '-aec', 'YINGZHAN', '127.0.0.1', `${port}`)
const anonymously = () => [...anonymous, file('ca.pem')]
const reasons = () =>
  station.lines.filter((line) => line.includes('TLS handshake')).map((line) => JSON.parse(line).reason as string)

describeWith(['dcmtk'], 'a device over TLS (DCMTK)', () => {
  test('sends an object, which is kept as it was', async () => {
    await open()
    const object = smallObject()
    const { dataSet, sopInstanceUid } = object
    const head = part10Beginning({
      sopClassUid: ctImageStorage,
      sopInstanceUid,
      transferSyntaxUid: explicitLittle,
      callingAeTitle: 'CT1',
    })
    writeFileSync(file('ct.dcm'), Buffer.concat([head, dataSet]))
    const where = ['-aet', 'CT1', '-aec', 'YINGZHAN', '127.0.0.1', `${tlsPort()}`]
    const sent = await run('storescu', ...anonymously(), ...where, file('ct.dcm'))
    expect(sent).toMatchObject({ code: 0 })
    const instance = station.archive.instanceByUid(object.sopInstanceUid)!
    expect((await storedDataSet(station.archive, instance.id)).equals(object.dataSet)).toBe(true)
  })

  test('with a certificate of the authority comes in where one is required; others do not, and the reason is written down', async () => {
    await open({ clientCertificate: 'required' })
    expect((await echo(anonymously())).code).not.toBe(0)
    expect((await echo(withCertificate('stranger'))).code).not.toBe(0)
    expect((await echo(withCertificate('expired'))).code).not.toBe(0)
    expect((await echo(withCertificate('device'))).code).toBe(0)
    expect(reasons()).toEqual([
      expect.stringMatching(/UNABLE_TO_GET_ISSUER_CERT/),
      expect.stringMatching(/UNABLE_TO/),
      'CERT_HAS_EXPIRED',
    ])
  })

  test('that speaks without TLS is refused on the port with TLS, and served on the other', async () => {
    await open()
    expect((await echo([])).code).not.toBe(0)
    expect((await echo([], station.station.port)).code).toBe(0)
    expect((await echo(anonymously())).code).toBe(0)
  })

  test('that the station does not know is refused as it is without TLS', async () => {
    await open()
    const { code } = await run(
      'echoscu',
      ...anonymously(),
      '-aet',
      'NEW',
      '-aec',
      'YINGZHAN',
      '127.0.0.1',
      `${tlsPort()}`,
    )
    expect(code).not.toBe(0)
    expect(station.knocks).toMatchObject([{ callingAeTitle: 'NEW', host: '127.0.0.1' }])
  })
})

describeWith(['dcmtk'], 'what is negotiated (OpenSSL)', () => {
  const client = (...args: readonly string[]) =>
    new Promise<string>((resolve) => {
      const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${tlsPort()}`, ...args])
      let printed = ''
      const hear = (chunk: Buffer) => {
        printed += chunk.toString('latin1')
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.on('close', () => resolve(printed))
      child.stdin.on('error', () => {})
      child.stdin.end('Q\n')
    })

  test('TLS 1.2 and 1.3 with the suites of BCP 195, nothing older and nothing weaker', async () => {
    await open()
    const suiteOf = (printed: string) => /Cipher is (\S+)/.exec(printed)?.[1]
    expect(suiteOf(await client('-tls1_3'))).toBe('TLS_AES_128_GCM_SHA256')
    expect(suiteOf(await client('-tls1_2'))).toBe('ECDHE-ECDSA-AES128-GCM-SHA256')
    const weak = 'DEFAULT@SECLEVEL=0'
    expect(suiteOf(await client('-tls1_1', '-cipher', weak))).toBe('(NONE)')
    expect(suiteOf(await client('-tls1', '-cipher', weak))).toBe('(NONE)')
    expect(suiteOf(await client('-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA256'))).toBe('(NONE)')
    expect(suiteOf(await client('-tls1_2', '-cipher', 'AES128-GCM-SHA256:AES256-SHA'))).toBe('(NONE)')
    expect(reasons()).toContain('unsupported protocol')
    expect(reasons()).toContain('no shared cipher')
  })

  test('no renegotiation', async () => {
    await open()
    const socket = connectTls({ port: tlsPort(), host: '127.0.0.1', ca: certificates.caPem, maxVersion: 'TLSv1.2' })
    sockets.push(socket)
    const refused = new Promise((resolve) => socket.on('error', resolve))
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    socket.renegotiate({}, () => {})
    expect(String(await refused)).toMatch(/renegotiation/i)
  })
})

describeWith(['dcmtk'], 'handshakes that go wrong', () => {
  const half = async () => {
    const socket = connect(tlsPort(), '127.0.0.1')
    sockets.push(socket)
    const state = { closed: false }
    socket.on('error', () => {})
    socket.on('data', () => {})
    socket.on('close', () => {
      state.closed = true
    })
    await new Promise((resolve) => socket.once('connect', resolve))
    return { socket, state }
  }

  test('one that dribbles is over when the time to associate is, and others are served meanwhile', async () => {
    await open({}, { limits: { associateWithin: 1000 } })
    const slow = await half()
    const hello = Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3])
    let at = 0
    const drip = setInterval(() => slow.socket.write(hello.subarray(at, ++at)), 150)
    expect((await echo(anonymously())).code).toBe(0)
    await until(() => slow.state.closed)
    clearInterval(drip)
    await until(() => station.receiver.status().sockets === 0)
    expect(reasons()).toHaveLength(1)
  })

  test('200 of them leave nothing behind and keep nobody out', async () => {
    await open()
    for (let count = 0; count < 200; count++) await half()
    expect(station.receiver.status().sockets).toBeLessThanOrEqual(24)
    expect((await echo(anonymously())).code).toBe(0)
    for (const socket of sockets) socket.destroy()
    await until(() => station.receiver.status().sockets === 0)
  })

  test('noise and a hang-up are written down with their reason', async () => {
    await open()
    const guest = await half()
    guest.socket.write('GET / HTTP/1.1\r\n\r\n')
    await until(() => guest.state.closed)
    const gone = await half()
    gone.socket.destroy()
    await until(() => reasons().length === 2)
    expect(reasons()[0]).toMatch(/http request/)
    expect((await echo(anonymously())).code).toBe(0)
  })
})

describeWith(['dcmtk'], 'settings that hold at once', () => {
  const seen = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTls({ port: tlsPort(), host: '127.0.0.1', rejectUnauthorized: false })
      sockets.push(socket)
      socket.on('error', reject)
      socket.on('secureConnect', () => resolve(socket.getPeerX509Certificate()!.subject))
    })

  test('another certificate is shown from the next connection on, on the same port', async () => {
    await open()
    const port = tlsPort()
    expect(await seen()).toBe('CN=good')
    await change({ certificate: certificates.unknownCa.cert, privateKey: certificates.unknownCa.key })
    expect(await seen()).toBe('CN=unknown-ca')
    expect(tlsPort()).toBe(port)
  })

  test('only TLS: the plain port is shut, who is within goes on, and it opens again', async () => {
    await open()
    const { port } = station.station
    const to = { ...station.station, calledAeTitle: 'YINGZHAN', callingAeTitle: 'CT1' }
    const within = await openAssociation(to, [{ abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }])
    await change({ only: true })
    expect(station.receiver.status().listening).toBeUndefined()
    expect((await echo([], port)).code).not.toBe(0)
    expect((await echo(anonymously())).code).toBe(0)
    const object = smallObject()
    expect(await within.store(within.granted[0]!, object.sopInstanceUid, object.dataSet)).toBe(0)
    await within.release()
    await change({ enabled: false })
    expect(station.receiver.status()).toMatchObject({ listeningTls: undefined, problems: [] })
    expect((await echo([], station.receiver.status().listening!.port)).code).toBe(0)
  })

  test('a port that is taken is a problem, not the end: it is had when it is free', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await open({ port })
    expect(station.receiver.status()).toMatchObject({
      listeningTls: undefined,
      problems: [{ code: 'DICOM-PORT', with: { port } }],
    })
    expect(saidInBoth(station.receiver.status().problems[0]!)).toContain('端口已被占用')
    expect((await echo([], station.station.port)).code).toBe(0)
    await new Promise((resolve) => other.close(resolve))
    await station.receiver.followTls()
    expect(station.receiver.status()).toMatchObject({ listeningTls: { port }, problems: [] })
    expect((await echo(anonymously())).code).toBe(0)
  })

  test('a certificate that ended while it was in use is a problem that staff see', async () => {
    await open({ certificate: certificates.expired.cert, privateKey: certificates.expired.key })
    expect(station.receiver.status().problems).toMatchObject([{ code: 'DICOM-TLS-LAPSED' }])
    saidInBoth(station.receiver.status().problems[0]!)
  })

  test('a certificate that ends within a month is told beforehand', async () => {
    const { cert: certificate, key: privateKey } = certificates.selfSigned // openssl gives those 30 days
    await open({ certificate, privateKey })
    expect(station.receiver.status().problems).toMatchObject([{ code: 'DICOM-TLS-LAPSES', with: { days: 30 } }])
    expect(saidInBoth(station.receiver.status().problems[0]!)).toContain('将在 30 天内过期')
  })
})
