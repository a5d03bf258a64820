import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import { createReceiver } from '../../electron/station/receiver/receiver.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { dicomApplicationContext, writeAssociationRequest } from '../../shared/dicom/association-request.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { pdu } from '../../shared/dicom/pdu.ts'
import {
  ctImageStorage,
  explicitLittle,
  openArchive,
  smallObject,
  storedDataSet,
} from '../archive/archive-for-tests.ts'
import { device, openReceiver, type TestReceiver, until, worklistItem } from './receiver-for-tests.ts'

let station: TestReceiver | undefined
afterEach(() => station?.close())

test('a modality finds its exam and sends images under what it got, byte for byte', async () => {
  station = await openReceiver({ items: [worklistItem()], devices: [device('DR1')] })
  const modality = createSimulatedModality({ aeTitle: 'DR1', station: station.station })
  const [item] = await modality.findWorklist({ patientName: '张*', modality: 'DR', scheduledDate: '20261121' })
  expect(item).toMatchObject({
    characterSet: 'GB18030',
    accessionNumber: 'DR2611210001',
    patientId: 'P26000001',
    patientBirthDate: '1988-03-05',
    studyInstanceUid: '2.25.4711',
    requestedProcedureDescription: '胸部正位',
    scheduledAeTitle: 'DR1',
  })
  expect(item!.patientName).toMatch(/^ZHANG\^SAN=张\^三$/i)
  const sent = await modality.sendStudy({ item: item!, instances: 2 })
  expect(sent.instances.map(({ status }) => status)).toEqual([0, 0])
  for (const { sopInstanceUid, sha256 } of sent.instances) {
    const instance = station.archive.instanceByUid(sopInstanceUid)!
    const stored = await storedDataSet(station.archive, instance.id)
    expect(createHash('sha256').update(stored).digest('hex')).toBe(sha256)
  }
  expect(station.archive.studyHeader('2.25.4711')).toMatchObject({
    accessionNumber: 'DR2611210001',
    callingAeTitle: 'DR1',
  })
  expect(station.claimed.map(({ actor }) => actor)).toEqual(['ae:DR1', 'ae:DR1'])
})

test('a modality that knows no worklist sends a patient whom its operator typed in', async () => {
  station = await openReceiver({ devices: [device('CT1')] })
  const modality = createSimulatedModality({ aeTitle: 'CT1', station: station.station })
  const patient = { name: '欧阳娜娜', patientId: '77', sex: 'F', birthDate: '2000-06-15' }
  const sent = await modality.sendStudy({ patient, instances: 1, modality: 'CT' })
  expect(station.archive.studyHeader(sent.studyInstanceUid)).toMatchObject({
    accessionNumber: '',
    patientSex: 'F',
    patientName: expect.stringMatching(/=欧阳\^娜娜$/),
  })
})

test('an unknown device is let in while the station is in training', async () => {
  station = await openReceiver({ acceptUnknown: true, devices: [] })
  expect(
    await createSimulatedModality({ aeTitle: 'ANY', station: { ...station.station, aeTitle: 'ELSE' } }).echo(),
  ).toBe(true)
})

test('several PDVs in a PDU, and command and data in one PDU, are one object', async () => {
  station = await openReceiver()
  const object = smallObject()
  const pdv = (control: number, value: Buffer) => {
    const head = Buffer.alloc(6)
    head.writeUInt32BE(value.length + 2, 0)
    head.writeUInt8(1, 4)
    head.writeUInt8(control, 5)
    return Buffer.concat([head, value])
  }
  const command = encodeDataSet(
    [
      { tag: 0x00000002, vr: 'UI', value: ctImageStorage },
      { tag: 0x00000100, vr: 'US', value: 1 },
      { tag: 0x00000110, vr: 'US', value: 7 },
      { tag: 0x00000700, vr: 'US', value: 0 },
      { tag: 0x00000800, vr: 'US', value: 1 },
      { tag: 0x00001000, vr: 'UI', value: object.sopInstanceUid },
    ],
    { explicitVr: false, text: 'ascii' },
  )
  const pieces = [0, 100, 101, 333].map((start, at, all) => object.dataSet.subarray(start, all[at + 1]))
  const socket = connect(station.station)
  const came: Buffer[] = []
  socket.on('data', (bytes) => came.push(bytes))
  socket.write(
    writeAssociationRequest({
      protocolVersion: 1,
      calledAeTitle: 'YINGZHAN',
      callingAeTitle: 'CT1',
      applicationContext: dicomApplicationContext,
      contexts: [{ id: 1, abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] }],
      maxPduLength: 16384,
      implementationClassUid: '1.2.3',
      implementationVersionName: 'TEST',
    }),
  )
  await until(() => Buffer.concat(came)[0] === 2)
  const before = Buffer.concat(came).length
  socket.write(
    pdu(
      4,
      Buffer.concat([
        pdv(1, command.subarray(0, 20)),
        pdv(3, command.subarray(20)),
        ...pieces.map((piece, at) => pdv(at === pieces.length - 1 ? 2 : 0, piece)),
      ]),
    ),
  )
  await until(() => Buffer.concat(came).length > before)
  socket.destroy()
  const instance = station.archive.instanceByUid(object.sopInstanceUid)!
  expect((await storedDataSet(station.archive, instance.id)).equals(object.dataSet)).toBe(true)
})

test('a port that is taken is a start error with its code', async () => {
  station = await openReceiver()
  const room = await openArchive()
  const { archive, audit, log, clock, events } = room
  const second = createReceiver({
    config: { aeTitle: 'X', host: '127.0.0.1', port: station.station.port },
    archive,
    query: createArchiveQuery(room.db),
    audit,
    worklist: () => [],
    devices: () => [],
    acceptUnknown: () => false,
    onKnock: () => {},
    log,
    clock,
    events,
  })
  await expect(second.start()).rejects.toMatchObject({ name: 'ReceiverStartError', code: 'port-in-use' })
  await second.stop()
  room.close()
})

test('stopping closes associations and frees the port', async () => {
  station = await openReceiver()
  const { port } = station.station
  const socket = connect(station.station)
  await new Promise((resolve) => socket.once('connect', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await station.receiver.stop()
  await closed
  const again = await openReceiver({ port })
  expect(again.station.port).toBe(port)
  await again.close()
})
