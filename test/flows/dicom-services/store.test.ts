import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWith } from '../../peers.ts'
import { callArguments, dcmtk, timesIn } from '../../stand-ins/dcmtk.ts'
import { type StationForTests, startStation } from '../../stand-ins/station-for-tests.ts'
import { instancesHeld, wholeObject } from '../../stand-ins/station-images.ts'
import { dataSetOf, tinyObject, writeTinyStudy } from '../../stand-ins/tiny-objects.ts'

const corpus = fileURLToPath(new URL('../../../../shared/corpus/transfer-syntaxes', import.meta.url))
const successes = (output: string) => timesIn(output, /Store Response \(Success\)/)
const noDelay = { TCP_NODELAY: '1' }

describeWith(['dcmtk'], 'what storescu and dcmsend bring', () => {
  let station: StationForTests
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingzhan-store-'))
    station = await startStation()
    for (const aeTitle of ['CT1', 'CT 1 ROOM']) await station.api.deviceCreate({ body: { name: aeTitle, aeTitle } })
  })
  afterAll(async () => {
    await station.stop()
    rmSync(folder, { recursive: true })
  })
  const send = (files: readonly string[], options: readonly string[] = [], aeTitle = 'CT1') =>
    dcmtk('storescu', ['-v', ...options, ...callArguments(aeTitle, station.dicom), ...files], noDelay)
  /** A file of a study of its own. */
  function fileOf(studyInstanceUid: string, more: Partial<Parameters<typeof tinyObject>[0]> = {}) {
    const { file, sopInstanceUid } = tinyObject({ studyInstanceUid, number: 1, ...more })
    const path = join(folder, `${studyInstanceUid}-${more.number ?? 1}.dcm`)
    writeFileSync(path, file)
    return { path, file, sopInstanceUid }
  }

  test('is kept byte for byte, of a private class too', async () => {
    for (const [study, sopClassUid] of [
      ['2.25.1', undefined],
      ['2.25.2', '1.2.250.1.999.1.4.1'],
    ] as const) {
      const { path, file, sopInstanceUid } = fileOf(study, sopClassUid ? { sopClassUid } : {})
      const said = await dcmtk('dcmsend', ['-v', ...callArguments('CT1', station.dicom), path])
      expect(said.output).toMatch(/with status SUCCESS +: 1/)
      const kept = await wholeObject(station, study, `${study}.2`, sopInstanceUid)
      expect(dataSetOf(kept).equals(dataSetOf(file))).toBe(true)
    }
  })

  test('is taken whatever the sender prefers to propose', async () => {
    const options = [
      '-xs',
      '-xy',
      '-xx',
      '-xi',
      '-xe',
      '-xb',
      '-xd',
      '-xr',
      '-xv',
      '-xw',
      '-xt',
      '-xu',
      '-x=',
      '-R',
      '+C',
      '-nh',
      '+II',
    ]
    const more = [
      ['-pdu', '4096'],
      ['-pdu', '131072'],
      ['--max-send-pdu', '4096'],
      ['--max-send-pdu', '131072'],
      ['--repeat', '3'],
    ]
    for (const option of [...options.map((one) => [one]), ...more]) {
      const { path } = fileOf('2.25.3')
      const { code, output } = await send([path], option)
      expect([option, code, successes(output)]).toEqual([option, 0, option[0] === '--repeat' ? 3 : 1])
    }
  })

  test('comes from a device with blanks in its name, and with blanks around it', async () => {
    const { path } = fileOf('2.25.4')
    for (const aeTitle of ['CT 1 ROOM', ' CT1 ']) expect((await send([path], [], aeTitle)).code).toBe(0)
  })

  test('comes from nobody who is unknown or calls another station; both are seen', async () => {
    const { path } = fileOf('2.25.5')
    expect((await send([path], [], 'NOBODY')).output).toContain('Calling AE Title Not Recognized')
    const wrong = await dcmtk('storescu', ['-v', ...callArguments('CT1', { ...station.dicom, aeTitle: 'WRONG' }), path])
    expect(wrong.output).toContain('Called AE Title Not Recognized')
    const knocks = await station.api.knockList()
    expect(knocks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ callingAeTitle: 'NOBODY' }),
        expect.objectContaining({ callingAeTitle: 'CT1', calledAeTitle: 'WRONG' }),
      ]),
    )
  })

  test('a second time is the same object; with other bytes both are kept and shown', async () => {
    const { path, sopInstanceUid } = fileOf('2.25.6')
    const other = join(folder, 'other.dcm')
    writeFileSync(other, tinyObject({ studyInstanceUid: '2.25.6', number: 1, patientName: 'Other' }).file)
    const { output } = await send([path, path, other, other, path])
    expect(successes(output)).toBe(5)
    const conflicts = await station.api.conflictList()
    expect(conflicts.find((one) => one.sopInstanceUid === sopInstanceUid)?.versions).toHaveLength(2)
    expect(await instancesHeld(station, '2.25.6')).toEqual([sopInstanceUid])
  })

  test('without a StudyInstanceUID waits in the tray', async () => {
    const { path } = fileOf('2.25.7', { patientId: 'NO-STUDY' })
    await dcmtk('dcmodify', ['-q', '-nb', '-ea', '(0020,000d)', path])
    expect((await send([path])).code).toBe(0)
    const tray = await station.api.trayList()
    expect(tray.filter(({ header }) => header.patientId === 'NO-STUDY')).toHaveLength(1)
  })

  test('2,000 small objects in one association, then eight associations at once: all are there', async () => {
    const uids = writeTinyStudy(join(folder, 'many'), 2000, { studyInstanceUid: '2.25.8' })
    expect(successes((await send(['+sd', join(folder, 'many')])).output)).toBe(2000)
    expect(await instancesHeld(station, '2.25.8')).toEqual([...uids].sort())
    const studies = Array.from({ length: 8 }, (_, index) => `2.25.80${index}`)
    const written = studies.map((study) => writeTinyStudy(join(folder, study), 50, { studyInstanceUid: study }))
    await Promise.all(studies.map((study) => send(['+sd', join(folder, study)])))
    for (const [index, study] of studies.entries())
      expect(await instancesHeld(station, study)).toEqual([...written[index]!].sort())
  }, 120_000)

  test.runIf(existsSync(corpus))(
    'in each of the compressed transfer syntaxes of the corpus is kept byte for byte',
    async () => {
      const copies = join(folder, 'corpus')
      mkdirSync(copies)
      cpSync(corpus, copies, { recursive: true })
      rmSync(join(copies, 'no-pixel-spacing.dcm'), { force: true })
      const files = readdirSync(copies).map((name) => join(copies, name))
      for (const file of files)
        await dcmtk('dcmodify', ['-q', '-nb', '-gin', '-m', '(0020,000d)=2.25.9', '-m', '(0020,000e)=2.25.9.2', file])
      const said = await dcmtk('dcmsend', ['-v', '-dn', ...callArguments('CT1', station.dicom), '+sd', copies], noDelay)
      expect(said.output).toMatch(new RegExp(`with status SUCCESS +: ${files.length}\\b`))
      let compared = 0
      for (const file of files) {
        const { output } = await dcmtk('dcmdump', ['-q', '-Un', '+P', '0002,0010', '+P', '0008,0018', file])
        // What is not compressed dcmsend itself writes anew, and a deflated one.
        if (!output.includes('1.2.840.10008.1.2.4.') && !output.includes('1.2.840.10008.1.2.5')) continue
        const uid = /\(0008,0018\) UI \[([\d.]+)/.exec(output)?.[1] ?? ''
        // This one names its study twice, outside and within a sequence; the file's own is what counts.
        const kept = await wholeObject(station, '2.25.9', '2.25.9.2', uid)
        expect([file, dataSetOf(kept).equals(dataSetOf(readFileSync(file)))]).toEqual([file, true])
        compared++
      }
      expect(compared).toBeGreaterThanOrEqual(10)
    },
    60_000,
  )
})
