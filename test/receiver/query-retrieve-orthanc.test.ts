import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPart10Beginning } from '../../electron/station/archive/part10.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import type { Device } from '../../shared/models/settings.ts'
import { give, type SmallObject, smallObject } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { type Orthanc, orthancUser, startOrthanc } from '../stand-ins/orthanc.ts'
import { device, openReceiver, type TestReceiver } from './receiver-for-tests.ts'

const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value })

describeWith(['orthanc'], 'a PACS asks the station for priors (Orthanc)', () => {
  let station: TestReceiver
  let orthanc: Orthanc
  const devices: Device[] = []
  const sent: SmallObject[] = []

  beforeAll(async () => {
    station = await openReceiver({ devices })
    orthanc = await startOrthanc()
    devices.push({ ...device('ORTHANC', 'utf-8'), host: '127.0.0.1', port: orthanc.dicom.port })
    await ask('PUT', '/modalities/station', {
      AET: 'YINGZHAN',
      Host: station.station.host,
      Port: station.station.port,
    })
    await ask('PUT', '/tools/default-encoding', 'Utf8')
    for (const number of ['1', '2', '3']) {
      const object = smallObject([text(0x0020000d, 'UI', '1.2.1'), text(0x00200013, 'IS', number)])
      sent.push(object)
      await give(station, object)
    }
    await give(station, smallObject([text(0x0020000d, 'UI', '1.2.2'), text(0x00100020, 'LO', 'P2')]))
  }, 60_000)
  afterAll(async () => {
    await orthanc.stop()
    await station.close()
  })

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const login = Buffer.from(`${orthancUser.username}:${orthancUser.password}`).toString('base64')
    const response = await fetch(`${orthanc.url}${path}`, {
      method,
      headers: { authorization: `Basic ${login}` },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    const answer = await response.text()
    return /^[[{]/.test(answer) ? JSON.parse(answer) : undefined
  }
  const query = async (level: string, keys: Readonly<Record<string, string>>) => {
    const { ID: id } = (await ask('POST', '/modalities/station/query', { Level: level, Query: keys })) as { ID: string }
    return { id, answers: (await ask('GET', `/queries/${id}/answers`)) as string[] }
  }

  test('asks by level', async () => {
    expect((await query('Patient', { PatientID: '' })).answers).toHaveLength(2)
    expect((await query('Study', { PatientName: 'ZHANG*', StudyDate: '20261101-' })).answers).toHaveLength(2)
    expect((await query('Study', { PatientID: 'P2', StudyInstanceUID: '' })).answers).toHaveLength(1)
    const series = await query('Series', { PatientID: 'P26000001', StudyInstanceUID: '1.2.1', Modality: 'CT' })
    expect(series.answers).toHaveLength(1)
    const instances = await query('Instance', {
      PatientID: 'P26000001',
      StudyInstanceUID: '1.2.1',
      SeriesInstanceUID: '2.25.101',
    })
    expect(instances.answers).toHaveLength(3)
  })

  test('reads the Chinese of the answers', async () => {
    const { id } = await query('Study', { PatientID: 'P2', PatientName: '', StudyDescription: '' })
    expect(await ask('GET', `/queries/${id}/answers/0/content?simplify`)).toMatchObject({
      PatientName: 'ZHANG^SAN=张^三',
      StudyDescription: '胸部平扫',
      RetrieveAETitle: 'YINGZHAN',
    })
  })

  test('retrieves a study by C-MOVE to itself, byte for byte', async () => {
    const { id } = await query('Study', { StudyInstanceUID: '1.2.1' })
    await ask('POST', `/queries/${id}/answers/0/retrieve`, 'ORTHANC')
    const files = await orthanc.files()
    expect(files).toHaveLength(3)
    for (const file of files) {
      const { dataSetOffset, object } = readPart10Beginning(file)!
      const original = sent.find(({ sopInstanceUid }) => sopInstanceUid === object.sopInstanceUid)!
      expect(file.subarray(dataSetOffset).equals(original.dataSet)).toBe(true)
    }
  })
})
