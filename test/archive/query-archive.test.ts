import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ArchiveQuery, createArchiveQuery, type QueryLevel } from '../../electron/station/archive/query-archive.ts'
import type { QueryAttributes } from '../../electron/station/archive/query-attributes.ts'
import { conditionsOf } from '../../electron/station/archive/query-conditions.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import { give, openArchive, smallObject, type TestArchive } from './archive-for-tests.ts'

const patientName = 0x00100010
const patientId = 0x00100020
const accessionNumber = 0x00080050
const studyDate = 0x00080020
const studyTime = 0x00080030
const studyUid = 0x0020000d
const seriesUid = 0x0020000e
const sopUid = 0x00080018
const modality = 0x00080060
const studyId = 0x00200010
const referringPhysician = 0x00080090
const modalitiesInStudy = 0x00080061

let room: TestArchive
let query: ArchiveQuery

const object = (study: string, series: string, more: readonly ElementToWrite[] = []) =>
  smallObject([{ tag: studyUid, vr: 'UI', value: study }, { tag: seriesUid, vr: 'UI', value: series }, ...more])
const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value })

beforeAll(async () => {
  room = await openArchive()
  query = createArchiveQuery(room.db)
  const zhang = [text(patientId, 'LO', 'P1'), text(patientName, 'PN', 'ZHANG^SAN=张^三')]
  const asked = [text(studyId, 'SH', 'CT-77'), text(referringPhysician, 'PN', 'LIU^YI=刘^一')]
  const first = [...zhang, ...asked, text(accessionNumber, 'SH', 'A1'), text(studyDate, 'DA', '20261101')]
  for (const number of ['2', '10', '1'])
    await give(room, object('1.1', '1.1.1', [...first, text(0x00200013, 'IS', number)]))
  await give(room, object('1.1', '1.1.2', [...first, text(modality, 'CS', 'SR'), text(0x00200011, 'IS', '1')]))
  const second = [...zhang, text(accessionNumber, 'SH', 'A2'), text(studyDate, 'DA', '20261120')]
  await give(room, object('1.2', '1.2.1', [...second, text(modality, 'CS', 'US'), text(studyTime, 'TM', '140000')]))
  const li = [text(patientId, 'LO', 'P2'), text(patientName, 'PN', '李^四'), text(accessionNumber, 'SH', 'B1')]
  await give(room, object('1.3', '1.3.1', [...li, text(studyDate, 'DA', ''), text(studyTime, 'TM', '')]))
})
afterAll(() => room.close())

const find = (level: QueryLevel, keys: Readonly<Record<number, string>>): QueryAttributes[] => [
  ...query.find({ level, keys: new Map(Object.entries(keys).map(([tag, key]) => [Number(tag), key])) }),
]
const uids = (level: QueryLevel, keys: Readonly<Record<number, string>>) =>
  find(level, keys).map((answer) => answer.get(studyUid)?.value)

describe('matching of studies, PS3.4 C.2.2.2', () => {
  test('everything, newest first, a study without a day at the end', () =>
    expect(uids('STUDY', {})).toEqual(['1.2', '1.1', '1.3']))
  test('by a single value', () => {
    expect(uids('STUDY', { [patientId]: 'P1' })).toEqual(['1.2', '1.1'])
    expect(uids('STUDY', { [patientId]: 'p1' })).toEqual([])
    expect(uids('STUDY', { [accessionNumber]: 'A2' })).toEqual(['1.2'])
  })
  test('by a list of UIDs', () => expect(uids('STUDY', { [studyUid]: '1.3\\1.1\\9.9' })).toEqual(['1.1', '1.3']))
  test('by wildcards', () => {
    expect(uids('STUDY', { [accessionNumber]: 'A*' })).toEqual(['1.2', '1.1'])
    expect(uids('STUDY', { [accessionNumber]: '?1' })).toEqual(['1.1', '1.3'])
    expect(uids('STUDY', { [accessionNumber]: '*' })).toHaveLength(3)
  })
  test('by a name in pinyin or Chinese, whole or its beginning', () => {
    for (const key of ['zhang*', 'ZHANG^SAN', 'Zhang San', '张*', '张三', '*三', '=张^三'])
      expect([key, uids('STUDY', { [patientName]: key })]).toEqual([key, ['1.2', '1.1']])
    expect(uids('STUDY', { [patientName]: '李*' })).toEqual(['1.3'])
    expect(uids('STUDY', { [patientName]: '王*' })).toEqual([])
  })
  test('by a day, a range of days and a time', () => {
    expect(uids('STUDY', { [studyDate]: '20261120' })).toEqual(['1.2'])
    expect(uids('STUDY', { [studyDate]: '20261101-20261119' })).toEqual(['1.1'])
    expect(uids('STUDY', { [studyDate]: '-20261119' })).toEqual(['1.1'])
    expect(uids('STUDY', { [studyDate]: '20261101-' })).toEqual(['1.2', '1.1'])
    expect(uids('STUDY', { [studyDate]: '20261101-', [studyTime]: '1200-1500' })).toEqual(['1.2'])
  })
  test('by the device’s own study number and the physician who asked for it', () => {
    expect(uids('STUDY', { [studyId]: 'CT-77' })).toEqual(['1.1'])
    expect(uids('STUDY', { [studyId]: 'CT-7' })).toEqual([])
    expect(uids('STUDY', { [referringPhysician]: '刘*' })).toEqual(['1.1'])
    expect(uids('STUDY', { [referringPhysician]: 'zhao*' })).toEqual([])
  })
  test('of a study that was kept before these were read: they are empty', () => {
    const [row] = room.db
      .prepare<[], { header: string }>("select header from study where study_instance_uid = '1.2'")
      .all()
    const { studyId: _, referringPhysician: __, patientAge: ___, ...older } = JSON.parse(row!.header)
    room.db.prepare("update study set header = ? where study_instance_uid = '1.2'").run(JSON.stringify(older))
    expect(find('STUDY', { [studyUid]: '1.2' })[0]!.get(studyId)).toEqual({ vr: 'SH', value: '' })
    expect(room.archive.studyHeader('1.2')).toMatchObject({ studyId: '', referringPhysician: '', patientAge: '' })
  })
  test('by any modality that is in the study', () => {
    expect(uids('STUDY', { [modalitiesInStudy]: 'SR' })).toEqual(['1.1'])
    expect(uids('STUDY', { [modalitiesInStudy]: 'CT\\US' })).toEqual(['1.2', '1.1', '1.3'])
    expect(uids('STUDY', { [modalitiesInStudy]: 'MR' })).toEqual([])
  })
})

