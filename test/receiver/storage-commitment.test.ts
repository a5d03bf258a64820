import { once } from 'node:events'
import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dimse from 'dcmjs-dimse'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import {
  commitmentDelays,
  judgeCommitment,
  nextCommitmentAttempt,
} from '../../electron/station/receiver/judge-commitment.ts'
import { createReceiver } from '../../electron/station/receiver/receiver.ts'
import { createStorageCommitment } from '../../electron/station/receiver/storage-commitment.ts'
import { prepareStorageCommitmentSql } from '../../electron/station/receiver/storage-commitment-sql.ts'
import { openAssociation } from '../../electron/training/dicom-association.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { commitmentQuestion, type NamedObject, readCommitmentAnswer } from '../../electron/training/simulated-step.ts'
import { ctImageStorage, storageCommitmentClass, storageCommitmentInstance } from '../../shared/dicom/sop-class.ts'
import type { Device } from '../../shared/models/settings.ts'
import { explicitLittle, give, openArchive, smallObject, type TestArchive } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { startOrthanc } from '../stand-ins/orthanc.ts'
import { device, until } from './receiver-for-tests.ts'

describe('what the station answers for', () => {
  const named = (sopInstanceUid: string, sopClassUid = 'CT'): NamedObject => ({ sopClassUid, sopInstanceUid })
  test('is each object that is there whole under the class it is asked by', () => {
    const has = new Map([
      ['1', { sopClassUid: 'CT', isWhole: true }],
      ['2', { sopClassUid: 'MR', isWhole: true }],
      ['3', { sopClassUid: 'CT', isWhole: false }],
    ])
    const referenced = ['1', '2', '3', '4'].map((uid) => named(uid))
    expect(judgeCommitment({ transactionUid: '9', referenced }, (uid) => has.get(uid))).toEqual({
      transactionUid: '9',
      kept: [named('1')],
      failed: [
        { ...named('2'), why: 0x0119 },
        { ...named('3'), why: 0x0112 },
        { ...named('4'), why: 0x0112 },
      ],
    })
  })
  test('is told again after 10 s, 30 s, 2 min, 10 min, then every hour for a day, and then only when something changes', () => {
    const seconds = commitmentDelays.map((delay) => delay / 1000)
    expect(seconds.slice(0, 5)).toEqual([10, 30, 120, 600, 3600])
    expect(seconds.slice(4)).toEqual(Array.from({ length: 24 }, () => 3600))
    expect(nextCommitmentAttempt(5, 1)).toBe(10_005)
    expect(nextCommitmentAttempt(5, commitmentDelays.length + 1)).toBeNull()
  })
})

/** A station with an archive, whose clock a test may move. */
async function openStation(given: { devices: () => readonly Device[]; keepFolder?: string }) {
  let ahead = 0
  const clock = () => Date.now() + ahead
  const room: TestArchive = await openArchive({ clock, ...(given.keepFolder && { keepFolder: given.keepFolder }) })
  const commitment = createStorageCommitment({
    db: room.db,
    archive: room.archive,
    devices: given.devices,
    aeTitle: 'YINGZHAN',
    clock,
    events: room.events,
    log: room.log,
  })
  const receiver = createReceiver({
    config: { aeTitle: 'YINGZHAN', host: '127.0.0.1', port: 0 },
    archive: room.archive,
    query: createArchiveQuery(room.db),
    audit: room.audit,
    worklist: () => [],
    commitment,
    devices: given.devices,
    acceptUnknown: () => false,
    onKnock: () => {},
    log: room.log,
    clock,
    events: room.events,
  })
  const station = { aeTitle: 'YINGZHAN', ...(await receiver.start()) }
  commitment.start()
  return {
    ...room,
    commitment,
    station,
    modality: (aeTitle = 'CT1') => createSimulatedModality({ aeTitle, station }),
    /** Time goes on, and the station looks at what is due. */
    advance(milliseconds: number): void {
      ahead += milliseconds
      room.events.tell({ topic: 'settings' })
    },
    unsent: () => prepareStorageCommitmentSql(room.db).unsent(clock()),
    waiting: () =>
      Number(room.db.prepare('select count(*) from storage_commitment where sent_at is null').pluck().get()),
    async store(count: number): Promise<NamedObject[]> {
      const objects = Array.from({ length: count }, () => smallObject())
      for (const object of objects) await give(room, object)
      return objects.map(({ sopInstanceUid }) => ({ sopClassUid: ctImageStorage, sopInstanceUid }))
    },
    async close(): Promise<void> {
      await receiver.stop()
      await commitment.stop()
      room.close()
    },
  }
}
type TestStation = Awaited<ReturnType<typeof openStation>>

