import { randomBytes } from 'node:crypto'
import type { DestinationInput } from '../../shared/models/destination.ts'
import { type SimulatedAimis, startSimulatedAimis } from './simulated-aimis.ts'
import { type SimulatedGatewayDicom, startSimulatedGatewayDicom } from './simulated-gateway-dicom.ts'
import { type SimulatedJilin, startSimulatedJilin } from './simulated-jilin.ts'

export type DemoClouds = {
  readonly aimis: SimulatedAimis
  readonly gateway: SimulatedGatewayDicom
  readonly jilin: SimulatedJilin
  /** What staff would type into the settings page. */
  readonly destinations: readonly DestinationInput[]
  readonly stop: () => Promise<void>
}

/** Both clouds, with secrets made for this run. */
export async function startDemoClouds(): Promise<DemoClouds> {
  const aimisAccount = { appId: 'demo-clinic', token: randomBytes(16).toString('hex') }
  const jilinAccount = { uid: 'DEMO12', appSecret: randomBytes(16).toString('base64') }
  const gateway = await startSimulatedGatewayDicom()
  const aimis = await startSimulatedAimis({ ...aimisAccount, receivedInstances: gateway.receivedInstances })
  const jilin = await startSimulatedJilin(jilinAccount)
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
