import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Certificates, makeCertificates } from '../../clouds/make-certificates.ts'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk, type Said } from '../../stand-ins/dcmtk.ts'
import { freePort } from '../../stand-ins/eventually.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'
import { tinyObject } from '../../stand-ins/tiny-objects.ts'

describeWith(['dcmtk'], 'DICOM over TLS, configured by the API', () => {
  let station: StationForTests
  let folder: string
  let certificates: Certificates
  const path = (name: string) => join(folder, name)
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-tls-'))
    certificates = makeCertificates()
    for (const [name, { cert, key }] of [
      ['device', certificates.good],
      ['stranger', certificates.unknownCa],
      ['expired', certificates.expired],
    ] as const) {
      writeFileSync(path(`${name}.pem`), cert)
      writeFileSync(path(`${name}.key`), key)
    }
    writeFileSync(path('ca.pem'), certificates.caPem)
    writeFileSync(path('image.dcm'), tinyObject({ studyInstanceUid: '2.25.1', number: 1 }).file)
    // The port without TLS is shut and opened again: it must be the same one.
    station = await startStation({ args: ['--dicom-port', String(await freePort())] })
    await station.api.deviceCreate({ body: { name: 'CT1', aeTitle: 'CT1' } })
  })
  afterAll(async () => {
    await station.stop()
    rmSync(folder, { recursive: true })
  })

  const offer = async (clientCertificate: 'none' | 'required', only = false) => {
    const { cert, key } = certificates.good
    const body = {
      enabled: true,
      port: 0,
      clientCertificate,
      only,
      certificate: cert,
      privateKey: key,
      authorities: certificates.caPem,
    }
    const { listeningPort, problem } = await station.api.dicomTlsChange({ body })
    expect(problem).toBe(null)
    return listeningPort!
  }
  const certified = (name: string) => ['+tls', path(`${name}.key`), path(`${name}.pem`)]
  const trusting = () => ['+cf', path('ca.pem')]
  const call = (
    program: string,
    port: number,
    options: readonly string[],
    ...files: readonly string[]
  ): Promise<Said> => dcmtk(program, [...options, ...callArguments('CT1', { ...station.dicom, port }), ...files])

  test('takes images from a device without a certificate of its own where none is required', async () => {
    const port = await offer('none')
    for (const profile of [['+px'], ['+py'], ['+pz'], []]) {
      const said = await call('storescu', port, ['+tla', ...trusting(), '-ic', ...profile], path('image.dcm'))
      expect([profile, said.code, said.output]).toEqual([profile, 0, expect.any(String)])
    }
    expect((await call('echoscu', station.dicom.port, [])).code).toBe(0)
    expect((await call('echoscu', port, [])).code).not.toBe(0)
  })

  test('takes only devices whose certificate the clinic signed where one is required', async () => {
    const port = await offer('required')
    expect((await call('storescu', port, [...certified('device'), ...trusting(), '-ic'], path('image.dcm'))).code).toBe(
      0,
    )
    expect(
      (await call('findscu', port, [...certified('device'), ...trusting(), '-ic', '-W', '-k', '0010,0010'])).code,
    ).toBe(0)
    for (const name of ['stranger', 'expired'])
      expect((await call('echoscu', port, [...certified(name), ...trusting(), '-ic'])).code).not.toBe(0)
    expect((await call('echoscu', port, ['+tla', ...trusting(), '-ic'])).code).not.toBe(0)
  })

  test('with only TLS the plain port is shut, and opens again', async () => {
    const port = await offer('none', true)
    expect((await call('echoscu', station.dicom.port, [])).code).not.toBe(0)
    expect((await call('echoscu', port, ['+tla', ...trusting(), '-ic'])).code).toBe(0)
    await offer('none', false)
    expect((await call('echoscu', station.dicom.port, [])).code).toBe(0)
  })

  test('offers nothing older than TLS 1.2 (BCP 195)', async () => {
    const port = await offer('none')
    const connect = (version: string) =>
      dcmtk('sh', ['-c', `openssl s_client -connect 127.0.0.1:${port} ${version} -cipher 'ALL:@SECLEVEL=0' </dev/null`])
    expect((await connect('-tls1_2')).output).toContain('Cipher is ECDHE')
    for (const version of ['-tls1', '-tls1_1']) expect((await connect(version)).output).not.toMatch(/Cipher is [A-Z]+-/)
  })
})