/** A device that takes reports on a port of its own: dcmjs-dimse, by another hand. `answer`: its status. */
async function startReportTaker(answer: () => number = () => 0, takesUsAsScp = true) {
  const taken: { eventTypeId: number; callingAeTitle: string; roles: boolean[]; elements: Record<string, unknown> }[] =
    []
  class Taker extends dimse.Scp {
    #calling = ''
    #roles: boolean[] = []
    override associationRequested(association: InstanceType<typeof dimse.association.Association>): void {
      this.#calling = association.getCallingAeTitle()
      for (const { id } of association.getPresentationContexts()) {
        const context = association.getPresentationContext(id)
        const isOurs = context.getAbstractSyntaxUid() === storageCommitmentClass
        if (isOurs) this.#roles = [context.getUserRole(), context.getProviderRole()]
        if (isOurs && !takesUsAsScp) {
          context.setUserRole(true)
          context.setProviderRole(false)
        }
        if (isOurs) context.setResult(0, explicitLittle)
        else context.setResult(3)
      }
      this.sendAssociationAccept()
    }
    override nEventReportRequest(
      request: InstanceType<typeof dimse.requests.NEventReportRequest>,
      done: (response: InstanceType<typeof dimse.responses.NEventReportResponse>) => void,
    ): void {
      const response = dimse.responses.NEventReportResponse.fromRequest(request)
      response.setStatus(answer())
      const elements = request.getDataset()?.getElements() as Record<string, unknown>
      taken.push({ eventTypeId: request.getEventTypeId(), callingAeTitle: this.#calling, roles: this.#roles, elements })
      done(response)
    }
    override associationReleaseRequested(): void {
      this.sendAssociationReleaseResponse()
    }
  }
  const server = new dimse.Server(Taker)
  server.on('networkError', () => {})
  server.listen(0, { host: '127.0.0.1' } as never)
  const inner = (server as unknown as { server: import('node:net').Server }).server
  if (!inner.listening) await once(inner, 'listening')
  return { taken, port: (inner.address() as { port: number }).port, stop: () => server.close() }
}

describe('a device that asks for storage commitment', () => {
  let station: TestStation
  let devices: Device[]
  beforeEach(async () => {
    devices = [device('CT1'), device('CT2')]
    station = await openStation({ devices: () => devices })
  })
  afterEach(() => station.close())

  const associate = (aeTitle = 'CT1') =>
    openAssociation(
      { callingAeTitle: aeTitle, calledAeTitle: 'YINGZHAN', host: station.station.host, port: station.station.port },
      [{ abstractSyntax: storageCommitmentClass, transferSyntaxes: [explicitLittle] }],
    )
  /** Asks and releases at once, as a device does that is called back. */
  async function ask(objects: readonly NamedObject[], aeTitle = 'CT1', transactionUid = '2.25.1'): Promise<number> {
    const to = await associate(aeTitle)
    const question = commitmentQuestion(transactionUid, objects)
    const { status } = await to.action(to.contextFor(storageCommitmentClass)!, storageCommitmentInstance, 1, question)
    await to.release()
    return status ?? -1
  }

  test('and keeps its association open is answered there: everything is kept', async () => {
    const objects = await station.store(3)
    const { status, answer } = await station.modality().commit(objects)
    expect(status).toBe(0)
    expect(answer).toMatchObject({ eventTypeId: 1, failed: [] })
    expect(answer?.kept).toEqual(objects.map((one) => one.sopInstanceUid))
    await until(() => station.waiting() === 0)
  })

  test('hears honestly of what never came, of what is of another class, and of a file that vanished or was cut', async () => {
    const [good, gone, cut, other] = await station.store(4)
    const pathOf = (object: NamedObject) =>
      station.archive.fileOf(station.archive.instanceByUid(object.sopInstanceUid)!.id)!
    rmSync(pathOf(gone!))
    truncateSync(pathOf(cut!), 100)
    const never = { sopClassUid: ctImageStorage, sopInstanceUid: '2.25.404' }
    const asMr = { ...other!, sopClassUid: '1.2.840.10008.5.1.4.1.1.4' }
    const { answer } = await station.modality().commit([good!, gone!, cut!, asMr, never])
    expect(answer).toMatchObject({
      eventTypeId: 2,
      kept: [good!.sopInstanceUid],
      failed: [
        { sopInstanceUid: gone!.sopInstanceUid, why: 0x0112 },
        { sopInstanceUid: cut!.sopInstanceUid, why: 0x0112 },
        { sopInstanceUid: asMr.sopInstanceUid, why: 0x0119 },
        { sopInstanceUid: never.sopInstanceUid, why: 0x0112 },
      ],
    })
  })

  test('twice on one association before it takes the first report gets both', async () => {
    const [first, second] = await station.store(2)
    const to = await associate()
    const context = to.contextFor(storageCommitmentClass)!
    expect(
      (await to.action(context, storageCommitmentInstance, 1, commitmentQuestion('2.25.1', [first!]))).status,
    ).toBe(0)
    expect(
      (await to.action(context, storageCommitmentInstance, 1, commitmentQuestion('2.25.2', [second!]))).status,
    ).toBe(0)
    const answers = [readCommitmentAnswer(await to.report()), readCommitmentAnswer(await to.report())]
    expect(answers.map((answer) => answer.transactionUid).sort()).toEqual(['2.25.1', '2.25.2'])
    await to.release()
  })

  test('has its report on its own port (dcmjs-dimse), with the station in the role of SCP', async () => {
    const taker = await startReportTaker()
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: taker.port }]
    const objects = await station.store(2)
    expect(await ask(objects)).toBe(0)
    await until(() => taker.taken.length === 1 && station.waiting() === 0)
    expect(taker.taken[0]).toMatchObject({ eventTypeId: 1, callingAeTitle: 'YINGZHAN', roles: [false, true] })
    expect(taker.taken[0]!.elements).toMatchObject({ TransactionUID: '2.25.1' })
    taker.stop()
  })

  test('that is off is tried again when its settings were corrected, and staff are told meanwhile', async () => {
    const taker = await startReportTaker()
    taker.stop()
    devices = [{ ...device('CT1'), name: 'CT 机房', host: '127.0.0.1', port: taker.port }]
    expect(await ask(await station.store(1))).toBe(0)
    await until(() => station.unsent().length === 1)
    expect(station.unsent()[0]).toMatchObject({ callingAeTitle: 'CT1', requests: 1 })
    expect(station.commitment.alarms()).toEqual([])
    station.advance(11 * 60_000)
    expect(station.commitment.alarms()[0]).toMatchObject({ code: 'COMMITMENT-UNDELIVERED' })
    expect(saidInBoth(station.commitment.alarms()[0]!, ['CT 机房'])).toMatch(/CT 机房.*1 份存储确认.*没有程序接听/)
    const next = await startReportTaker()
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: next.port }]
    station.advance(0)
    await until(() => next.taken.length === 1 && station.waiting() === 0)
    expect(station.commitment.alarms()).toEqual([])
    next.stop()
  })

  test('that refuses the report is asked again after ten seconds, not at once', async () => {
    const taker = await startReportTaker(() => 0x0110)
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: taker.port }]
    expect(await ask(await station.store(1))).toBe(0)
    await until(() => station.unsent().length === 1)
    const row = station.db.prepare('select attempts, next_attempt_at, last_problem from storage_commitment').get()
    expect(row).toMatchObject({ attempts: 1, last_problem: expect.stringContaining('设备答复状态 0x0110') })
    expect((row as { next_attempt_at: number }).next_attempt_at).toBeGreaterThan(Date.now() + 5000)
    taker.stop()
  })

  test('that does not take the station as SCP is sent nothing, and staff see why', async () => {
    const taker = await startReportTaker(() => 0, false)
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: taker.port }]
    expect(await ask(await station.store(1))).toBe(0)
    await until(() => station.unsent().length === 1)
    expect(station.unsent()[0]?.lastProblem.english).toContain('SCP')
    expect(taker.taken).toEqual([])
    taker.stop()
  })

  test('whose port does not answer is told on the association that it holds open', async () => {
    const off = await startReportTaker()
    off.stop()
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: off.port }]
    const objects = await station.store(1)
    const { answer } = await station.modality().commit(objects)
    expect(answer?.kept).toEqual(objects.map((one) => one.sopInstanceUid))
    await until(() => station.waiting() === 0)
  })

  test('requests of more than 30 days ago are forgotten while the station runs, when a new one comes', async () => {
    const transactions = () => station.db.prepare('select transaction_uid from storage_commitment').pluck().all()
    const taker = await startReportTaker()
    devices = [{ ...device('CT1'), host: '127.0.0.1', port: taker.port }]
    const objects = await station.store(1)
    await ask(objects, 'CT1', '2.25.1')
    await until(() => station.waiting() === 0)
    station.advance(29 * 24 * 3600_000)
    await ask(objects, 'CT1', '2.25.2')
    expect(transactions()).toEqual(['2.25.1', '2.25.2'])
    station.advance(2 * 24 * 3600_000)
    await ask(objects, 'CT1', '2.25.3')
    expect(transactions()).toEqual(['2.25.2', '2.25.3'])
    taker.stop()
  })

  test('without a port that went away is told when it comes again and offers the class', async () => {
    const objects = await station.store(1)
    expect(await ask(objects)).toBe(0)
    await until(() => station.unsent().length === 1)
    const to = await associate()
    expect(readCommitmentAnswer(await to.report())).toMatchObject({ transactionUid: '2.25.1', eventTypeId: 1 })
    await until(() => station.waiting() === 0)
    await to.release()
  })

  test('another device is not told of it', async () => {
    expect(await ask(await station.store(1))).toBe(0)
    await until(() => station.unsent().length === 1)
    const { answer } = await station.modality('CT2').commit(await station.store(1))
    expect(answer?.transactionUid).not.toBe('2.25.1')
    expect(station.unsent()).toMatchObject([{ callingAeTitle: 'CT1' }])
  })

  test('that asks for the same transaction again has one report of what it named last', async () => {
    const [first, second] = await station.store(2)
    await ask([first!])
    await until(() => station.unsent().length === 1)
    await ask([first!, second!])
    expect(station.db.prepare('select count(*) from storage_commitment').pluck().get()).toBe(1)
    const to = await associate()
    expect(readCommitmentAnswer(await to.report()).kept).toHaveLength(2)
    await to.release()
  })

  test('in a way that is none is told so by status', async () => {
    const to = await associate()
    const context = to.contextFor(storageCommitmentClass)!
    const question = commitmentQuestion('2.25.1', [{ sopClassUid: ctImageStorage, sopInstanceUid: '1.2' }])
    expect((await to.action(context, storageCommitmentInstance, 2, question)).status).toBe(0x0123)
    expect((await to.action(context, '1.2.3', 1, question)).status).toBe(0x0112)
    expect((await to.action(context, storageCommitmentInstance, 1, commitmentQuestion('2.25.1', []))).status).toBe(
      0x0115,
    )
    expect((await to.action(context, storageCommitmentInstance, 1, Buffer.from('no data set!'))).status).toBe(0x0115)
    await to.release()
    expect(station.waiting()).toBe(0)
  })

  test('by another hand (dcmjs-dimse) is answered', async () => {
    const [object] = await station.store(1)
    const request = new dimse.requests.NActionRequest(storageCommitmentClass, storageCommitmentInstance, 1)
    request.setDataset(
      new dimse.Dataset({
        TransactionUID: '2.25.77',
        ReferencedSOPSequence: [
          { ReferencedSOPClassUID: object!.sopClassUid, ReferencedSOPInstanceUID: object!.sopInstanceUid },
        ],
      }),
    )
    let status = -1
    request.on('response', (response) => {
      status = response.getStatus()
    })
    const client = new dimse.Client()
    client.addRequest(request)
    const closed = once(client as never, 'closed')
    client.send(station.station.host, station.station.port, 'CT1', 'YINGZHAN')
    await closed
    expect(status).toBe(0)
    await until(() => station.unsent().length === 1)
  })
})

