import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { DestinationDraft } from '../../shared/models/destination.ts'
import { type SimulatedAimis, startSimulatedAimis } from './simulated-aimis.ts'
import { type SimulatedGatewayDicom, startSimulatedGatewayDicom } from './simulated-gateway-dicom.ts'
import { type SimulatedJilin, startSimulatedJilin } from './simulated-jilin.ts'

export type DemoClouds = {
  readonly aimis: SimulatedAimis
  readonly gateway: SimulatedGatewayDicom
  readonly jilin: SimulatedJilin
  /** What staff would type into the settings page. */
  readonly destinations: readonly DestinationDraft[]
  readonly stop: () => Promise<void>
}

export type CloudAccounts = {
  readonly aimis: { readonly appId: string; readonly token: string }
  readonly jilin: { readonly uid: string; readonly appSecret: string }
  readonly keyPair?: { readonly publicKey: string; readonly privateKey: string }
}

/** Both clouds. Without accounts their secrets are made for this run; with a folder they remember what they hold. */
export async function startDemoClouds(
  options: { readonly accounts?: CloudAccounts; readonly ledgerFolder?: string } = {},
): Promise<DemoClouds> {
  const accounts: CloudAccounts = options.accounts ?? {
    aimis: { appId: 'demo-clinic', token: randomBytes(16).toString('hex') },
    jilin: { uid: 'DEMO12', appSecret: randomBytes(16).toString('base64') },
  }
  const { aimis: aimisAccount, jilin: jilinAccount, keyPair } = accounts
  const kept = (name: string) => (options.ledgerFolder ? { ledgerFile: join(options.ledgerFolder, name) } : {})
  const gateway = await startSimulatedGatewayDicom()
  const aimis = await startSimulatedAimis({
    ...aimisAccount,
    ...kept('aimis.json'),
    receivedInstances: gateway.receivedInstances,
  })
  const jilin = await startSimulatedJilin({ ...jilinAccount, ...(keyPair && { keyPair }), ...kept('jilin.json') })
  return {
    aimis,
    gateway,
    jilin,
    destinations: [
      {
        kind: 'aimis',
        name: '腾讯影像云（模拟）',
        enabled: true,
        settings: {
          ...aimisAccount,
          gatewayUrl: aimis.url,
          serviceUrl: aimis.url,
          hospitalId: 'H001',
          unionId: 'U001',
          edition: '2025',
          signatureEncoding: 'hex',
          pdfAsDicom: false,
          dicom: { aeTitle: gateway.aeTitle, host: gateway.host, port: gateway.port },
        },
      },
      {
        kind: 'jilin',
        name: '省影像云（模拟）',
        enabled: true,
        settings: {
          ...jilinAccount,
          baseUrl: jilin.url,
          sm2PublicKey: jilin.sm2PublicKey,
          sm2: { order: 'C1C3C2', encoding: 'base64', prefix04: true },
          edition: 'hospital',
          narrativeLimit: 'warn',
          alsoExampleNames: false,
          holdMinutes: 0,
        },
      },
    ],
    async stop() {
      await Promise.all([aimis.stop(), gateway.stop(), jilin.stop()])
    },
  }
}
