import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { type Orthanc, orthancUser, startOrthanc } from '../stand-ins/orthanc.ts'
import { type DicomWebForTests, part10Of, partsOf, pathOf, startDicomWeb, tokens } from './dicom-web-for-tests.ts'

let web: DicomWebForTests
beforeAll(async () => {
  web = await startDicomWeb()
})
afterAll(() => web.stop())

describeWith(['orthanc'], 'Orthanc as DICOMweb client of the station', () => {
  let orthanc: Orthanc
  beforeAll(async () => {
    const station = { Url: `${web.root}/`, HttpHeaders: { Authorization: `Bearer ${tokens.doctor}` } }
    orthanc = await startOrthanc({
      more: { DicomWeb: { Enable: true, Root: '/dicom-web/', Servers: { yingzhan: station } } },
    })
  }, 30_000)
  afterAll(() => orthanc?.stop())

  const login = `Basic ${Buffer.from(`${orthancUser.username}:${orthancUser.password}`).toString('base64')}`
  async function post(path: string, body: Buffer | object): Promise<Response> {
    const answer = await fetch(`${orthanc.url}${path}`, {
      method: 'POST',
      headers: { authorization: login },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    })
    expect([path, answer.status, answer.ok ? '' : await answer.text()]).toEqual([path, 200, ''])
    return answer
  }

  test('stores its instances here, byte by byte', async () => {
    const objects = [1, 2, 3].map((number) =>
      smallObject([
        { tag: 0x0020000d, vr: 'UI', value: '2.25.3000' },
        { tag: 0x00200013, vr: 'IS', value: String(number) },
        { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(400_000, number) },
      ]),
    )
    const ids: string[] = []
    for (const { dataSet, sopInstanceUid } of objects) {
      const answer = await post('/instances', part10Of(dataSet, sopInstanceUid))
      ids.push(((await answer.json()) as { ID: string }).ID)
    }
    const job = await post('/dicom-web/servers/yingzhan/stow', { Resources: ids, Synchronous: true })
    expect(await job.json()).toMatchObject({ InstancesCount: '3' })
    for (const { dataSet, sopInstanceUid } of objects) {
      const instance = web.archive.instanceByUid(sopInstanceUid)
      expect((await storedDataSet(web.archive, instance!.id)).equals(dataSet)).toBe(true)
    }
  })

  test('finds a study, reads its metadata and takes it over', async () => {
    const object = smallObject([{ tag: 0x0020000d, vr: 'UI', value: '2.25.4000' }])
    const instance = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
    const before = await orthanc.count()

    const found = await post('/dicom-web/servers/yingzhan/qido', {
      Uri: '/studies',
      Arguments: { '0020000D': '2.25.4000' },
    })
    const [study] = (await found.json()) as Record<string, { Name: string; Value: unknown }>[]
    expect(study!['0020000D']).toMatchObject({ Name: 'StudyInstanceUID', Value: '2.25.4000' })

    const metadata = await post('/dicom-web/servers/yingzhan/get', { Uri: `${pathOf(instance)}/metadata` })
    expect((await metadata.json())[0]['00081030'].Value).toEqual(['胸部平扫'])

    await post('/dicom-web/servers/yingzhan/retrieve', { Resources: [{ Study: '2.25.4000' }], Synchronous: true })
    expect(await orthanc.count()).toBe(before + 1)
    const stored = await readFile(web.archive.fileOf(instance.id)!)
    expect((await orthanc.files()).some((file) => file.equals(stored))).toBe(true)
  })
})

describeWith(['dcmtk'], 'dcmtk on what DICOMweb gives', () => {
  test('reads a retrieved file, and finds the same values in it that the metadata say', async () => {
    const object = smallObject([
      { tag: 0x00280030, vr: 'DS', value: '0.5\\0.25' },
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00081115, vr: 'SQ', value: [[{ tag: 0x0020000e, vr: 'UI', value: '2.25.1' }], []] },
    ])
    const instance = await web.import(part10Of(object.dataSet, object.sopInstanceUid))
    const [part] = await partsOf(await web.get(pathOf(instance)))
    const file = join(web.folder, 'retrieved.dcm')
    writeFileSync(file, part!.body)
    expect(execFileSync('dcmdump', ['+P', '0008,0018', file], { encoding: 'utf8' })).toContain(instance.sopInstanceUid)
    const theirs = JSON.parse(execFileSync('dcm2json', [file], { encoding: 'utf8' }))
    const [ours] = await (await web.get(`${pathOf(instance)}/metadata`)).json()
    for (const tag of Object.keys(theirs)) {
      if (/^0002|^0008000[05]|^7FE0/.test(tag)) continue
      expect([tag, ours[tag]]).toEqual([tag, theirs[tag]])
    }
    expect(Object.keys(ours)).toEqual(Object.keys(theirs).filter((tag) => !tag.startsWith('0002')))
  })
})
