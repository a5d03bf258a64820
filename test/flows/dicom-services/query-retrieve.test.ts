import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk, findWith, textOf, timesIn } from '../../stand-ins/dcmtk.ts'
import { freePort } from '../../stand-ins/eventually.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'
import { startStorescp } from '../../stand-ins/storescp.ts'
import { writeTinyStudy } from '../../stand-ins/tiny-objects.ts'

const [first, second] = ['2.25.501', '2.25.502'] as const
const misfit = 'Error: DataSetDoesNotMatchSOPClass'
const noDelay = { TCP_NODELAY: '1' }

describeWith(['dcmtk'], 'priors as findscu, movescu and getscu ask for them', () => {
  let station: StationForTests
  let folder: string
  let scp: Awaited<ReturnType<typeof startStorescp>>
  let firstUids: string[]
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-priors-'))
    scp = await startStorescp()
    station = await startStation()
    const devices = [
      { aeTitle: 'WS', host: '127.0.0.1', port: scp.port },
      { aeTitle: 'DEAD', host: '127.0.0.1', port: await freePort() },
      { aeTitle: 'NOPORT', host: '127.0.0.1' },
    ]
    for (const one of devices)
      await station.api.deviceCreate({ body: { name: one.aeTitle, characterSet: 'utf-8', ...one } })
    firstUids = writeTinyStudy(join(folder, 'first'), 30, {
      studyInstanceUid: first,
      patientId: 'P1',
      patientName: Buffer.from('Zhang^Wei=张^伟'),
      accessionNumber: 'A1',
      modality: 'CT',
    })
    writeTinyStudy(join(folder, 'second'), 2, {
      studyInstanceUid: second,
      patientId: 'P1',
      patientName: Buffer.from('d5c55eceb0', 'hex'),
      characterSet: 'GB18030',
      modality: 'DX',
    })
    for (const name of ['first', 'second'])
      expect(
        (await dcmtk('storescu', ['+sd', ...callArguments('WS', station.dicom), join(folder, name)], noDelay)).code,
      ).toBe(0)
  })
  afterAll(async () => {
    await station.stop()
    await scp.stop()
    rmSync(folder, { recursive: true })
  })

  const find = async (model: '-P' | '-S', level: string, ...keys: string[]) => {
    const { final, answers } = await findWith(model, 'WS', station.dicom, [`0008,0052=${level}`, ...keys])
    return { final, answers: answers.map(({ json }) => json) }
  }
  const study = `0020,000d=${first}`
  const series = `0020,000e=${first}.2`

  describe('C-FIND', () => {
    test('finds at each level of both roots', async () => {
      const patients = await find('-P', 'PATIENT', '0010,0020', '0010,0010', '0020,1200')
      expect(patients.answers.map((one) => textOf(one, '00100020'))).toEqual(['P1'])
      for (const [model, patient] of [
        ['-P', ['0010,0020=P1']],
        ['-S', []],
      ] as const) {
        const studies = await find(model, 'STUDY', ...patient, '0020,000d', '0008,0061', '0020,1208')
        expect(studies.answers.map((one) => textOf(one, '0020000D')).sort()).toEqual([first, second])
        const found = await find(model, 'SERIES', ...patient, study, '0020,000e', '0008,0060', '0020,1209')
        expect(found.answers).toHaveLength(1)
        expect(textOf(found.answers[0]!, '00201209')).toBe('30')
        const images = await find(model, 'IMAGE', ...patient, study, series, '0008,0018')
        expect(images.answers.map((one) => textOf(one, '00080018')).sort()).toEqual([...firstUids].sort())
      }
    }, 60_000)
    test('finds studies by name in Chinese and pinyin, day, accession number and modality', async () => {
      const by = async (...keys: string[]) => {
        const { final, answers } = await find('-S', 'STUDY', '0008,0005', '0020,000d', ...keys)
        expect(final).toBe('Success')
        return answers.map((one) => textOf(one, '0020000D')).sort()
      }
      expect(await by('0010,0010=张*')).toContain(first)
      expect(await by('0010,0010=zhang*')).toEqual([first])
      expect(await by('0008,0050=A1')).toEqual([first])
      expect(await by('0008,0050=A*')).toEqual([first])
      expect(await by('0008,0061=CT')).toEqual([first])
      expect(await by('0008,0020=20261101-20261130')).toEqual([first, second])
      expect(await by('0008,0020=-20261119')).toEqual([])
      expect(await by(`0020,000d=${first}\\${second}`)).toEqual([first, second])
    })
    test('says what does not fit where unique keys are missing, or the level (PS3.4 C.4.1.2)', async () => {
      for (const [model, level, keys] of [
        ['-S', 'SERIES', ['0020,000e']],
        ['-S', 'IMAGE', [study, '0008,0018']],
        ['-P', 'STUDY', ['0020,000d']],
        ['-P', 'STUDY', ['0010,0020=P*', '0020,000d']],
        ['-S', 'PATIENT', ['0010,0020']],
        ['-S', 'NONSENSE', []],
      ] as const)
        expect(await find(model, level, ...keys)).toEqual({ final: misfit, answers: [] })
    })
  })

  describe('C-MOVE', () => {
    const move = async (model: '-P' | '-S', to: string, keys: readonly string[], more: readonly string[] = []) => {
      scp.clear()
      const said = await dcmtk('movescu', [
        '-v',
        model,
        ...more,
        '-aem',
        to,
        ...callArguments('WS', station.dicom),
        ...keys.flatMap((key) => ['-k', key]),
      ])
      return { final: /Final Move Response\s*\((.*)\)/.exec(said.output)?.[1], came: scp.files().length }
    }
    test('brings patient, study, series and images', async () => {
      expect(await move('-P', 'WS', ['0008,0052=PATIENT', '0010,0020=P1'])).toEqual({ final: 'Success', came: 32 })
      expect(await move('-S', 'WS', ['0008,0052=STUDY', study])).toEqual({ final: 'Success', came: 30 })
      expect(await move('-S', 'WS', ['0008,0052=STUDY', `${study}\\${second}`])).toEqual({ final: 'Success', came: 32 })
      expect(await move('-S', 'WS', ['0008,0052=SERIES', study, series])).toEqual({ final: 'Success', came: 30 })
      const two = `0008,0018=${firstUids[0]}\\${firstUids[1]}`
      expect(await move('-S', 'WS', ['0008,0052=IMAGE', study, series, two])).toEqual({ final: 'Success', came: 2 })
      expect(await move('-S', 'WS', ['0008,0052=STUDY', '0020,000d=2.25.9'])).toEqual({ final: 'Success', came: 0 })
    })
    test('to nobody, to a device without a port, and to one that is off says so (PS3.4 C.4.2.1.5)', async () => {
      const keys = ['0008,0052=STUDY', study]
      const unknown = { final: 'Refused: MoveDestinationUnknown', came: 0 }
      expect(await move('-S', 'NOBODY', keys)).toEqual(unknown)
      expect(await move('-S', 'NOPORT', keys)).toEqual(unknown)
      expect(await move('-S', 'DEAD', keys)).toEqual({ final: 'Refused: OutOfResourcesSubOperations', came: 0 })
    })
    test('names what it wants by unique keys alone', async () => {
      for (const keys of [['0008,0052=STUDY'], ['0008,0052=STUDY', '0020,000d=2.25.*'], ['0008,0052=IMAGE', study]])
        expect(await move('-S', 'WS', keys)).toEqual({ final: misfit, came: 0 })
    })
    test('ends where the peer cancels', async () => {
      // A second for each object leaves the time to say so.
      const slow = await startStorescp(['--sleep-during', '1'])
      await station.api.deviceCreate({
        body: { name: 'SLOW', aeTitle: 'SLOW', host: '127.0.0.1', port: slow.port, characterSet: 'utf-8' },
      })
      const { final } = await move('-S', 'SLOW', ['0008,0052=STUDY', study], ['--cancel', '1'])
      expect(final).toBe('Cancel: SubOperationsTerminatedDueToCancelIndication')
      expect(slow.files().length).toBeLessThan(10)
      await slow.stop()
    })
  })

  describe('C-GET', () => {
    const get = async (model: '-P' | '-S', keys: readonly string[], more: readonly string[] = []) => {
      const into = join(folder, 'got')
      rmSync(into, { recursive: true, force: true })
      mkdirSync(into)
      const said = await dcmtk(
        'getscu',
        [
          '-v',
          model,
          ...more,
          '-od',
          into,
          ...callArguments('WS', station.dicom),
          ...keys.flatMap((key) => ['-k', key]),
        ],
        noDelay,
      )
      const failed = Number(/Failed Suboperations\s*: (\d+)/.exec(said.output)?.[1] ?? -1)
      return {
        came: readdirSync(into).length,
        failed,
        final: timesIn(said.output, /C-GET Response.*\(Success\)/) === 1,
      }
    }
    test('brings patient, study, series and images, in short PDUs too', async () => {
      expect(await get('-P', ['0008,0052=PATIENT', '0010,0020=P1'])).toEqual({ came: 32, failed: 0, final: true })
      expect(await get('-S', ['0008,0052=STUDY', study], ['-pdu', '4096'])).toEqual({
        came: 30,
        failed: 0,
        final: true,
      })
      expect(await get('-S', ['0008,0052=SERIES', study, series])).toEqual({ came: 30, failed: 0, final: true })
      const one = ['0008,0052=IMAGE', study, series, `0008,0018=${firstUids[4]}`]
      expect(await get('-S', one)).toEqual({ came: 1, failed: 0, final: true })
      expect(await get('-S', ['0008,0052=STUDY', '0020,000d=2.25.9'])).toEqual({ came: 0, failed: 0, final: true })
    })
    test('counts as failed what the peer has no presentation context for, and gives the rest', async () => {
      writeTinyStudy(join(folder, 'private'), 1, { studyInstanceUid: '2.25.503', sopClassUid: '1.2.250.1.999.1.4.1' })
      writeTinyStudy(join(folder, 'plain'), 1, { studyInstanceUid: '2.25.503.7' })
      const both = [join(folder, 'private', '00001.dcm'), join(folder, 'plain', '00001.dcm')]
      const sent = await dcmtk('dcmsend', [...callArguments('WS', station.dicom), ...both])
      expect(sent.code).toBe(0)
      const keys = ['0008,0052=PATIENT', '0010,0020=TINY']
      expect(await get('-P', keys)).toEqual({ came: 1, failed: 1, final: false })
    })
  })
})
