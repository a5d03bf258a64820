import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { part10Beginning, readPart10Beginning } from '../../electron/station/archive/part10.ts'
import type { TextEncoding } from '../../shared/dicom/character-codes.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import type { Device } from '../../shared/models/settings.ts'
import { ctImageStorage, explicitLittle, give, type SmallObject, smallObject } from '../archive/archive-for-tests.ts'
import { describeWith } from '../peers.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { device, openReceiver, run, type TestReceiver } from './receiver-for-tests.ts'

const jpegLossless = '1.2.840.10008.1.2.4.70'
const implicit = '1.2.840.10008.1.2'
const text = (tag: number, vr: string, value: string): ElementToWrite => ({ tag, vr, value })

describeWith(['dcmtk'], 'workstations by other hands ask for priors (DCMTK)', () => {
  let station: TestReceiver
  let folder: string
  let address: readonly string[]
  let viewerPort: number
  const devices: Device[] = []
  const sent = new Map<string, SmallObject>()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-priors-'))
    viewerPort = await freePort()
    devices.push(
      device('WS1'),
      device('WS8', 'utf-8'),
      device('OLD', 'pinyin'),
      { ...device('VIEWER'), host: '127.0.0.1', port: viewerPort },
      { ...device('NOWHERE'), host: '127.0.0.1', port: await freePort() },
    )
    station = await openReceiver({ devices })
    address = [station.station.host, String(station.station.port)]
    for (const [study, patient, name, day] of [
      ['1.2.1', 'P1', 'ZHANG^SAN=张^三', '20261101'],
      ['1.2.2', 'P1', 'ZHANG^SAN=张^三', '20261120'],
      ['1.2.3', 'P2', 'LI^SI=李^四', '20261121'],
    ] as const) {
      for (const number of ['1', '2', '3']) {
        await store(
          smallObject([
            text(0x0020000d, 'UI', study),
            text(0x0020000e, 'UI', `${study}.1`),
            text(0x00200013, 'IS', number),
            text(0x00100020, 'LO', patient),
            text(0x00100010, 'PN', name),
            text(0x00080020, 'DA', day),
            text(0x00080050, 'SH', `A${study}`),
          ]),
        )
      }
    }
  })
  afterAll(async () => {
    await station.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const store = async (object: SmallObject, transferSyntaxUid = explicitLittle) => {
    sent.set(object.sopInstanceUid, object)
    await give(station, object, { transferSyntaxUid })
  }
  const as = (aeTitle: string) => ['-aet', aeTitle, '-aec', 'YINGZHAN', ...address]
  const keys = (...list: readonly string[]) => list.flatMap((key) => ['-k', key])
  const matches = (output: string) => output.match(/Find Response: \d+ \(Pending/g)?.length ?? 0
  const lastStatus = (output: string) => [...output.matchAll(/DIMSE Status\s+: (0x[0-9a-f]{4})/g)].at(-1)?.[1]
  /** The data sets that a peer wrote, by SOP Instance UID. */
  const written = (place: string): ReadonlyMap<string, Buffer> =>
    new Map(
      readdirSync(place).map((name) => {
        const bytes = readFileSync(join(place, name))
        const { dataSetOffset, object } = readPart10Beginning(bytes)!
        return [object.sopInstanceUid, bytes.subarray(dataSetOffset)]
      }),
    )
  const place = (name: string) => {
    const made = join(folder, name)
    mkdirSync(made, { recursive: true })
    return made
  }
  const audits = (action: string) => station.audit.newest(50).filter((row) => row.action === action)

  describe('C-FIND', () => {
    const find = async (aeTitle: string, model: '-P' | '-S', ...list: readonly string[]) =>
      run('findscu', '-v', model, ...as(aeTitle), ...keys(...list))

    test('walks down from patient to image in the patient root', async () => {
      const count = async (...list: string[]) => matches((await find('WS1', '-P', ...list)).output)
      expect(await count('QueryRetrieveLevel=PATIENT', 'PatientID', 'PatientName')).toBe(2)
      expect(await count('QueryRetrieveLevel=STUDY', 'PatientID=P1', 'StudyInstanceUID')).toBe(2)
      expect(await count('QueryRetrieveLevel=SERIES', 'PatientID=P1', 'StudyInstanceUID=1.2.1', 'Modality')).toBe(1)
      expect(
        await count(
          'QueryRetrieveLevel=IMAGE',
          'PatientID=P1',
          'StudyInstanceUID=1.2.1',
          'SeriesInstanceUID=1.2.1.1',
          'SOPInstanceUID',
        ),
      ).toBe(3)
    })
    test('finds studies by number, wildcard, list and range of days', async () => {
      const count = async (...list: string[]) =>
        matches((await find('WS1', '-S', 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID', ...list)).output)
      expect(await count()).toBe(3)
      expect(await count('AccessionNumber=A1.2.2')).toBe(1)
      expect(await count('AccessionNumber=A1.2.?')).toBe(3)
      expect(await count('PatientName=ZHANG*')).toBe(2)
      expect(await count('StudyDate=20261110-20261120')).toBe(1)
      expect(await count('StudyDate=20261120-')).toBe(2)
      expect(await count('ModalitiesInStudy=CT')).toBe(3)
      expect(await count('ModalitiesInStudy=MR')).toBe(0)
    })
    test('tells what a study is, and where it can be had from', async () => {
      const { output } = await find(
        'WS1',
        '-S',
        'QueryRetrieveLevel=STUDY',
        'StudyInstanceUID=1.2.3',
        'NumberOfStudyRelatedInstances',
        'NumberOfStudyRelatedSeries',
        'ModalitiesInStudy',
        'StudyDate',
        'InstanceAvailability',
      )
      for (const line of [
        /\(0008,0052\) CS \[STUDY ?\]/,
        /\(0008,0054\) AE \[YINGZHAN ?\]/,
        /\(0008,0056\) CS \[ONLINE ?\]/,
        /\(0008,0061\) CS \[CT ?\]/,
        /\(0008,0020\) DA \[20261121\]/,
        /\(0020,1206\) IS \[1 ?\]/,
        /\(0020,1208\) IS \[3 ?\]/,
      ])
        expect(output).toMatch(line)
    })
    test.each([
      ['WS1', 'gb18030'],
      ['WS8', 'utf-8'],
    ] as const)('takes and answers Chinese in the character set of %s', async (aeTitle, encoding) => {
      const query = identifier(encoding, [
        text(0x00080052, 'CS', 'STUDY'),
        text(0x00100010, 'PN', '张*'),
        text(0x0020000d, 'UI', ''),
      ])
      const path = join(folder, `${aeTitle}.dcm`)
      writeFileSync(path, query)
      const { output, bytes } = await run('findscu', '-v', '-S', ...as(aeTitle), path)
      expect(matches(output)).toBe(2)
      const chinese = encodeDataSet([text(0x00100010, 'PN', '=张^三')], { explicitVr: false, text: encoding })
      expect(bytes.includes(chinese.subarray(8))).toBe(true)
    })
    test('answers in Latin letters where a device cannot show Chinese', async () => {
      const { output } = await find('OLD', '-S', 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.3', 'PatientName')
      expect(output).toMatch(/\(0010,0010\) PN \[LI\^SI\s*\]/)
    })
    test('without the keys of the levels above is refused with 0xA900', async () => {
      for (const list of [
        ['QueryRetrieveLevel=SERIES', 'SeriesInstanceUID'],
        ['QueryRetrieveLevel=IMAGE', 'StudyInstanceUID=1.2.1', 'SOPInstanceUID'],
        ['QueryRetrieveLevel=PATIENT', 'PatientID'],
        ['StudyInstanceUID'],
      ])
        expect((await find('WS1', '-S', ...list)).output).toMatch(/DataSetDoesNotMatchSOPClass/)
    })
    test('is in the audit log, without names', async () => {
      await find('WS1', '-S', 'QueryRetrieveLevel=STUDY', 'PatientName=ZHANG*', 'PatientID=P1')
      expect(audits('query-archive')[0]).toMatchObject({
        actor: 'ae:WS1',
        subjectId: 'STUDY',
        details: { patientId: 'P1', answers: 2 },
      })
      expect(JSON.stringify(audits('query-archive')[0])).not.toContain('ZHANG')
    })
  })

  describe('C-MOVE', () => {
    const move = (destination: string, ...list: readonly string[]) =>
      run('movescu', '-d', '-S', ...as('WS1'), '-aem', destination, ...keys(...list))
    let viewer: ChildProcess
    let into: string
    beforeEach(() => {
      into = place(`moved-${Math.random()}`)
    })
    const listening = async () => {
      viewer = spawn('storescp', ['-aet', 'VIEWER', '-od', into, '+xa', '-d', String(viewerPort)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      viewer.stdout!.on('data', (chunk) => (said += chunk))
      viewer.stderr!.on('data', (chunk) => (said += chunk))
      await untilAnswers(viewerPort)
      return {
        said: () => said,
        async stop() {
          viewer.kill('SIGTERM')
          await once(viewer, 'exit')
        },
      }
    }

    test('sends a study to another registered device, byte for byte, and says for whom', async () => {
      const peer = await listening()
      const { code, output } = await move('VIEWER', 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.1')
      await peer.stop()
      expect(code).toBe(0)
      expect(lastStatus(output)).toBe('0x0000')
      expect(output).toMatch(/Completed Suboperations\s*: 3/)
      const came = written(into)
      expect(came.size).toBe(3)
      for (const [uid, bytes] of came) expect(bytes.equals(sent.get(uid)!.dataSet)).toBe(true)
      expect(peer.said()).toMatch(/Move Originator AE Title\s*: WS1/)
      expect(audits('retrieve-study')[0]).toMatchObject({
        actor: 'ae:WS1',
        subjectId: '1.2.1',
        details: { destination: 'VIEWER', asked: 3, sent: 3 },
      })
    })
    test('sends single images, and everything of a patient', async () => {
      const peer = await listening()
      const [uid] = [...sent.keys()]
      await move(
        'VIEWER',
        'QueryRetrieveLevel=IMAGE',
        'StudyInstanceUID=1.2.1',
        'SeriesInstanceUID=1.2.1.1',
        `SOPInstanceUID=${uid}`,
      )
      expect([...written(into).keys()]).toEqual([uid])
      await run('movescu', '-P', ...as('WS1'), '-aem', 'VIEWER', ...keys('QueryRetrieveLevel=PATIENT', 'PatientID=P1'))
      await peer.stop()
      expect(written(into).size).toBe(6)
    })
    test('to the asking device itself works with its own storage port', async () => {
      const into = place('self')
      devices.push({ ...device('SELF'), host: '127.0.0.1', port: await freePort() })
      const port = String(devices.at(-1)!.port)
      const asked = keys('QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.3')
      const answer = await run('movescu', '-S', ...as('SELF'), '-aem', 'SELF', '+P', port, '-od', into, ...asked)
      expect(answer.code).toBe(0)
      expect(written(into).size).toBe(3)
    })
    test('to an unknown device, or one without an address, is refused with 0xA801', async () => {
      for (const destination of ['STRANGER', 'WS8']) {
        const { output } = await move(destination, 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.1')
        expect(lastStatus(output)).toBe('0xa801')
      }
    })
    test('to a device that is switched off fails with every image named', async () => {
      const { output } = await move('NOWHERE', 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.1')
      expect(lastStatus(output)).toBe('0xa702')
      expect(output).toMatch(/Failed Suboperations\s*: 3/)
      expect(output).toMatch(/\(0008,0058\) UI/)
    })
    test('of nothing is success, of a wildcard or no key is refused', async () => {
      const none = await move('VIEWER', 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=9.9')
      expect(lastStatus(none.output)).toBe('0x0000')
      for (const key of ['StudyInstanceUID', 'StudyInstanceUID=1.2.*']) {
        expect(lastStatus((await move('VIEWER', 'QueryRetrieveLevel=STUDY', key)).output)).toBe('0xa900')
      }
    })
  })

  describe('C-GET', () => {
    const get = (into: string, options: readonly string[], ...list: readonly string[]) =>
      run('getscu', '-d', '-S', ...as('WS1'), '-od', into, ...options, ...keys(...list))

    test('gives a study back on the same association, byte for byte', async () => {
      const into = place('got')
      const { code, output } = await get(into, [], 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.2')
      expect([code, output.match(/Completed Suboperations\s*: 3/)?.length]).toEqual([0, 1])
      const came = written(into)
      expect(came.size).toBe(3)
      for (const [uid, bytes] of came) expect(bytes.equals(sent.get(uid)!.dataSet)).toBe(true)
    })
    test('gives compressed images as they lie here to a peer that takes them', async () => {
      const study = [text(0x0020000d, 'UI', '1.2.70'), text(0x0020000e, 'UI', '1.2.70.1')]
      const plain = smallObject([...study, text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.1.1')])
      const object = { ...plain, dataSet: encapsulated(plain.dataSet) }
      sent.set(object.sopInstanceUid, object)
      const announced = { transferSyntaxUid: jpegLossless, sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1' }
      await give(station, object, announced)
      const into = place('jpeg')
      const asked = ['QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.70']
      expect((await get(into, ['+xs'], ...asked)).code).toBe(0)
      expect(written(into).get(object.sopInstanceUid)!.equals(object.dataSet)).toBe(true)
      const refused = await get(place('no-jpeg'), ['+xi'], ...asked)
      expect(refused.output).toMatch(/Failed Suboperations\s*: 1/)
      expect(refused.output).toContain('a stored transfer syntax was not negotiated')
    })
    test('gives explicit and implicit images of one class to a peer that takes only one of the two', async () => {
      const study = [text(0x0020000d, 'UI', '1.2.80'), text(0x0020000e, 'UI', '1.2.80.1')]
      await store(smallObject(study))
      const explicit = smallObject(study)
      const bare = encodeDataSet(
        [
          text(0x00080016, 'UI', ctImageStorage),
          text(0x00080018, 'UI', `${explicit.sopInstanceUid}1`.slice(0, 64)),
          text(0x00100020, 'LO', 'P8'),
          ...study,
        ],
        { explicitVr: false, text: 'gb18030' },
      )
      await store({ sopInstanceUid: `${explicit.sopInstanceUid}1`.slice(0, 64), dataSet: bare }, implicit)
      const into = place('mixed')
      await get(into, [], 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.80')
      expect(written(into).size).toBe(2)
    })
    test('an image whose file is gone, cut or rotten fails alone, and staff see it', async () => {
      const study = [text(0x0020000d, 'UI', '1.2.90'), text(0x0020000e, 'UI', '1.2.90.1')]
      const [whole, lost, cut, rotten] = Array.from({ length: 4 }, () => smallObject(study)) as [
        SmallObject,
        SmallObject,
        SmallObject,
        SmallObject,
      ]
      for (const object of [whole, lost, cut, rotten]) await store(object)
      damage({ lost, cut, rotten })
      const into = place('one-whole')
      const { output } = await get(into, [], 'QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.90')
      expect([...written(into).keys()]).toEqual([whole.sopInstanceUid])
      expect(output).toMatch(/Failed Suboperations\s*: 3/)
      expect(output).toMatch(/a file is missing|a stored file is damaged/)
      expect(lastStatus(output)).toBe('0xb000')
      expect(alarmed([whole, lost, cut, rotten])).toEqual(['', '缺失', '不一致', '不一致'])
    })
  })

  test('C-MOVE of an image whose file is rotten fails alone, with a comment and an alarm', async () => {
    const study = [text(0x0020000d, 'UI', '1.2.91'), text(0x0020000e, 'UI', '1.2.91.1')]
    const [whole, rotten] = [smallObject(study), smallObject(study)]
    for (const object of [whole, rotten]) await store(object)
    damage({ rotten })
    const into = place('moved-whole')
    devices.push({ ...device('MOVER'), host: '127.0.0.1', port: await freePort() })
    const port = String(devices.at(-1)!.port)
    const asked = keys('QueryRetrieveLevel=STUDY', 'StudyInstanceUID=1.2.91')
    const { output } = await run(
      'movescu',
      '-d',
      '-S',
      ...as('MOVER'),
      '-aem',
      'MOVER',
      '+P',
      port,
      '-od',
      into,
      ...asked,
    )
    expect([...written(into).keys()]).toEqual([whole.sopInstanceUid])
    expect(output).toMatch(/Failed Suboperations\s*: 1/)
    expect(output).toContain('a stored file is damaged')
    expect(lastStatus(output)).toBe('0xb000')
    expect(alarmed([whole, rotten])).toEqual(['', '不一致'])
  })

  const versionOf = ({ sopInstanceUid }: SmallObject) => station.archive.versionsOf(sopInstanceUid)[0]!.id
  function damage(objects: { readonly [how in 'lost' | 'cut' | 'rotten']?: SmallObject }): void {
    const fileOf = (object: SmallObject) => station.archive.fileOf(versionOf(object))!
    if (objects.lost) rmSync(fileOf(objects.lost))
    if (objects.cut) truncateSync(fileOf(objects.cut), statSync(fileOf(objects.cut)).size - 8)
    if (!objects.rotten) return
    const bytes = readFileSync(fileOf(objects.rotten))
    bytes[bytes.length - 3]! ^= 0x40
    writeFileSync(fileOf(objects.rotten), bytes)
  }
  /** What the alarm of each says, '' where there is none. */
  const alarmed = (objects: readonly SmallObject[]) =>
    objects.map((object) => {
      const alarm = station.archive.alarms().find(({ subject }) => subject === versionOf(object))
      return alarm ? (/缺失|不一致/.exec(saidInBoth(alarm.problem))?.[0] ?? '') : ''
    })

  function identifier(encoding: TextEncoding, elements: readonly ElementToWrite[]): Buffer {
    const characterSet = encoding === 'utf-8' ? 'ISO_IR 192' : 'GB18030'
    const dataSet = encodeDataSet([text(0x00080005, 'CS', characterSet), ...elements], {
      explicitVr: true,
      text: encoding,
    })
    const sopClassUid = '1.2.840.10008.5.1.4.1.2.2.1'
    const head = { callingAeTitle: '', sopClassUid, sopInstanceUid: '2.25.1', transferSyntaxUid: explicitLittle }
    return Buffer.concat([part10Beginning(head), dataSet])
  }
})

/** The same data set with one fragment of compressed pixels, PS3.5 A.4. */
function encapsulated(dataSet: Buffer): Buffer {
  const pixels = dataSet.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]))
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff])
  const item = (length: number) => Buffer.from([0xfe, 0xff, 0, 0xe0, length, 0, 0, 0])
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  return Buffer.concat([dataSet.subarray(0, pixels), head, item(0), item(16), Buffer.alloc(16, 7), end])
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Until a C-ECHO is answered: the peer is ready. */
async function untilAnswers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await run('echoscu', '127.0.0.1', String(port))).code === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the peer does not listen')
}
