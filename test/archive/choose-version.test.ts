import { afterEach, beforeEach, expect, test } from 'vitest'
import { createVersionChoice, type VersionChoice } from '../../electron/station/archive/choose-version.ts'
import { otherPerson } from '../../electron/station/exams/other-person.ts'
import { createPixelReader } from '../../electron/station/pictures/read-pixels.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'
import { explicitLittle, openArchive, type TestArchive } from './archive-for-tests.ts'

let bench: TestArchive
let choice: VersionChoice
const changed: string[] = []
beforeEach(async () => {
  bench = await openArchive()
  changed.length = 0
  choice = createVersionChoice({
    ...bench,
    readAsOf: () => 'declared',
    otherPerson: (uid, own) => otherPerson(bench.archive.studyHeader(uid)!, own),
    onChosen: (uid) => changed.push(uid),
  })
})
afterEach(() => bench.close())

const sopInstanceUid = '1.2.3.9'
async function receive(
  pixel: number,
  more: { readonly patientId?: string; readonly study?: string; readonly cut?: number } = {},
) {
  const bytes = encodeDataSet(
    [
      { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00080060, vr: 'CS', value: 'DX' },
      { tag: 0x00100010, vr: 'PN', value: 'Zhang^Wei' },
      { tag: 0x00100020, vr: 'LO', value: more.patientId ?? 'P1' },
      { tag: 0x0020000d, vr: 'UI', value: more.study ?? '1.2.3' },
      { tag: 0x0020000e, vr: 'UI', value: '1.2.3.4' },
      { tag: 0x00280002, vr: 'US', value: 1 },
      { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
      { tag: 0x00280010, vr: 'US', value: 2 },
      { tag: 0x00280011, vr: 'US', value: 2 },
      { tag: 0x00280100, vr: 'US', value: 8 },
      { tag: 0x00280101, vr: 'US', value: 8 },
      { tag: 0x00280102, vr: 'US', value: 7 },
      { tag: 0x00280103, vr: 'US', value: 0 },
      { tag: 0x7fe00010, vr: 'OB', value: Buffer.alloc(4, pixel) },
    ],
    { explicitVr: true, text: 'gb18030' },
  )
  const incoming = bench.archive.begin({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
    sopInstanceUid,
    transferSyntaxUid: explicitLittle,
    callingAeTitle: 'DR1',
  })
  await incoming.write(bytes.subarray(0, bytes.length - (more.cut ?? 0)))
  return await incoming.finish()
}
const versions = () => bench.archive.versionsOf(sopInstanceUid)

test('the chosen version becomes the current one for viewer and outbox, the other stays, and the alarm is gone', async () => {
  await receive(10)
  const { id, versionId } = bench.archive.instanceByUid(sopInstanceUid)!
  expect(choice.conflicts()).toEqual([])
  await receive(200)
  expect(choice.conflicts()).toEqual([sopInstanceUid])
  expect(bench.archive.alarms()).toHaveLength(1)
  const [first, second] = versions()
  const pixels = createPixelReader(bench.archive)
  const shown = async (which: string) => {
    const frame = await pixels.readFrame(which, 0)
    return frame.kind === 'frame' ? frame.pixels[0] : frame.reason
  }
  // Looked at before it is chosen, by its own id.
  expect([await shown(id), await shown(second!.id)]).toEqual([10, 200])
  expectOk(await choice.choose(second!.id, 'li'))
  expect(await shown(id)).toBe(200)
  expect(bench.archive.instance(id)?.versionId).toBe(second!.id)
  expect(versionId).toBe(first!.id)
  expect(versions().map(({ isCurrent, isConflict }) => [isCurrent, isConflict])).toEqual([
    [false, false],
    [true, false],
  ])
  expect([choice.conflicts(), bench.archive.alarms(), changed]).toEqual([[], [], ['1.2.3']])
  expect(bench.audit.about('instance', id)[0]).toMatchObject({ actor: 'li', action: 'choose-version' })
  // And back again.
  expectOk(await choice.choose(first!.id, 'li'))
  expect(await shown(id)).toBe(10)
  await pixels.stop()
})

test('the first may be confirmed: nothing changes but the question', async () => {
  await receive(10)
  await receive(200)
  const [first] = versions()
  expectOk(await choice.choose(first!.id, 'li'))
  expect(versions()[0]?.isCurrent).toBe(true)
  expect([choice.conflicts(), bench.archive.alarms()]).toEqual([[], []])
})

test('a version of another person or of another study is never chosen, nor one that is not there', async () => {
  await receive(10)
  await receive(200, { patientId: 'P2' })
  await receive(201, { study: '9.9' })
  const before = versions()
  expect(codeOf(await choice.choose(before[1]!.id, 'li'))).toBe('VERSION-OTHER-PERSON')
  expect(codeOf(await choice.choose(before[2]!.id, 'li'))).toBe('VERSION-OTHER-PERSON')
  expect(codeOf(await choice.choose('nothing', 'li'))).toBe('NOT-FOUND')
  expect(versions()).toEqual(before)
  expect(choice.conflicts()).toHaveLength(1)
})

test('an image that came cut short is alarmed until staff choose the whole one', async () => {
  await receive(10, { cut: 2 })
  await receive(10)
  expect(bench.archive.alarms().map(({ kind }) => kind)).toEqual(['incomplete', 'other-bytes'])
  expectOk(await choice.choose(versions()[1]!.id, 'wang'))
  expect(bench.archive.alarms()).toEqual([])
  expect(bench.archive.instanceByUid(sopInstanceUid)!.versionId).toBe(versions()[1]!.id)
})
