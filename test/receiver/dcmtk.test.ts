import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import {
  ctImageStorage,
  explicitLittle,
  type SmallObject,
  smallObject,
  storedDataSet,
} from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { device, openReceiver, run, type TestReceiver, worklistItem } from './receiver-for-tests.ts'

const gb = (text: string) =>
  encodeDataSet([{ tag: 0x00100010, vr: 'PN', value: text }], { explicitVr: false, text: 'gb18030' }).subarray(8)

describeWith(['dcmtk'], 'devices by other hands (DCMTK)', () => {
  let station: TestReceiver
  let folder: string
  let address: readonly string[]
  beforeAll(async () => {
    const items = [
      worklistItem(),
      worklistItem(
        { name: '李四', namePinyin: 'LI SI', patientId: 'P26000002' },
        { accessionNumber: 'CT2611220001', modality: 'CT', scheduledAt: Date.parse('2026-11-22T08:00:00+08:00') },
      ),
    ]
    station = await openReceiver({ items, devices: [device('CT1'), device('UTF8', 'utf-8'), device('OLD', 'pinyin')] })
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-peer-'))
    address = [station.station.host, String(station.station.port)]
  })
  afterAll(async () => {
    await station.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const file = (name: string, { dataSet, sopInstanceUid }: SmallObject) => {
    const path = join(folder, name)
    const head = part10Beginning({
      callingAeTitle: 'CT1',
      sopClassUid: ctImageStorage,
      sopInstanceUid,
      transferSyntaxUid: explicitLittle,
    })
    writeFileSync(path, Buffer.concat([head, dataSet]))
    return path
  }
  const as = (aeTitle: string) => ['-aet', aeTitle, '-aec', 'YINGZHAN', ...address]
  const bytesOf = async (uid: string) => storedDataSet(station.archive, station.archive.instanceByUid(uid)!.id)

  test('echoscu is answered', async () => {
    expect((await run('echoscu', ...as('CT1'))).code).toBe(0)
  })

  test('echoscu of an unknown device is turned away, and the station says who knocked', async () => {
    const answer = await run('echoscu', ...as('STRANGER'))
    expect(answer.code).not.toBe(0)
    expect(answer.output).toContain('Calling AE Title Not Recognized')
    expect(station.knocks.at(-1)).toMatchObject({
      callingAeTitle: 'STRANGER',
      host: '127.0.0.1',
      reason: 'unknown-calling-ae',
    })
  })

  test('echoscu that calls another station is turned away', async () => {
    const answer = await run('echoscu', '-aet', 'CT1', '-aec', 'PACS', ...address)
    expect(answer.output).toContain('Called AE Title Not Recognized')
  })

  test('findscu -W gets its exam with the bytes of GB18030, by a name with a wildcard', async () => {
    const query = join(folder, 'query.dcm')
    const elements = [
      { tag: 0x00080005, vr: 'CS', value: 'GB18030' },
      { tag: 0x00080050, vr: 'SH', value: '' },
      { tag: 0x00100010, vr: 'PN', value: '张*' },
      { tag: 0x0020000d, vr: 'UI', value: '' },
      { tag: 0x00321060, vr: 'LO', value: '' },
      {
        tag: 0x00400100,
        vr: 'SQ',
        value: [
          [
            { tag: 0x00080060, vr: 'CS', value: '' },
            { tag: 0x00400002, vr: 'DA', value: '20261121-20261121' },
            { tag: 0x00400003, vr: 'TM', value: '' },
          ],
        ],
      },
    ]
    const dataSet = encodeDataSet(elements, { explicitVr: true, text: 'gb18030' })
    const object = {
      callingAeTitle: '',
      sopClassUid: '1.2.840.10008.5.1.4.31',
      sopInstanceUid: '2.25.1',
      transferSyntaxUid: explicitLittle,
    }
    writeFileSync(query, Buffer.concat([part10Beginning(object), dataSet]))
    const { output, bytes } = await run('findscu', '-W', ...as('CT1'), query)
    expect(output.match(/Find Response: \d+ \(Pending\)/g)).toHaveLength(1)
    expect(bytes.includes(gb('=张^三'))).toBe(true)
    expect(bytes.includes(gb('胸部正位'))).toBe(true)
    expect(output).toMatch(/\(0008,0050\) SH \[DR2611210001\]/)
    expect(output).toMatch(/\(0020,000d\) UI \[2\.25\.4711\0?\]/)
    expect(output).toMatch(/\(0040,0002\) DA \[20261121\]/)
    expect(output).toMatch(/\(0040,0003\) TM \[233000\]/)
    expect(station.scopes.at(-1)).toEqual({ fromDay: '2026-11-21', toDay: '2026-11-21' })
  })

  test('findscu -W of each device is answered in that device’s character set', async () => {
    const keys = ['-k', '0010,0010', '-k', '0010,0020=P26000001']
    const utf8 = await run('findscu', '-W', ...as('UTF8'), ...keys)
    expect(utf8.bytes.toString('utf8')).toContain('=张^三')
    expect(utf8.output).toContain('[ISO_IR 192]')
    const old = await run('findscu', '-W', ...as('OLD'), ...keys)
    expect(old.output).toMatch(/\[ZHANG\^SAN\s*\]/i)
    expect(old.output).not.toContain('=')
  })

  test('findscu -W by date range, modality and accession number', async () => {
    const ask = async (...keys: string[]) => {
      const { output } = await run('findscu', '-W', ...as('CT1'), ...keys.flatMap((key) => ['-k', key]))
      return output.match(/Find Response: \d+ \(Pending\)/g)?.length ?? 0
    }
    const step = '(0040,0100)[0].'
    expect(await ask('0008,0050')).toBe(2)
    expect(await ask('0008,0050=CT*')).toBe(1)
    expect(await ask(`${step}ScheduledProcedureStepStartDate=20261122-`)).toBe(1)
    expect(await ask(`${step}ScheduledProcedureStepStartDate=20261101-20261130`)).toBe(2)
    expect(await ask(`${step}ScheduledProcedureStepStartDate=20251101-20251130`)).toBe(0)
    expect(await ask(`${step}Modality=CT`)).toBe(1)
    expect(await ask('0010,0010=LI*')).toBe(1)
  })

  test('storescu and dcmsend store an object bit for bit', async () => {
    for (const program of ['storescu', 'dcmsend']) {
      const object = smallObject()
      const { code, output } = await run(program, ...as('CT1'), file(`${program}.dcm`, object))
      expect([program, code, output]).toEqual([program, 0, expect.any(String)])
      expect((await bytesOf(object.sopInstanceUid)).equals(object.dataSet)).toBe(true)
    }
  })

  test('storescu twice is success twice, and one instance', async () => {
    const object = smallObject()
    const path = file('twice.dcm', object)
    expect((await run('storescu', ...as('CT1'), path, path)).code).toBe(0)
    expect(station.archive.versionsOf(object.sopInstanceUid)).toHaveLength(1)
  })

  test('storescu with other bytes under the same UID is success, both are kept, and staff are told', async () => {
    const first = smallObject()
    const second = smallObject([{ tag: 0x00100020, vr: 'LO', value: 'P9' }], first.sopInstanceUid)
    await run('storescu', ...as('CT1'), file('first.dcm', first))
    expect((await run('storescu', ...as('CT1'), file('second.dcm', second))).code).toBe(0)
    expect(station.archive.versionsOf(first.sopInstanceUid)).toHaveLength(2)
    expect((await bytesOf(first.sopInstanceUid)).equals(first.dataSet)).toBe(true)
    expect(station.archive.alarms().at(-1)).toMatchObject({ kind: 'other-bytes' })
  })

  test('four storescu at the same time store what they send', async () => {
    const objects = Array.from({ length: 4 }, () =>
      Array.from({ length: 10 }, (_, at) =>
        smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(200_000, at) }]),
      ),
    )
    const answers = await Promise.all(
      objects.map((list, sender) =>
        run('storescu', ...as('CT1'), ...list.map((object, at) => file(`p${sender}-${at}.dcm`, object))),
      ),
    )
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    for (const object of objects.flat())
      expect((await bytesOf(object.sopInstanceUid)).equals(object.dataSet)).toBe(true)
  })

  test('dcmftest takes every stored file for DICOM', async () => {
    const paths = station.archive.instancesOfStudy('2.25.100').map(({ id }) => station.archive.fileOf(id)!)
    expect(paths.length).toBeGreaterThan(40)
    expect((await run('dcmftest', ...paths)).code).toBe(0)
  })
})
