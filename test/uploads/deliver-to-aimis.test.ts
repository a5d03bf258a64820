import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { createAimisDelivery } from '../../electron/station/uploads/deliver-to-aimis.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import {
  type SimulatedGatewayDicom,
  startSimulatedGatewayDicom,
} from '../../electron/training/simulated-gateway-dicom.ts'
import { encapsulatedPdfStorage } from '../../shared/dicom/sop-class.ts'
import { aimisSettingsSchema } from '../../shared/models/destination.ts'
import type { DeliveryStep } from '../../shared/models/outbox-task.ts'
import { completeDossier, createBench, taskOf } from './delivery-bench.ts'

const token = '0123456789abcdef0123456789abcdef'
let bench: ReturnType<typeof createBench>
let dicom: SimulatedGatewayDicom
let gateway: SimulatedAimis
beforeEach(async () => {
  bench = createBench()
  dicom = await startSimulatedGatewayDicom()
  gateway = await startSimulatedAimis({ appId: 'clinic', token, receivedInstances: dicom.receivedInstances })
})
afterEach(async () => {
  bench.stop()
  await gateway.stop()
  await dicom.stop()
})

function destination(more: object = {}): DestinationOf<'aimis'> {
  const { host, port, aeTitle } = dicom
  const settings = aimisSettingsSchema.parse({
    gatewayUrl: gateway.url,
    appId: 'clinic',
    token,
    dicom: { host, port, aeTitle },
    ...more,
  })
  return { kind: 'aimis', id: 'destination-1', name: '腾讯', enabled: true, paused: undefined, settings }
}

test('the QR comes at registration, from a gateway that did not know the study', async () => {
  const { report: _, ...rest } = completeDossier
  const registered = { ...rest, report: undefined, studyDateTime: '' }
  const outcome = await createAimisDelivery({
    ...bench.deps,
    documents: createDocuments(),
    clients: bench.clients,
  }).deliver(taskOf('study-qr'), registered, destination())
  expect(outcome).toMatchObject({ kind: 'done', value: { qrImage: expect.stringMatching(/^iVBORw0KGgo/), qrUrl: '' } })
  expect(gateway.ledger.studies.DX2603050001?.body).toMatchObject({ status: 'registered', imageCnt: 0 })
})

test('an exam goes from study to reconciled counts', async () => {
  const instances = [bench.image(1), bench.image(2)]
  const dossier = { ...completeDossier, instances }
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  const tell = (step: 'study' | 'report' | 'reconcile') => delivery.deliver(taskOf(step), dossier, destination())
  expect(await tell('study')).toMatchObject({
    kind: 'done',
    value: { status: 'final', counts: { images: 2, series: 1 } },
  })
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const images = await delivery.deliverImages(tasks, dossier, destination())
  expect([...images.values()].map((outcome) => outcome.kind)).toEqual(['done', 'done'])
  expect(await tell('report')).toMatchObject({ kind: 'done' })
  expect(await tell('reconcile')).toMatchObject({ kind: 'done' })
  const study = gateway.ledger.studies.DX2603050001
  expect(study?.reconciled.agreed).toBe(true)
  expect(study?.body).toMatchObject({
    studyUid: completeDossier.exam.studyInstanceUid,
    status: 'final',
    patientId: 'P26000001',
  })
  expect(dicom.receivedInstances().map((one) => one.accessionNumber)).toEqual(['DX2603050001', 'DX2603050001'])
  // The device made a study UID of its own: the gateway gets the images under the one that it is told.
  const studyUid = completeDossier.exam.studyInstanceUid
  expect(dicom.receivedInstances().map((one) => one.studyInstanceUid)).toEqual([studyUid, studyUid])
  const changes = bench.audit.map((entry) => entry.details?.changes)
  expect(changes[0]).toContainEqual({ element: 'StudyInstanceUID', from: '1.2.3.4.5', to: studyUid })
})

test('where the gateway counts PDFs, the report goes as Encapsulated PDF too, and the counts agree', async () => {
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  const tell = (step: DeliveryStep, subject = '') =>
    delivery.deliver(taskOf(step, subject), dossier, destination({ pdfAsDicom: true }))
  await tell('study')
  await tell('image', 'instance-1')
  await tell('report')
  expect(await tell('report')).toMatchObject({ kind: 'done', value: { pdfSha256: expect.any(String) } })
  const pdf = dicom.receivedInstances().find((one) => one.sopClassUid === encapsulatedPdfStorage)
  expect(pdf).toMatchObject({
    accessionNumber: 'DX2603050001',
    patientId: 'P26000001',
    studyInstanceUid: completeDossier.exam.studyInstanceUid,
  })
  expect(dicom.receivedInstances()).toHaveLength(2)
  expect(await tell('reconcile')).toMatchObject({ kind: 'done' })
})

test('a report whose answer was lost is there once, and sending it again is a success', async () => {
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  await delivery.deliver(taskOf('study'), completeDossier, destination())
  gateway.faults.add({ call: 'report/add', times: 1, fault: { kind: 'reset-after-processing' } })
  const first = await delivery.deliver(taskOf('report'), completeDossier, destination())
  expect(first).toMatchObject({ kind: 'retry', maybeReceived: true })
  const again = await delivery.deliver(taskOf('report', '', 'sent-unconfirmed'), completeDossier, destination())
  expect(again).toMatchObject({ kind: 'done', note: { chinese: expect.stringContaining('30004') } })
  expect(Object.values(gateway.ledger.studies.DX2603050001?.reports ?? {})).toHaveLength(1)
})

test('a login page is no success, a wrong token pauses, missing data name what is missing', async () => {
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  gateway.faults.add({ call: 'study/add', times: 1, fault: { kind: 'html' } })
  expect(await delivery.deliver(taskOf('study'), completeDossier, destination())).toMatchObject({ kind: 'retry' })
  const wrong = destination({ token: 'f'.repeat(32) })
  expect(await delivery.deliver(taskOf('study'), completeDossier, wrong)).toMatchObject({ kind: 'fix-settings' })
  const { report: _, ...rest } = completeDossier
  const unreported = { ...rest, report: undefined }
  expect(await delivery.deliver(taskOf('report'), unreported, destination())).toMatchObject({
    kind: 'fix-exam',
    reason: { code: 'MISSING-FIELD' },
  })
  expect(gateway.ledger.studies).toEqual({})
})

test('counts that differ from what the cloud holds are not reported as agreed', async () => {
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  await delivery.deliver(taskOf('study'), dossier, destination())
  expect((await delivery.deliver(taskOf('reconcile'), dossier, destination())).kind).not.toBe('done')
})

test('the connection test tells the gateway nothing about anybody, and shows each side', async () => {
  const delivery = createAimisDelivery({ ...bench.deps, documents: createDocuments(), clients: bench.clients })
  const good = await delivery.test(destination())
  expect(good.lines.map((line) => [line.what.slice(0, 5), line.ok])).toEqual([
    ['前置机接口', true],
    ['本机时间', true],
    ['DICOM', true],
  ])
  const bad = await delivery.test(destination({ token: 'f'.repeat(32) }))
  expect(bad.ok).toBe(false)
  expect(bad.lines[0]?.ok).toBe(false)
  const english = [...good.lines, ...bad.lines].map((line) => `${line.whatInEnglish}: ${line.detailInEnglish}`)
  expect(english.filter((words) => /\p{Script=Han}/u.test(words))).toEqual([])
  expect(bad.lines.at(-1)?.ok).toBe(true)
  expect(gateway.ledger.studies).toEqual({})
})
