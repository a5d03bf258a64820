import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'
import { associationTimeouts } from '../../shared/dicom/dicom-association.ts'
import { completeDossier, createBench, taskOf } from './delivery-bench.ts'

// A PACS that takes the connection and then says nothing: no delivery may hang on it, and each is tried again.
let bench: ReturnType<typeof createBench>
let pacs: SimulatedGatewayDicom
let door: Server
const sockets = new Set<Socket>()
beforeEach(async () => {
  bench = createBench()
  pacs = await startSimulatedGatewayDicom({ aeTitle: 'PACS' })
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  door.close()
  bench.stop()
  await pacs.stop()
})

/** In front of the PACS: so many of its PDUs come through, then none any more, though the connection stays. */
async function silentAfter(answers: number): Promise<DestinationOf<'pacs'>> {
  door = createServer((socket) => {
    const behind = connect(pacs.port, pacs.host)
    for (const one of [socket, behind]) sockets.add(one.on('error', () => {}))
    socket.on('data', (chunk) => behind.write(chunk)).on('close', () => behind.destroy())
    let left = answers
    behind.on('data', (chunk) => left-- > 0 && socket.write(chunk))
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  const dicom = { aeTitle: 'PACS', host: '127.0.0.1', port: (door.address() as AddressInfo).port }
  return { kind: 'pacs', id: 'destination-1', name: 'PACS', enabled: true, paused: undefined, settings: { dicom } }
}

const quick = { connectMs: 2000, associateMs: 300, stallMs: 300, responseMs: 300 }

test.each([
  ['to the association', 0, [false, false]],
  ['to the first image', 1, [true, false]],
] as const)('one that never answers %s is given up, and every image is tried again', async (_, answers, mayHave) => {
  const instances = [bench.image(1), bench.image(2)]
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const deps = { ...bench.deps, timeouts: { association: quick } }
  const dossier = { ...completeDossier, instances }
  const outcomes = await createPacsDelivery(deps).deliverImages(tasks, dossier, await silentAfter(answers))
  const each = tasks.map((task) => outcomes.get(task.id))
  expect(each.map((one) => one?.kind)).toEqual(['retry', 'retry'])
  expect(each.map((one) => one?.kind === 'retry' && one.maybeReceived === true)).toEqual(mayHave)
})

test('no wait for a peer lasts longer than two minutes', () => {
  expect(Math.max(...Object.values(associationTimeouts))).toBeLessThanOrEqual(120_000)
})
