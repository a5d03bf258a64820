import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dimse from 'dcmjs-dimse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { startCommitmentListener } from '../../stand-ins/commitment-listener.ts'
import { callArguments, dcmtk, findWith } from '../../stand-ins/dcmtk.ts'
import { eventually, freePort } from '../../stand-ins/eventually.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'
import { secondaryCapture, writeTinyStudy } from '../../stand-ins/tiny-objects.ts'

dimse.log.setLevel('silent')

const stepClass = '1.2.840.10008.3.1.2.3.3'
const commitmentClass = '1.2.840.10008.1.20.1'
const commitmentInstance = '1.2.840.10008.1.20.1.1'

/** 0x0110 processing failure, 0x0111 duplicate instance, 0x0112 no such instance, 0x0106 invalid value: PS3.7 annex C. */
const success = 0

describeWith(['dcmtk'], 'performed steps and storage commitment, asked for by dcmjs-dimse', () => {
  let station: StationForTests
  let folder: string
  let listenerPort: number
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-steps-'))
    listenerPort = await freePort()
    station = await startStation()
    await station.api.deviceCreate({
      body: { name: 'CT', aeTitle: 'CT1', host: '127.0.0.1', port: listenerPort, characterSet: 'utf-8' },
    })
  })
  afterAll(async () => {
    await station.stop()
    rmSync(folder, { recursive: true })
  })

  /** One request on one association; its status, and -1 when there was none. */
  async function ask(request: dimse.requests.CEchoRequest | object): Promise<number> {
    const client = new dimse.Client()
    let status = -1
    const asked = request as dimse.requests.NCreateRequest
    asked.on('response', (response) => {
      status = response.getStatus()
    })
    client.addRequest(asked)
    const closed = once(client as never, 'closed')
    client.send(station.dicom.host, station.dicom.port, 'CT1', station.dicom.aeTitle)
    await closed
    return status
  }
  const { NCreateRequest, NSetRequest, NActionRequest } = dimse.requests
  type Exam = { id: string; patientId: string; accessionNumber: string; studyInstanceUid: string }
  const begin = (uid: string, exam: Exam, status = 'IN PROGRESS') => {
    const request = new NCreateRequest(stepClass, uid)
    request.setDataset(
      new dimse.Dataset({
        PerformedProcedureStepStatus: status,
        PerformedProcedureStepID: 'P1',
        PerformedStationAETitle: 'CT1',
        PerformedProcedureStepStartDate: '20261122',
        PerformedProcedureStepStartTime: '090000',
        Modality: 'CT',
        ScheduledStepAttributesSequence: [
          { StudyInstanceUID: exam.studyInstanceUid, AccessionNumber: exam.accessionNumber },
        ],
      }),
    )
    return ask(request)
  }
  const set = (uid: string, status?: string) => {
    const request = new NSetRequest(stepClass, uid)
    request.setDataset(
      new dimse.Dataset({
        ...(status && { PerformedProcedureStepStatus: status }),
        PerformedProcedureStepDescription: '胸部',
      }),
    )
    return ask(request)
  }
  const register = async (name: string): Promise<Exam> =>
    await station.api.examRegister({
      body: {
        patient: { name, sex: 'M', birthDate: '1980-01-01' },
        exam: { modality: 'CT', itemCode: 'C1', itemName: '胸部' },
      },
    })
  const isListed = async (exam: Exam) => {
    const { answers } = await findWith('-W', 'CT1', station.dicom, [`0008,0050=${exam.accessionNumber}`])
    return answers.length === 1
  }

  test('a step begins, is told more, and ends: the exam leaves the worklist', async () => {
    const exam = await register('张伟')
    expect(await isListed(exam)).toBe(true)
    expect(await begin('2.25.101', exam)).toBe(success)
    expect(await set('2.25.101')).toBe(success)
    expect(await set('2.25.101', 'COMPLETED')).toBe(success)
    expect(await isListed(exam)).toBe(false)
    const { performedSteps } = await station.api.examRead({ params: { id: exam.id } })
    expect(performedSteps).toMatchObject([{ state: 'completed' }])
  })

  test('a step that is given up leaves its exam in the worklist', async () => {
    const exam = await register('李小龙')
    expect(await begin('2.25.102', exam)).toBe(success)
    expect(await set('2.25.102', 'DISCONTINUED')).toBe(success)
    expect(await isListed(exam)).toBe(true)
  })

  test('transitions that the standard forbids are refused and change nothing (PS3.4 F.7.2)', async () => {
    const exam = await register('王芳')
    // The step must begin IN PROGRESS (F.7.2.1.1); an unknown one cannot be changed.
    expect(await begin('2.25.103', exam, 'COMPLETED')).toBe(0x0106)
    expect(await set('2.25.103', 'COMPLETED')).toBe(0x0112)
    expect(await begin('2.25.104', exam)).toBe(success)
    expect(await begin('2.25.104', exam)).toBe(0x0111)
    expect(await set('2.25.104', 'NONSENSE')).toBe(0x0106)
    expect(await set('2.25.104', 'COMPLETED')).toBe(success)
    // 0x0110 with error id 0xA710: the object may no longer be updated (F.7.2.2.2).
    expect(await set('2.25.104', 'IN PROGRESS')).toBe(0x0110)
    expect(await set('2.25.104', 'DISCONTINUED')).toBe(0x0110)
    expect(await set('2.25.104')).toBe(0x0110)
    const { performedSteps } = await station.api.examRead({ params: { id: exam.id } })
    expect(performedSteps).toMatchObject([{ state: 'completed' }])
  })

  test('an exam closes without steps when its images have come', async () => {
    const exam = await register('赵六')
    await station.api.settingsChange({ body: { dicom: { settleSeconds: 1 } } })
    writeTinyStudy(join(folder, 'images'), 2, {
      studyInstanceUid: exam.studyInstanceUid,
      accessionNumber: exam.accessionNumber,
      modality: 'CT',
      patientId: exam.patientId,
      patientName: Buffer.from('Zhao^Liu=赵^六'),
    })
    const sent = await dcmtk('storescu', ['+sd', ...callArguments('CT1', station.dicom), join(folder, 'images')])
    expect(sent.code).toBe(0)
    await eventually(async () => !(await isListed(exam)))
  })

  test('a step without a patient of ours is taken and belongs to no exam', async () => {
    expect(
      await begin('2.25.105', { id: '', patientId: '', accessionNumber: 'NOT-OURS', studyInstanceUid: '2.25.999' }),
    ).toBe(success)
    expect(await set('2.25.105', 'COMPLETED')).toBe(success)
  })

  test('a commitment is told on a new association, of what is there and what is not; a device that is off is told when it is back', async () => {
    const uids = writeTinyStudy(join(folder, 'committed'), 3, { studyInstanceUid: '2.25.201' })
    const sent = await dcmtk('storescu', ['+sd', ...callArguments('CT1', station.dicom), join(folder, 'committed')])
    expect(sent.code).toBe(0)
    const request = (transactionUid: string, of: readonly string[]) => {
      const action = new NActionRequest(commitmentClass, commitmentInstance, 1)
      const references = of.map((uid) => ({ ReferencedSOPClassUID: secondaryCapture, ReferencedSOPInstanceUID: uid }))
      action.setDataset(new dimse.Dataset({ TransactionUID: transactionUid, ReferencedSOPSequence: references }))
      return ask(action)
    }
    // Nobody listens: the answer waits.
    expect(await request('2.25.301', uids)).toBe(success)
    const listener = await startCommitmentListener(listenerPort)
    try {
      expect(await request('2.25.302', [...uids, '2.25.9999'])).toBe(success)
      await eventually(() => listener.reports.length === 2, 25_000)
      const byTransaction = new Map(listener.reports.map((report) => [report.transactionUid, report]))
      expect(byTransaction.get('2.25.301')).toMatchObject({ eventTypeId: 1, kept: uids, failed: [] })
      // 0x0112: no such object instance, PS3.3 C.14.1.1.
      expect(byTransaction.get('2.25.302')).toMatchObject({
        eventTypeId: 2,
        kept: uids,
        failed: [{ sopInstanceUid: '2.25.9999', reason: 0x0112 }],
      })
    } finally {
      await listener.stop()
    }
  }, 60_000)
})
