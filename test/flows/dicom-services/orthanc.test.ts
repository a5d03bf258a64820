import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk } from '../../stand-ins/dcmtk.ts'
import { eventually } from '../../stand-ins/eventually.ts'
import { type Orthanc, startOrthanc } from '../../stand-ins/orthanc.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'
import { instancesHeld } from '../../stand-ins/station-images.ts'
import { writeTinyStudy } from '../../stand-ins/tiny-objects.ts'

describeWith(['dcmtk', 'orthanc'], 'the station and Orthanc, each calling the other', () => {
  let station: StationForTests
  let orthanc: Orthanc
  let folder: string
  let uids: string[]
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-orthanc-'))
    station = await startStation()
    // Orthanc keeps answers in its default encoding, Latin 1 unless it is told.
    orthanc = await startOrthanc({
      more: { DicomAlwaysAllowFind: true, DicomAlwaysAllowMove: true, DefaultEncoding: 'Utf8' },
    })
    await station.api.deviceCreate({ body: { name: 'Orthanc', ...orthanc.dicom, characterSet: 'utf-8' } })
    await station.api.deviceCreate({ body: { name: 'CT1', aeTitle: 'CT1', characterSet: 'utf-8' } })
    await orthanc.call('PUT', '/modalities/station', {
      AET: station.dicom.aeTitle,
      Host: '127.0.0.1',
      Port: station.dicom.port,
      AllowStorageCommitment: true,
    })
    uids = writeTinyStudy(join(folder, 'study'), 5, {
      studyInstanceUid: '2.25.601',
      patientId: 'P601',
      patientName: Buffer.from('Zhang^Wei=张^伟'),
    })
  })
  afterAll(async () => {
    await station.stop()
    await orthanc.stop()
    rmSync(folder, { recursive: true })
  })

  test('Orthanc gets the worklist', async () => {
    await station.api.examRegister({
      body: {
        patient: { name: '张伟', sex: 'M', birthDate: '1980-01-01' },
        exam: { modality: 'CT', itemCode: 'C1', itemName: '胸部' },
      },
    })
    expect(await orthanc.call('POST', '/modalities/station/echo', {})).toEqual({})
    const answers = await orthanc.call('POST', '/modalities/station/find-worklist', {
      Query: { PatientName: '*', ScheduledProcedureStepSequence: [{ Modality: 'CT' }] },
      Short: true,
    })
    expect(JSON.stringify(answers)).toContain('Zhang^Wei=张^伟')
  })

  test('Orthanc stores, and has its objects committed', async () => {
    const local = { ...orthanc.dicom }
    expect((await dcmtk('storescu', ['+sd', ...callArguments('CT1', local), join(folder, 'study')])).code).toBe(0)
    const [study] = (await orthanc.call('GET', '/studies')) as string[]
    const sent = await orthanc.call('POST', '/modalities/station/store', {
      Resources: [study],
      StorageCommitment: true,
    })
    expect(sent).toMatchObject({ FailedInstancesCount: 0, InstancesCount: 5 })
    expect(await instancesHeld(station, '2.25.601')).toEqual([...uids].sort())
    const report = () => orthanc.call('GET', `/storage-commitment/${sent.StorageCommitmentTransactionUID}`)
    await eventually(async () => (await report()).Status !== 'Pending')
    const { Status, Success, Failures } = await report()
    expect([Status, Success.length, Failures]).toEqual(['Success', 5, []])
  })

  test('Orthanc finds and retrieves the priors that it lost', async () => {
    const [study] = (await orthanc.call('GET', '/studies')) as string[]
    await orthanc.call('DELETE', `/studies/${study}`)
    expect(await orthanc.count()).toBe(0)
    const query = { Level: 'Study', Query: { PatientID: 'P601', PatientName: '' } }
    const { ID } = await orthanc.call('POST', '/modalities/station/query', query)
    const answer = await orthanc.call('GET', `/queries/${ID}/answers/0/content?simplify`)
    expect(answer).toMatchObject({ PatientName: 'Zhang^Wei=张^伟', StudyInstanceUID: '2.25.601' })
    await orthanc.call('POST', `/queries/${ID}/answers/0/retrieve`, { TargetAet: 'ORTHANC', Synchronous: true })
    expect(await orthanc.count()).toBe(5)
  })
})