describe('answers', () => {
  test('of a study say what it is, and how much when that is asked for', () => {
    const [answer] = find('STUDY', { [studyUid]: '1.1', [modalitiesInStudy]: '', 2101766: '', 2101768: '' })
    const values = Object.fromEntries(
      [...answer!].map(([tag, { value }]) => [tag.toString(16).padStart(8, '0'), value]),
    )
    expect(values).toEqual({
      '00100010': 'ZHANG^SAN=张^三',
      '00100020': 'P1',
      '00100030': '19880305',
      '00100040': 'M',
      '00080020': '20261101',
      '00080030': '093015',
      '00080050': 'A1',
      '00080056': 'ONLINE',
      '00080061': 'CT\\SR',
      '00080090': 'LIU^YI=刘^一',
      '00081030': '胸部平扫',
      '0020000d': '1.1',
      '00200010': 'CT-77',
      '00201206': '2',
      '00201208': '4',
    })
    expect(find('STUDY', { [studyUid]: '1.1' })[0]!.has(0x00201208)).toBe(false)
  })
  test('of a patient are one for each PatientID, with counts of everything', () => {
    const answers = find('PATIENT', { [patientId]: '', 2101760: '', 2101762: '', 2101764: '' })
    const counts = answers.map((answer) => [patientId, 2101760, 2101762, 2101764].map((tag) => answer.get(tag)?.value))
    expect(counts).toEqual([
      ['P1', '2', '3', '5'],
      ['P2', '1', '1', '1'],
    ])
    expect(find('PATIENT', { [patientName]: '张*' })).toHaveLength(1)
  })
  test('of series come by their numbers, and can be asked for without their study', () => {
    const series = find('SERIES', { [studyUid]: '1.1' })
    expect(series.map((answer) => answer.get(seriesUid)?.value)).toEqual(['1.1.2', '1.1.1'])
    expect(series.map((answer) => answer.get(0x00201209)?.value)).toEqual(['1', '3'])
    expect(uids('SERIES', { [seriesUid]: '1.2.1' })).toEqual(['1.2'])
    expect(uids('SERIES', { [modality]: 'US' })).toEqual(['1.2'])
  })
  test('of instances come by their numbers, and can be asked for alone', () => {
    const instances = find('IMAGE', { [studyUid]: '1.1', [seriesUid]: '1.1.1' })
    expect(instances.map((answer) => answer.get(0x00200013)?.value)).toEqual(['1', '2', '10'])
    expect(instances[0]!.get(0x00280010)).toEqual({ vr: 'US', value: '4' })
    const sop = instances[2]!.get(sopUid)!.value
    expect(find('IMAGE', { [sopUid]: sop }).map((answer) => answer.get(0x00200013)?.value)).toEqual(['10'])
  })
  test('come in pages', async () => {
    const keys = new Map([[studyUid, '']])
    const page = async (offset: number, limit: number) =>
      (await query.page({ level: 'STUDY', keys }, { offset, limit })).map((answer) => answer.get(studyUid)?.value)
    expect([await page(0, 2), await page(2, 2), await page(3, 2), await page(0, 0)]).toEqual([
      ['1.2', '1.1'],
      ['1.3'],
      [],
      [],
    ])
  })
  test('hold what their level holds and no more', () => {
    expect(query.supports('STUDY', patientName)).toBe(true)
    expect(query.supports('STUDY', seriesUid)).toBe(false)
    expect(query.supports('STUDY', 0x00080090)).toBe(true)
    expect(query.supports('STUDY', 0x00081060)).toBe(false)
    expect(query.supports('IMAGE', sopUid)).toBe(true)
  })
})

