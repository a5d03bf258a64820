import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDocuments } from '../../electron/station/documents/documents.ts'
import { createCloudClients } from '../../electron/station/uploads/cloud-clients.ts'
import { createJilinDelivery } from '../../electron/station/uploads/deliver-to-jilin.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { TokenRecord } from '../../shared/clouds/jilin/token.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { completeDossier, createBench, deliveredBefore, taskOf } from './delivery-bench.ts'

let bench: ReturnType<typeof createBench>
let platform: SimulatedJilin
let kept: TokenRecord | undefined
beforeEach(async () => {
  bench = createBench()
  kept = undefined
  platform = await startSimulatedJilin({ uid: 'clinic', appSecret: 'secret' })
})
afterEach(async () => {
  bench.stop()
  await platform.stop()
})

function destination(more: object = {}): DestinationOf<'jilin'> {
  const { url: baseUrl, sm2PublicKey } = platform
  const settings = jilinSettingsSchema.parse({ baseUrl, uid: 'clinic', appSecret: 'secret', sm2PublicKey, ...more })
  return { kind: 'jilin', id: 'destination-1', name: '省云', enabled: true, paused: undefined, settings }
}

function createDelivery() {
  const tokens = {
    read: () => kept,
    write: (record: TokenRecord) => {
      kept = record
    },
  }
  const clients = createCloudClients({ ...bench.deps, tokenStore: () => tokens })
  return createJilinDelivery({ ...bench.deps, documents: createDocuments(), clients })
}

const examKey = 'SAF2313/DX2603050001'
const valueIn = (outcome: CloudOutcome) => (outcome.kind === 'done' ? outcome.value : outcome)

test('an exam goes from its item to its images, the PDF with the film’s QR', async () => {
  const delivery = createDelivery()
  const instances = [bench.image(1), bench.image(2, 'jpeg')]
  let dossier: ExamDossier = { ...completeDossier, instances }
  for (const step of ['project', 'index', 'film-url', 'report-pdf'] as const) {
    const outcome = await delivery.deliver(taskOf(step), dossier, destination())
    expect(outcome, step).toMatchObject({ kind: 'done' })
    dossier = deliveredBefore(dossier, step, valueIn(outcome))
  }
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const images = await delivery.deliverImages(tasks, dossier, destination())
  expect([...images.values()].map((outcome) => outcome.kind)).toEqual(['done', 'done'])
  const exam = platform.ledger.exams[examKey]
  expect(exam?.received).toBe(1)
  expect(exam?.body.idCardNo).toBe('11010519491231002X')
  expect(exam?.pdf?.sha256).toBe(dossier.delivered.map((step) => Object(step.result).sha256).findLast(Boolean))
  expect(Object.keys(exam?.images ?? {})).toEqual(['1.2.3.1', '1.2.3.2'])
  expect(platform.ledger.refusals).toEqual([])
  expect(platform.ledger.grants).toHaveLength(1)
  expect(bench.audit.map((entry) => entry.action)).toEqual(['send-copy', 'send-copy'])
})

test('an index whose answer was lost is looked for, and not sent twice', async () => {
  const delivery = createDelivery()
  await delivery.deliver(taskOf('project'), completeDossier, destination())
  platform.faults.add({ call: 'savePatientExam', times: 1, fault: { kind: 'reset-after-processing' } })
  const first = await delivery.deliver(taskOf('index'), completeDossier, destination())
  expect(first).toMatchObject({ kind: 'retry', maybeReceived: true })
  const again = await delivery.deliver(taskOf('index', '', 'sent-unconfirmed'), completeDossier, destination())
  const exam = platform.ledger.exams[examKey]
  expect(valueIn(again)).toEqual({ examId: exam?.examId })
  expect(exam?.received).toBe(1)
})

test('an index that the platform never got, or has in an earlier version, goes again', async () => {
  const delivery = createDelivery()
  await delivery.deliver(taskOf('project'), completeDossier, destination())
  const lost = await delivery.deliver(taskOf('index', '', 'sent-unconfirmed'), completeDossier, destination())
  expect(lost.kind).toBe('done')
  const report = completeDossier.report && { ...completeDossier.report, version: 2, conclusion: '', impression: '更正' }
  const amended = { ...completeDossier, report }
  await delivery.deliver(taskOf('index', '', 'sent-unconfirmed'), amended, destination())
  expect(platform.ledger.exams[examKey]).toMatchObject({ received: 2, body: { conclusion: '更正' } })
})

