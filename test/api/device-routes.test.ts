import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import { makeCertificates } from '../clouds/make-certificates.ts'
import { describeWith } from '../peers.ts'
import { run } from '../receiver/receiver-for-tests.ts'
import { errorOf, runStation, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

let station: StationForTests
const { good, caPem } = makeCertificates()
beforeAll(async () => {
  station = await startStation()
})
afterAll(() => station.stop())

const echo = (aeTitle: string, port: number, ...tls: readonly string[]) =>
  run('echoscu', ...tls, '-to', '5', '-aet', aeTitle, '-aec', station.dicom.aeTitle, '127.0.0.1', `${port}`)
const tlsOn = { enabled: true, port: 0, certificate: good.cert, privateKey: good.key }

describeWith(['dcmtk'], 'devices', () => {
  test('a device that knocked is let in with what the knock says', async () => {
    const to = { ...station.dicom, calledAeTitle: station.dicom.aeTitle, callingAeTitle: 'US1' }
    const proposed = ['1.2.840.10008.5.1.4.31', '1.2.840.10008.5.1.4.1.1.6.1', '1.2.840.10008.5.1.4.1.1.3.1']
    const contexts = proposed.map((abstractSyntax) => ({ abstractSyntax, transferSyntaxes: ['1.2.840.10008.1.2.1'] }))
    await expect(openAssociation(to, contexts)).rejects.toThrow()
    expect((await echo('US1', station.dicom.port)).code).not.toBe(0)
    const knocks = await station.api.knockList()
    expect(knocks).toMatchObject([
      {
        callingAeTitle: 'US1',
        calledAeTitle: station.dicom.aeTitle,
        address: '127.0.0.1',
        reason: '这个 AE 名没有登记为设备',
        implementation: expect.stringMatching(/DCMTK/),
        proposes: ['连通测试', '检查工作列表', '超声影像存储', '超声动态影像存储'],
        modality: 'US',
      },
    ])
    const { callingAeTitle: aeTitle, address: host, modality } = knocks[0]!
    await station.api.deviceCreate({ body: { name: aeTitle, aeTitle, host, modality } })
    expect((await echo('US1', station.dicom.port)).code).toBe(0)
  })

  test('TLS is switched on and off without a restart, health tells its port, and the key is never told', async () => {
    expect((await station.api.health()).receiver).toMatchObject({ tlsPort: null })
    const set = await station.api.dicomTlsChange({ body: tlsOn })
    expect(set).toMatchObject({
      enabled: true,
      only: false,
      privateKeySet: true,
      problem: null,
      certificate: good.cert.trim(),
    })
    const port = set.listeningPort!
    expect((await station.api.health()).receiver).toMatchObject({ listening: true, tlsPort: port })
    expect((await echo('US1', port, '+tla', '-ic')).code).toBe(0)

    await station.api.dicomTlsChange({ body: { clientCertificate: 'required', authorities: caPem } })
    expect((await echo('US1', port, '+tla', '-ic')).code).not.toBe(0)

    await station.api.dicomTlsChange({ body: { enabled: false } })
    expect((await echo('US1', port, '+tla', '-ic')).code).not.toBe(0)
    expect(await station.api.dicomTlsRead()).toMatchObject({ enabled: false, privateKeySet: true, listeningPort: null })

    const secret = good.key.split('\n')[1]!
    const answers = [await station.api.dicomTlsRead(), await station.api.auditList({}), station.printed]
    expect(JSON.stringify(answers)).not.toContain(secret)
  })

  test('settings that cannot work are refused with a code, words and what to do', async () => {
    const refused = await station.call('dicomTlsChange', { body: { ...tlsOn, privateKey: 'no key' } })
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({
      code: 'DICOM-TLS-KEY-UNREADABLE',
      message: '私钥不是可读的 PEM 私钥',
      action: expect.stringMatching(/BEGIN PRIVATE KEY/),
    })
  })

  test('a station whose TLS port is taken starts all the same and says it in its alarms', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const first = await startStation()
    await first.api.dicomTlsChange({ body: { ...tlsOn, only: true, port } })
    await first.end()
    const again = await startStation({ dataFolder: first.dataFolder })
    try {
      const health = await again.api.health()
      expect(health.receiver).toMatchObject({ listening: false, tlsPort: null })
      expect(health.alarms?.join()).toMatch(new RegExp(`不能在端口 ${port} 接收 DICOM（端口已被占用）`))
      expect((await again.api.dicomTlsRead()).problem).toMatch(/端口已被占用/)
    } finally {
      await again.stop()
      other.close()
    }
  })

  test('a device is tried, and whatever is wrong is said in words', async () => {
    const other = runStation({ args: ['--training', '--ae-title', 'DEVICE'] })
    const line = await other.first
    const port = line.event === 'ready' ? line.dicom.port : 0
    const body = { name: 'DEVICE', aeTitle: 'DEVICE', host: '127.0.0.1', port }
    const device = await station.api.deviceCreate({ body })
    const tryIt = (change: object) =>
      station.api
        .deviceChange({ params: { id: device.id }, body: { ...body, ...change } })
        .then(() => station.api.deviceEcho({ params: { id: device.id } }))
    try {
      expect(await tryIt({})).toEqual({
        ok: true,
        detail: `已连通，本机 AE 名“${station.dicom.aeTitle}”被接受`,
        detailInEnglish: `Connected; our AE title “${station.dicom.aeTitle}” was accepted.`,
      })
      expect(await tryIt({ host: 'localhost' })).toMatchObject({
        ok: true,
        detail: expect.stringMatching(/“localhost”是主机名/),
      })
      expect(await tryIt({ host: '' })).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/没有填写设备的 IP 地址/),
      })
      expect(await tryIt({ port: undefined })).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/没有填写设备的端口/),
        detailInEnglish: expect.stringMatching(/has no port to try/),
      })
      expect(await tryIt({ host: 'no-such-host.invalid' })).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/找不到主机/),
        detailInEnglish: expect.stringMatching(/^There is no host no-such-host\.invalid:\d+\. [^\p{Script=Han}]+$/u),
      })
      expect((await station.call('deviceEcho', { params: { id: 'nobody' } })).status).toBe(404)
      const mistyped = await station.call('deviceChange', {
        params: { id: device.id },
        body: { ...body, host: '192.168.1.300' },
      })
      expect(errorOf(mistyped)).toMatchObject({
        code: 'DEVICE-HOST',
        message: expect.stringContaining('192.168.1.300'),
      })
    } finally {
      other.child.kill()
      await other.ended
    }
    expect(await tryIt({})).toMatchObject({ ok: false, detail: expect.stringMatching(/拒绝连接/) })
  })
})