describe('what the index narrows', () => {
  test('never loses what matches: a beginning ends before a sign whose case the index does not know', () => {
    expect(conditionsOf(new Map([[patientName, 'MÜL*']])).nameBegins).toBe('m')
    expect(conditionsOf(new Map([[patientName, '*三']])).nameBegins).toBeUndefined()
    expect(conditionsOf(new Map([[patientName, '=张^三*']])).nameBegins).toBe('张三')
  })

  test('with 100,000 studies, no usual question walks through them', async () => {
    const big = await openArchive()
    const insert = big.db.prepare('insert into study values (?, ?, ?, ?)')
    const header = (at: number) => ({
      studyInstanceUid: `2.25.${at}`,
      patientId: `P${at % 40_000}`,
      patientName: `${['ZHANG', 'LI', 'WANG'][at % 3]}^N${at}=${['张', '李', '王'][at % 3]}^${at}`,
      accessionNumber: `DR${at}`,
      studyDateTime: `${2000 + (at % 25)}-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')} 08:00:00`,
      patientBirthDate: '1980-01-01',
    })
    big.db.transaction(() => {
      for (let at = 0; at < 100_000; at++) insert.run(`2.25.${at}`, JSON.stringify(header(at)), at, at)
    })()
    const plans: string[] = []
    const prepare = big.db.prepare.bind(big.db)
    const explaining = {
      prepare(sql: string) {
        if (sql.includes(':count')) {
          const names = [...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name, null])
          const lines = prepare(`explain query plan ${sql}`).all(Object.fromEntries(names)) as { detail: string }[]
          plans.push(...lines.map(({ detail }) => detail))
        }
        return prepare(sql)
      },
    } as unknown as typeof big.db
    const wide = createArchiveQuery(explaining)
    const ask = async (level: QueryLevel, key: number, value: string) => {
      const began = performance.now()
      const found = (await wide.page({ level, keys: new Map([[key, value]]) }, { offset: 0, limit: 100 })).length
      return { found, took: performance.now() - began }
    }
    const asked = {
      patientId: await ask('STUDY', patientId, 'P777'),
      patient: await ask('PATIENT', patientId, 'P777'),
      accessionNumber: await ask('STUDY', accessionNumber, 'DR4711'),
      studyUid: await ask('STUDY', studyUid, '2.25.4711'),
      pinyin: await ask('STUDY', patientName, 'zhang^n4711*'),
      chinese: await ask('STUDY', patientName, '张4711*'),
      day: await ask('STUDY', studyDate, '20070808'),
      rareModality: await ask('STUDY', modalitiesInStudy, 'MG'),
      newest: await ask('STUDY', studyUid, ''),
    }
    console.log(Object.entries(asked).map(([name, { found, took }]) => `${name}: ${found} in ${took.toFixed(1)} ms`))
    expect(Object.fromEntries(Object.entries(asked).map(([name, { found }]) => [name, found]))).toEqual({
      patientId: 3,
      patient: 1,
      accessionNumber: 1,
      studyUid: 1,
      pinyin: expect.any(Number),
      chinese: expect.any(Number),
      day: expect.any(Number),
      rareModality: 0,
      newest: 100,
    })
    // A table that is walked whole is a SCAN; only the newest of all may be read off the index by time.
    expect(plans.filter((line) => /^SCAN study\b/.test(line))).toEqual(['SCAN study USING INDEX study_by_time'])
    let turns = 0
    let isOver = false
    const others = () => {
      turns++
      if (!isOver) setImmediate(others)
    }
    const walked = { level: 'STUDY', keys: new Map([[patientName, '*nobody*']]) } as const
    setImmediate(others)
    expect(await wide.page(walked, { offset: 0, limit: 100 })).toEqual([])
    const inAll = turns
    let timesAsked = 0
    expect(await wide.page(walked, { offset: 0, limit: 100 }, () => ++timesAsked === 3)).toEqual([])
    isOver = true
    // A page is 200 studies: others had a turn after each of 500, and who left was looked for no further.
    expect(inAll).toBeGreaterThanOrEqual(499)
    expect(timesAsked).toBe(3)
    big.close()
  })
})