test('a report that nobody took goes out after the station was started anew', async () => {
  const keepFolder = mkdtempSync(join(tmpdir(), 'yingzhan-commitment-'))
  const off = await startReportTaker()
  off.stop()
  const before = await openStation({
    devices: () => [{ ...device('CT1'), host: '127.0.0.1', port: off.port }],
    keepFolder,
  })
  const to = await openAssociation(
    { callingAeTitle: 'CT1', calledAeTitle: 'YINGZHAN', host: before.station.host, port: before.station.port },
    [{ abstractSyntax: storageCommitmentClass, transferSyntaxes: [explicitLittle] }],
  )
  const question = commitmentQuestion('2.25.1', await before.store(1))
  expect((await to.action(to.contextFor(storageCommitmentClass)!, storageCommitmentInstance, 1, question)).status).toBe(
    0,
  )
  await to.release()
  await until(() => before.unsent().length === 1)
  await before.close()
  const taker = await startReportTaker()
  const devices = [{ ...device('CT1'), host: '127.0.0.1', port: taker.port }]
  const after = await openStation({ devices: () => devices, keepFolder })
  expect(after.waiting()).toBe(1)
  after.advance(10_000)
  await until(() => taker.taken.length === 1 && after.waiting() === 0)
  taker.stop()
  await after.close()
  rmSync(keepFolder, { recursive: true })
})

