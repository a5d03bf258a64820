import { once } from 'node:events'
import dimse from 'dcmjs-dimse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createPerformedSteps, type PerformedSteps } from '../../electron/station/exams/performed-steps.ts'
import { readPerformedStep } from '../../electron/station/receiver/performed-step-data-set.ts'
import { createReceiver } from '../../electron/station/receiver/receiver.ts'
import { type DicomAssociation, openAssociation } from '../../electron/training/dicom-association.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { stepBeginning } from '../../electron/training/simulated-step.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { performedStepClass } from '../../shared/dicom/sop-class.ts'
import { openArchive, type TestArchive } from '../archive/archive-for-tests.ts'
import { expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'
import { device } from './receiver-for-tests.ts'

const explicit = '1.2.840.10008.1.2.1'
const implicit = '1.2.840.10008.1.2'

describe('what a device writes about its step', () => {
  test('is read in its own character set, also within sequences, in implicit VR as well', () => {
    const reason = [{ tag: 0x00080104, vr: 'LO', value: '患者不配合' }]
    const elements = [
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00100010, vr: 'PN', value: 'ZHANG^SAN=张^三' },
      { tag: 0x00400244, vr: 'DA', value: '20261121' },
      { tag: 0x00400245, vr: 'TM', value: '0930' },
      { tag: 0x00400252, vr: 'CS', value: 'DISCONTINUED ' },
      { tag: 0x00400254, vr: 'LO', value: '胸部平扫' },
      { tag: 0x00400281, vr: 'SQ', value: [reason] },
    ]
    for (const explicitVr of [true, false]) {
      const bytes = encodeDataSet(elements, { explicitVr, text: 'gb18030' })
      expect(readPerformedStep(bytes, explicitVr ? explicit : implicit, '')).toMatchObject({
        status: 'DISCONTINUED',
        patientName: 'ZHANG^SAN=张^三',
        startedAt: '2026-11-21 09:30:00',
        description: '胸部平扫',
        reason: '患者不配合',
        endedAt: undefined,
        references: undefined,
        announcedImages: undefined,
      })
    }
  })
  test('that declares no character set is read in the one that is known of the device', () => {
    const bytes = encodeDataSet([{ tag: 0x00400254, vr: 'LO', value: '腰椎' }], { explicitVr: true, text: 'gb18030' })
    expect(readPerformedStep(bytes, explicit, 'GB18030')?.description).toBe('腰椎')
  })
  test('that declares another set than it writes is read as staff decided, also within sequences', () => {
    const elements = [
      { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
      { tag: 0x00100010, vr: 'PN', value: '张^三' },
      { tag: 0x00400281, vr: 'SQ', value: [[{ tag: 0x00080104, vr: 'LO', value: '患者不配合' }]] },
    ]
    const bytes = encodeDataSet(elements, { explicitVr: true, text: 'gb18030' })
    expect(readPerformedStep(bytes, explicit, '')?.patientName).not.toBe('张^三')
    expect(readPerformedStep(bytes, explicit, '', 'gb18030')).toMatchObject({
      patientName: '张^三',
      reason: '患者不配合',
    })
  })
  test('names each of its instances once, images or not, over all series', () => {
    const instance = (uid: string) => [{ tag: 0x00081155, vr: 'UI', value: uid }]
    const series = (images: string[], others: string[]) => [
      { tag: 0x00081140, vr: 'SQ', value: images.map(instance) },
      { tag: 0x00400220, vr: 'SQ', value: others.map(instance) },
    ]
    const bytes = encodeDataSet(
      [{ tag: 0x00400340, vr: 'SQ', value: [series(['1.1', '1.2'], []), series(['1.3', '1.2'], ['1.9'])] }],
      { explicitVr: true, text: 'ascii' },
    )
    expect(readPerformedStep(bytes, explicit, '')?.announcedImages).toBe(4)
  })
  test('that is no data set is said to be none', () => {
    expect(readPerformedStep(Buffer.from('no data set'), explicit, '')).toBeUndefined()
  })
})

describe('a device that tells of its step', () => {
  let rooms: Rooms
  let archive: TestArchive
  let steps: PerformedSteps
  let address: { aeTitle: string; host: string; port: number }
  let stop: () => Promise<void>
  beforeAll(async () => {
    rooms = await openRooms()
    archive = await openArchive()
    steps = createPerformedSteps(rooms)
    const receiver = createReceiver({
      config: { aeTitle: 'YINGZHAN', host: '127.0.0.1', port: 0 },
      archive: archive.archive,
      query: createArchiveQuery(archive.db),
      audit: rooms.audit,
      worklist: rooms.exams.worklist,
      performedSteps: steps,
      devices: () => [device('CT1')],
      acceptUnknown: () => false,
      onKnock: () => {},
      log: archive.log,
      clock: rooms.clock,
      events: rooms.events,
    })
    address = { aeTitle: 'YINGZHAN', ...(await receiver.start()) }
    stop = receiver.stop
  })
  afterAll(async () => {
    await stop()
    archive.close()
    rooms.close()
  })

  const modality = () => createSimulatedModality({ aeTitle: 'CT1', station: address, clock: rooms.clock })
  const associate = () =>
    openAssociation({ callingAeTitle: 'CT1', calledAeTitle: address.aeTitle, host: address.host, port: address.port }, [
      { abstractSyntax: performedStepClass, transferSyntaxes: [implicit] },
    ])
  const statusOnly = (status: string) =>
    encodeDataSet([{ tag: 0x00400252, vr: 'CS', value: status }], { explicitVr: false, text: 'ascii' })
  async function onAssociation<T>(
    work: (to: DicomAssociation, context: DicomAssociation['granted'][number]) => Promise<T>,
  ) {
    const to = await associate()
    const result = await work(to, to.contextFor(performedStepClass)!)
    await to.release()
    return result
  }

  test('finds its exam in the worklist, begins it and completes it', async () => {
    const exam = expectOk(rooms.register({ name: '王芳' }))
    const [item] = await modality().findWorklist({ accessionNumber: exam.accessionNumber })
    const { sopInstanceUid, status } = await modality().beginStep([item!])
    expect(status).toBe(0)
    expect(steps.ofExam(exam.id)).toMatchObject([{ state: 'in-progress', sopInstanceUid, modality: 'DR' }])
    expect(rooms.exams.worklist().find((one) => one.exam.id === exam.id)?.isStarted).toBe(true)
    const { objects } = modality().takeImages({ item: item!, instances: 3 })
    expect(await modality().endStep(sopInstanceUid, { status: 'COMPLETED', objects })).toBe(0)
    expect(steps.ofExam(exam.id)).toMatchObject([{ state: 'completed', announcedImages: 3 }])
    expect(await modality().findWorklist({ accessionNumber: exam.accessionNumber })).toEqual([])
  })

  test('breaks it off, and finds it again', async () => {
    const exam = expectOk(rooms.register({ name: '赵六' }))
    const [item] = await modality().findWorklist({ accessionNumber: exam.accessionNumber })
    const { sopInstanceUid } = await modality().beginStep([item!])
    await modality().endStep(sopInstanceUid, { status: 'DISCONTINUED', objects: [], reason: '设备故障' })
    expect(steps.ofExam(exam.id)).toMatchObject([{ state: 'discontinued', reason: '设备故障' }])
    expect(await modality().findWorklist({ accessionNumber: exam.accessionNumber })).toHaveLength(1)
  })

  test('is told by the standard’s statuses what cannot be', async () => {
    await onAssociation(async (to, context) => {
      const begin = (uid: string, dataSet: Buffer) => to.create(context, uid, dataSet)
      expect((await begin('2.25.71', statusOnly('IN PROGRESS'))).status).toBe(0)
      expect((await begin('2.25.71', statusOnly('IN PROGRESS'))).status).toBe(0x0111)
      expect((await begin('2.25.72', statusOnly('COMPLETED'))).status).toBe(0x0106)
      const missing = await begin(
        '2.25.73',
        encodeDataSet([{ tag: 0x00080060, vr: 'CS', value: 'CT' }], { explicitVr: false, text: 'ascii' }),
      )
      expect([missing.status, missing.attributeIdentifierList]).toEqual([0x0120, [0x00400252]])
      expect((await begin('not a uid', statusOnly('IN PROGRESS'))).status).toBe(0x0117)
      expect((await to.set(context, '2.25.99', statusOnly('COMPLETED'))).status).toBe(0x0112)
      expect((await to.set(context, '2.25.71', statusOnly('FINISHED'))).status).toBe(0x0106)
      expect((await to.set(context, '2.25.71', statusOnly('COMPLETED'))).status).toBe(0)
      const ended = await to.set(context, '2.25.71', statusOnly('DISCONTINUED'))
      expect([ended.status, ended.errorComment]).toEqual([
        0x0110,
        'Performed Procedure Step Object may no longer be updated',
      ])
      expect((await to.set(context, '2.25.71', Buffer.from('no data set!'))).status).toBe(0x0110)
    })
    expect(steps.read('2.25.71')?.state).toBe('completed')
  })

  test('that leaves the UID to the station is told which it is', async () => {
    const answer = await onAssociation((to, context) => to.create(context, '', statusOnly('IN PROGRESS')))
    expect(answer.status).toBe(0)
    expect(steps.read(answer.affectedSopInstanceUid)?.state).toBe('in-progress')
  })

  test('ten thousand images in its step are read and counted', async () => {
    const objects = Array.from({ length: 10_000 }, (_, at) => ({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: `1.2.840.113619.2.55.3.604688119.971.1448267384.1${String(at).padStart(17, '0')}`,
    }))
    const { sopInstanceUid } = await modality().beginStep([])
    expect(await modality().endStep(sopInstanceUid, { status: 'COMPLETED', objects })).toBe(0)
    expect(steps.read(sopInstanceUid)?.announcedImages).toBe(10_000)
  })

  test('by another hand (dcmjs-dimse): begins and completes', async () => {
    const exam = expectOk(rooms.register({ name: '孙七' }))
    const { NCreateRequest, NSetRequest } = dimse.requests
    const created = new NCreateRequest(performedStepClass, '2.25.4712')
    created.setDataset(
      new dimse.Dataset({
        PerformedProcedureStepStatus: 'IN PROGRESS',
        Modality: 'CT',
        ScheduledStepAttributesSequence: [{ StudyInstanceUID: exam.studyInstanceUid, AccessionNumber: '' }],
      }),
    )
    const changed = new NSetRequest(performedStepClass, '2.25.4712')
    changed.setDataset(new dimse.Dataset({ PerformedProcedureStepStatus: 'COMPLETED' }))
    const statuses: number[] = []
    for (const request of [created, changed]) request.on('response', (response) => statuses.push(response.getStatus()))
    const client = new dimse.Client()
    client.addRequest(created)
    client.addRequest(changed)
    const closed = once(client as never, 'closed')
    client.send(address.host, address.port, 'CT1', 'YINGZHAN')
    await closed
    expect(statuses).toEqual([0, 0])
    expect(steps.ofExam(exam.id)).toMatchObject([{ sopInstanceUid: '2.25.4712', state: 'completed' }])
  })

  test('what was answered with success is on the disk: another connection to the database sees it', async () => {
    const bytes = stepBeginning([], { aeTitle: 'CT1', at: rooms.clock(), characterSet: 'gb18030' })
    const to = await openAssociation(
      { callingAeTitle: 'CT1', calledAeTitle: address.aeTitle, host: address.host, port: address.port },
      [{ abstractSyntax: performedStepClass, transferSyntaxes: [explicit] }],
    )
    expect((await to.create(to.contextFor(performedStepClass)!, '2.25.81', bytes)).status).toBe(0)
    const other = await openDatabase(rooms.file)
    expect(createPerformedSteps({ ...rooms, db: other }).read('2.25.81')?.state).toBe('in-progress')
    other.close()
    await to.release()
  })
})
