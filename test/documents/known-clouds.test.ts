import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { askAddress } from '../../electron/station/documents/ask-address.ts'
import { createFindHost } from '../../electron/station/documents/find-host.ts'
import { knownClouds } from '../../electron/station/documents/known-clouds.ts'
import type { Destination } from '../../shared/models/destination.ts'
import { aimis, jilin } from '../db/rooms-for-tests.ts'
import { homemadeCertificate } from '../e2e/images-for-desk.ts'

const kept = { id: 'one', paused: undefined }
const cloudAt = (baseUrl: string, tls: { caPem?: string } = {}): Destination => {
  const { settings, ...head } = jilin() as Extract<Destination, { kind: 'jilin' }>
  return { ...head, ...kept, kind: 'jilin', enabled: true, settings: { ...settings, baseUrl, tls } }
}

test('the hosts of the clouds in use are known, each once, and none of those that are switched off', () => {
  const tencent = { ...(aimis() as Destination), ...kept, enabled: true } as Extract<Destination, { kind: 'aimis' }>
  const { cloudHosts, trustOf } = knownClouds(() => [
    cloudAt('https://cloud.gov.cn/a', { caPem: 'pem' }),
    cloudAt('https://cloud.gov.cn/b'),
    { ...cloudAt('https://off.gov.cn'), enabled: false },
    tencent,
  ])
  const { gatewayUrl, serviceUrl } = tencent.settings
  const hosts = ['cloud.gov.cn', new URL(gatewayUrl).hostname, new URL(serviceUrl).hostname]
  expect(cloudHosts()).toEqual([...new Set(hosts)])
  expect(trustOf('cloud.gov.cn')).toEqual({ caPem: 'pem' })
  expect(trustOf('film.example.cn')).toBeUndefined()
})

test('a film page under a certificate of the cloud’s own is asked with the trust that staff gave, and is never dead without', async () => {
  const { certificate, privateKey } = homemadeCertificate()
  const server = createServer({ cert: certificate, key: privateKey }, (_request, response) =>
    response.writeHead(404).end(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/film`
  const ask = (tls?: { caPem?: string; fingerprint?: string }) =>
    askAddress(
      address,
      { ...knownClouds(() => [cloudAt(address, tls)]), findHost: createFindHost(Date.now) },
      AbortSignal.timeout(20_000),
    )
  try {
    expect(await ask()).toEqual({ kind: 'failed', problem: 'certificate-untrusted' })
    const { fingerprint256 } = new X509Certificate(certificate)
    expect(await ask({ fingerprint: fingerprint256 })).toEqual({ kind: 'status', status: 404 })
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
