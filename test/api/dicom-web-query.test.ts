import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import { smallObject } from '../archive/archive-for-tests.ts'
import { type DicomWebForTests, part10Of, startDicomWeb } from './dicom-web-for-tests.ts'

let web: DicomWebForTests
const add = async (elements: readonly ElementToWrite[]) => {
  const object = smallObject(elements)
  await web.import(part10Of(object.dataSet, object.sopInstanceUid))
}
beforeAll(async () => {
  web = await startDicomWeb()
  await add([])
  await add([{ tag: 0x0020000e, vr: 'UI', value: '2.25.102' }])
  await add([
    { tag: 0x00100010, vr: 'PN', value: 'LI^SI=李^四' },
    { tag: 0x00100020, vr: 'LO', value: 'P2' },
    { tag: 0x00080020, vr: 'DA', value: '20260102' },
    { tag: 0x00080060, vr: 'CS', value: 'DX' },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.200' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.201' },
  ])
})
afterAll(() => web.stop())

const json = async (path: string) => (await web.get(path, { accept: 'application/dicom+json' })).json()
const uids = async (query: string) =>
  ((await json(`/studies?${query}`)) as Record<string, { Value: string[] }>[]).map((one) => one['0020000D']!.Value[0])

describe('a search for studies', () => {
  test('answers with the attributes of table 10.6.3-3', async () => {
    const [study] = await json('/studies?PatientID=P26000001')
    expect(study).toMatchObject({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080020': { vr: 'DA', Value: ['20261121'] },
      '00080050': { vr: 'SH', Value: ['CT2611210001'] },
      '00080061': { vr: 'CS', Value: ['CT'] },
      '00081190': { vr: 'UR', Value: [`${web.root}/studies/2.25.100`] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' }] },
      '00201206': { vr: 'IS', Value: [2] },
      '00201208': { vr: 'IS', Value: [2] },
    })
  })

  test('takes keywords and tags, wildcards, ranges and lists', async () => {
    for (const query of [
      'PatientName=zhang*',
      `PatientName=${encodeURIComponent('张*')}`,
      '00100010=ZHANG^SAN',
      'StudyDate=20261101-20261130',
      'ModalitiesInStudy=CT',
      'StudyInstanceUID=2.25.100,2.25.999',
      'AccessionNumber=CT26*&PatientSex=M&StudyDate=20261121-',
    ]) {
      if (query.startsWith('AccessionNumber'))
        expect([query, await uids(`${query}&PatientID=P26000001`)]).toEqual([query, ['2.25.100']])
      else expect([query, await uids(query)]).toEqual([query, ['2.25.100']])
    }
    expect((await uids('StudyInstanceUID=2.25.100,2.25.200')).sort()).toEqual(['2.25.100', '2.25.200'])
  })

  test('as OHIF’s study list asks is answered', async () => {
    const query = 'limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060&StudyDate=20250101-20991231'
    expect(await uids(query)).toEqual(['2.25.100', '2.25.200'])
  })

  test('goes on where the last one ended, and says that there is more', async () => {
    const first = await web.get('/studies?limit=1')
    expect([(await first.json()).length, first.headers.get('warning')]).toEqual([
      1,
      expect.stringContaining('additional results'),
    ])
    const second = await web.get('/studies?limit=1&offset=1')
    expect([(await second.json()).length, second.headers.get('warning')]).toEqual([1, null])
  })

  test('that finds nothing is an empty list', async () => {
    const answer = await web.get('/studies?PatientID=nobody')
    expect([answer.status, await answer.text()]).toEqual([200, '[]'])
  })

  test('warns of what it does not do', async () => {
    const fuzzy = await web.get('/studies?fuzzymatching=true&PatientName=li*')
    expect(fuzzy.headers.get('warning')).toContain('fuzzymatching')
    const unknown = await web.get('/studies?InstitutionName=X')
    expect(unknown.headers.get('warning')).toContain('00080080')
  })

  test('for what is no attribute is 400, for XML 406', async () => {
    for (const query of ['Nonsense=1', 'limit=-1', 'offset=x', 'includefield=Nonsense'])
      expect([query, (await web.get(`/studies?${query}`)).status]).toEqual([query, 400])
    expect((await web.get('/studies', { accept: 'multipart/related; type="application/dicom+xml"' })).status).toBe(406)
  })
})

describe('a search for series and instances', () => {
  test('of one study, of one series, of all', async () => {
    expect((await json('/studies/2.25.100/series')).length).toBe(2)
    const [series] = await json('/studies/2.25.200/series')
    expect(series).toMatchObject({
      '00080060': { Value: ['DX'] },
      '0020000E': { Value: ['2.25.201'] },
      '00201209': { Value: [1] },
      '00081190': { Value: [`${web.root}/studies/2.25.200/series/2.25.201`] },
    })
    expect((await json('/studies/2.25.100/instances')).length).toBe(2)
    const [instance] = await json('/studies/2.25.100/series/2.25.101/instances')
    expect(instance).toMatchObject({ '00200013': { vr: 'IS', Value: [7] }, '00280010': { vr: 'US', Value: [4] } })
    expect((await web.get(instance['00081190'].Value[0])).status).toBe(200)
    expect((await json('/series?Modality=DX')).length).toBe(1)
    expect((await json('/instances')).length).toBe(3)
  })
})