test('without an identity number nothing can be asked, and the same index goes again', async () => {
  const { identity: _, ...patient } = completeDossier.patient
  const dossier = { ...completeDossier, patient }
  const outcome = await createDelivery().deliver(taskOf('index', '', 'sent-unconfirmed'), dossier, destination())
  expect(outcome.kind).not.toBe('retry')
  expect(platform.ledger.refusals.filter((refusal) => refusal.call === 'queryFormerlyExam')).toEqual([])
})

test('an image that was cut off in mid-way, or whose answer was lost, is the same file the next time', async () => {
  const delivery = createDelivery()
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  await delivery.deliver(taskOf('project'), dossier, destination())
  await delivery.deliver(taskOf('index'), dossier, destination())
  const send = () => delivery.deliver(taskOf('image', 'instance-1'), dossier, destination())
  platform.faults.add({ call: 'uploadDicom', times: 1, fault: { kind: 'reset-after-processing' } })
  expect(await send()).toMatchObject({ kind: 'retry', maybeReceived: true })
  const first = platform.ledger.exams[examKey]?.images['1.2.3.1']?.sha256
  expect(await send()).toMatchObject({ kind: 'done' })
  expect(platform.ledger.exams[examKey]?.images['1.2.3.1']).toMatchObject({ sha256: first, received: 2 })
})

test('a login page, a step before its time, a wrong secret, and a rotten file each lead elsewhere', async () => {
  const delivery = createDelivery()
  const dossier = { ...completeDossier, instances: [bench.image(1)] }
  platform.faults.add({ call: 'savePatientExam', times: 1, fault: { kind: 'html' } })
  expect(await delivery.deliver(taskOf('index'), dossier, destination())).toMatchObject({ kind: 'retry' })
  for (const step of ['film-url', 'report-pdf'] as const) {
    const early = await delivery.deliver(taskOf(step), dossier, destination())
    expect(early).toMatchObject({ kind: 'retry', reason: { code: 'STEP-BEFORE-MISSING' } })
  }
  const wrong = destination({ appSecret: 'wrong' })
  expect(await delivery.deliver(taskOf('index'), dossier, wrong)).toMatchObject({ kind: 'fix-settings' })
  bench.rot('instance-1')
  const image = await delivery.deliver(taskOf('image', 'instance-1'), dossier, destination())
  expect(image).toMatchObject({ kind: 'fix-exam', reason: { code: 'COPY-FILE-ALTERED' } })
})

test('once the platform is gone, the rest of the images is not attempted', async () => {
  const instances = [bench.image(1), bench.image(2)]
  const dossier = { ...completeDossier, instances }
  platform.faults.add({ call: 'uploadDicom', times: 1, fault: { kind: 'reset-after-processing' } })
  const tasks = instances.map((instance) => taskOf('image', instance.id))
  const outcomes = [...(await createDelivery().deliverImages(tasks, dossier, destination())).values()]
  expect(outcomes[0]).toMatchObject({ kind: 'retry', maybeReceived: true })
  expect(outcomes[1]).toMatchObject({ kind: 'retry' })
  expect(outcomes[1]).not.toHaveProperty('maybeReceived')
})

test('the connection test says whether the account is accepted', async () => {
  expect(await createDelivery().test(destination())).toMatchObject({ ok: true })
  kept = undefined
  expect(await createDelivery().test(destination({ appSecret: 'wrong' }))).toMatchObject({ ok: false })
})

test('the PDF is what the documents room made', async () => {
  const dossier = deliveredBefore(completeDossier, 'film-url', { url: 'https://film.example/1' })
  const pdf = Buffer.from('%PDF-1.4 a report')
  const asked: string[] = []
  const delivery = createJilinDelivery({
    ...bench.deps,
    documents: {
      reportPdf: async (_, { filmUrl }) => {
        asked.push(filmUrl ?? '')
        return { kind: 'printed', pdf }
      },
    },
    clients: bench.clients,
  })
  await delivery.deliver(taskOf('index'), completeDossier, destination())
  const outcome = await delivery.deliver(taskOf('report-pdf'), dossier, destination())
  expect(asked).toEqual(['https://film.example/1'])
  expect(valueIn(outcome)).toEqual({ sha256: createHash('sha256').update(pdf).digest('hex'), sizeBytes: pdf.length })
})
