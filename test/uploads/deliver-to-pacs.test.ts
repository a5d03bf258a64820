import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'
import { completeDossier, createBench, deliveredBefore, taskOf } from './delivery-bench.ts'

let bench: ReturnType<typeof createBench>
let pacs: SimulatedGatewayDicom
beforeEach(async () => {
  bench = createBench()
  pacs = await startSimulatedGatewayDicom({ aeTitle: 'PACS' })
})
afterEach(async () => {
  bench.stop()
  await pacs.stop()
})

function destination(dicom: Partial<DestinationOf<'pacs'>['settings']['dicom']> = {}): DestinationOf<'pacs'> {
  const settings = { dicom: { aeTitle: 'PACS', host: pacs.host, port: pacs.port, ...dicom } }
  return { kind: 'pacs', id: 'destination-1', name: '院内 PACS', enabled: true, paused: undefined, settings }
}

test('all images of an exam arrive under the registered patient, and the audit log says what was changed', async () => {
  const instances = [bench.image(1), bench.image(2, 'jpeg'), bench.image(3, 'implicit')]
  const dossier = { ...completeDossier, instances }
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const outcomes = await createPacsDelivery(bench.deps).deliverImages(tasks, dossier, destination())
  const received = pacs.receivedInstances()
  expect(received.map((one) => one.accessionNumber)).toEqual(Array(3).fill('DX2603050001'))
  expect(received.map((one) => one.patientId)).toEqual(Array(3).fill('P26000001'))
  expect(received.map((one) => one.studyInstanceUid)).toEqual(Array(3).fill('1.2.3.4.5'))
  const sent = tasks.map((task) => outcomes.get(task.id))
  expect(sent.map((outcome) => outcome?.kind)).toEqual(['done', 'done', 'done'])
  expect(received.map((one) => one.sha256)).toEqual(sent.map((one) => one?.kind === 'done' && Object(one.value).sha256))
  expect(bench.audit).toHaveLength(3)
  expect(bench.audit[0]).toMatchObject({ action: 'send-copy', subjectKind: 'instance', subjectId: 'instance-1' })
  expect(bench.audit[0]?.details?.changes).toContainEqual({ element: 'PatientID', from: 'X9', to: 'P26000001' })
})

test('a device that staff know to write GB18030 is sent as GB18030, with the Chinese name, and the audit log says so', async () => {
  const instances = [bench.image(1)]
  const asked: string[] = []
  const readAsOf = (instance: { readonly sopInstanceUid: string }) => {
    asked.push(instance.sopInstanceUid)
    return 'gb18030' as const
  }
  const delivery = createPacsDelivery({ ...bench.deps, readAsOf })
  const outcome = await delivery.deliver(
    taskOf('image', 'instance-1'),
    { ...completeDossier, instances },
    destination(),
  )
  expect(outcome.kind).toBe('done')
  expect(asked).toEqual(['1.2.3.1'])
  const { changes } = bench.audit[0]!.details as { changes: readonly { element: string; from: string; to: string }[] }
  expect(changes[0]).toEqual({ element: 'SpecificCharacterSet', from: 'ISO_IR 100', to: 'GB18030' })
  expect(changes.find(({ element }) => element === 'PatientName')?.to).toMatch(/=\p{Script=Han}/u)
})

test('an identity number that a device’s operator typed as PatientID does not get into the audit log', async () => {
  const dossier = { ...completeDossier, patient: { ...completeDossier.patient, patientId: '11010519491231002X' } }
  const instances = [bench.image(1)]
  const outcome = await createPacsDelivery(bench.deps).deliver(
    taskOf('image', 'instance-1'),
    { ...dossier, instances },
    destination(),
  )
  expect(outcome.kind).toBe('done')
  expect(JSON.stringify([bench.audit, outcome, bench.logged])).not.toContain('11010519491231002X')
})

test('an image that was moved out of the exam is not sent under it', async () => {
  bench.image(1)
  const outcome = await createPacsDelivery(bench.deps).deliver(
    taskOf('image', 'instance-1'),
    completeDossier,
    destination(),
  )
  expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'IMAGE-NOT-OF-EXAM' } })
  expect(pacs.receivedInstances()).toEqual([])
})

test('each status of the peer leads where it must, and the other images go on', async () => {
  const instances = [bench.image(1), bench.image(2)]
  const dossier = { ...completeDossier, instances }
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const kinds: Record<string, readonly unknown[]> = {}
  for (const status of [0xb000, 0xb007, 0xa700, 0xa900, 0xc000, 0x0110, 0x0111, 0x0122, 0x0124]) {
    pacs.failNext(1, status)
    const outcomes = await createPacsDelivery(bench.deps).deliverImages(tasks, dossier, destination())
    kinds[status.toString(16)] = tasks.map((task) => outcomes.get(task.id)?.kind)
  }
  expect(kinds).toEqual({
    b000: ['done', 'done'],
    b007: ['done', 'done'],
    a700: ['retry', 'done'],
    a900: ['fix-exam', 'done'],
    c000: ['unknown', 'done'],
    '110': ['retry', 'done'],
    '111': ['done', 'done'],
    '122': ['fix-exam', 'done'],
    '124': ['fix-settings', 'done'],
  })
})

test('a peer that keeps the uncorrected image after a correction is no success', async () => {
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  const corrected = deliveredBefore(dossier, 'image', { sha256: 'of the earlier copy' }, 'instance-1')
  pacs.failNext(1, 0x0111)
  const outcome = await createPacsDelivery(bench.deps).deliver(taskOf('image', 'instance-1'), corrected, destination())
  expect(outcome).toMatchObject({ kind: 'fix-exam', reason: { code: 'DICOM-0111-CORRECTION' } })
})

test('a wrong AE title pauses the destination with words, a dead peer is tried again', async () => {
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  const delivery = createPacsDelivery(bench.deps)
  const task = taskOf('image', 'instance-1')
  expect(await delivery.deliver(task, dossier, destination({ aeTitle: 'OTHER' }))).toMatchObject({
    kind: 'fix-settings',
    reason: { message: '接收方的 AE 名不是“OTHER”' },
  })
  expect(await delivery.deliver(task, dossier, destination({ port: 1 }))).toMatchObject({
    kind: 'retry',
    reason: { code: 'DICOM-REFUSED' },
  })
})

test('the connection test says in words whether we are let in', async () => {
  const delivery = createPacsDelivery(bench.deps)
  expect(await delivery.test(destination())).toMatchObject({ ok: true })
  const refused = await delivery.test(destination({ aeTitle: 'OTHER' }))
  expect(refused.ok).toBe(false)
  expect(refused.lines[0]?.detail).toContain('AE 名')
})