test('a device that takes the connection and says nothing does not keep the station from stopping', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const port = (silent.address() as AddressInfo).port
  const station = await openStation({ devices: () => [{ ...device('CT1'), host: '127.0.0.1', port }] })
  const to = await openAssociation(
    { callingAeTitle: 'CT1', calledAeTitle: 'YINGZHAN', host: station.station.host, port: station.station.port },
    [{ abstractSyntax: storageCommitmentClass, transferSyntaxes: [explicitLittle] }],
  )
  const called = once(silent, 'connection')
  const question = commitmentQuestion('2.25.1', await station.store(1))
  expect((await to.action(to.contextFor(storageCommitmentClass)!, storageCommitmentInstance, 1, question)).status).toBe(
    0,
  )
  const [socket] = await called
  await station.close()
  to.cut()
  // The connection that was given up on comes to its end after the database was closed: nothing may be thrown then.
  socket.destroy()
  silent.close()
  await once(silent, 'close')
  await new Promise((resolve) => setImmediate(resolve))
  expect(station.db.open).toBe(false)
})

describeWith(['orthanc'], 'Orthanc, which asks for storage commitment of what it sent', () => {
  test('is called back, and shows that everything is kept; or what is not', async () => {
    const orthanc = await startOrthanc()
    const devices = [{ ...device('ORTHANC'), host: '127.0.0.1', port: orthanc.dicom.port }]
    const station = await openStation({ devices: () => devices })
    const { aeTitle, host, port } = station.station
    await orthanc.call('PUT', '/modalities/station', {
      AET: aeTitle,
      Host: host,
      Port: port,
      AllowStorageCommitment: true,
    })
    const [kept] = await station.store(1)
    const reportOf = async (objects: readonly NamedObject[]) => {
      const instances = objects.map((one) => [one.sopClassUid, one.sopInstanceUid])
      const asked = await orthanc.call('POST', '/modalities/station/storage-commitment', { DicomInstances: instances })
      await until(() => station.waiting() === 0, 15_000)
      for (;;) {
        const report = await orthanc.call('GET', asked.Path)
        if (report.Status !== 'Pending') return report
      }
    }
    expect(await reportOf([kept!])).toMatchObject({
      Status: 'Success',
      RemoteAET: 'YINGZHAN',
      Success: [{ SOPInstanceUID: kept!.sopInstanceUid }],
      Failures: [],
    })
    const never = { sopClassUid: ctImageStorage, sopInstanceUid: '2.25.404' }
    expect(await reportOf([kept!, never])).toMatchObject({
      Status: 'Failure',
      Success: [{ SOPInstanceUID: kept!.sopInstanceUid }],
      Failures: [{ SOPInstanceUID: '2.25.404', FailureReason: 0x0112 }],
    })
    await orthanc.stop()
    await station.close()
  }, 60_000)
})
